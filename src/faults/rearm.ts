import type { FaultEntry } from './entry.ts'

/** What keeps a rearm from being made, from working, or from lasting until the seal. */
export const rearmFaults = {
  SKIP_REARM_SET: {
    says: 'The registry value SkipRearm is {skipRearm} on {host}: Windows would answer "success" and rearm nothing.',
    effect: 'Sealed like this, every clone would carry the same CMID.',
    remedy: ['vdiskprep decide {run} approve --option remove-skip-rearm', 'vdiskprep decide {run} abort'],
    disposition: 'ask',
    source: 'kb-rearm; skiprearm-blog',
  },
  REARM_NO_OP: {
    says: 'The rearm of {product} on {host} was accepted and changed nothing.',
    effect: 'Sealed like this, every clone would carry the same CMID {cmid}.',
    remedy: ['vdiskprep explain REARM_NO_OP', 'vdiskprep decide {run} abort'],
    disposition: 'ask',
    source: 'kb-rearm; skiprearm-blog',
  },
  REARM_EXHAUSTED: {
    says: '{product} on {host} has no rearm left.',
    effect: 'Without a rearm all clones share one CMID. SkipRearm is no cure: it makes the rearm a no-op.',
    remedy: ['Activate {host} against a KMS host once: that gives one rearm back. Then: vdiskprep decide {run} retry'],
    disposition: 'ask',
    source: 'va-guide; ms-sysprep; ms-office-rearm; kb-rearm (0xC004D307); skiprearm-blog',
  },
  REARM_FAILED: {
    says: 'The rearm of {product} on {host} ended with {code}.',
    effect: 'It did not take effect as far as the facts show; it is not repeated by itself.',
    remedy: ['vdiskprep explain {code}', 'vdiskprep decide {run} approve --option rearm-again', 'vdiskprep decide {run} abort'],
    disposition: 'ask',
    source: 'va-guide; ms-office-rearm; ms-codes',
  },
  REARM_LOST: {
    says: '{host} was rebooted inside the no-reboot window: the rearm was spent on the master itself.',
    effect:
      'The image now holds one new CMID that every clone would share. Rearms left: Windows {windowsLeft}, Office {officeLeft}.',
    remedy: ['vdiskprep decide {run} approve --option rearm-again', 'vdiskprep decide {run} abort'],
    disposition: 'ask',
    source: 'va-guide; ms-sysprep; ms-office-rearm',
  },
  REBOOTED_BEFORE_REARM: {
    says: '{host} was rebooted after the last checks and before any rearm.',
    effect: 'Nothing was spent; what was checked before the reboot proves nothing any more.',
    remedy: ['vdiskprep decide {run} approve --option check-again', 'vdiskprep decide {run} abort'],
    disposition: 'ask',
    source: 'own-rule',
  },
  BOOT_UNCLEAR: {
    says: 'It cannot be told whether {host} was rebooted: {why}.',
    effect: 'If it was, the rearm is lost; a second rearm is not offered on a guess.',
    remedy: [
      'Look at the System log of {host} (events 6005, 6006, 1074).',
      'vdiskprep decide {run} mark-done --reason "..."',
      'vdiskprep decide {run} abort',
    ],
    disposition: 'ask',
    source: 'docs: operations',
  },
  STORE_ALREADY_REARMED: {
    says: 'The licence query on {host} answers 0xC004D302 before any rearm of this run.',
    effect: 'Somebody rearmed this image and did not reboot it; counters and CMID cannot be read.',
    remedy: ['Reboot {host} once and let it activate, then: vdiskprep decide {run} retry'],
    disposition: 'ask',
    source: 'bisf',
  },
  STORE_LOCKED_AFTER_WINDOWS: {
    says: 'After the Windows rearm the Office query on {host} answers {code}: both share one licence store.',
    effect: 'This is what the order 5-6-7 risks: Office takes no key until a reboot, and a reboot costs the Windows rearm.',
    remedy: [
      'vdiskprep decide {run} abort --reason "..."',
      'Restart {host} and let it activate, then run again without order: article (auto takes 6-7-5)',
    ],
    disposition: 'ask',
    source: 'bisf',
  },
  STORE_LOCKED_AFTER_OFFICE: {
    says: 'After the Office rearm the Windows query on {host} answers {code}.',
    effect: 'Windows cannot be rearmed without a reboot, and a reboot costs the Office rearm.',
    remedy: [
      'If it may pass: vdiskprep decide {run} retry (looks again, nothing is repeated)',
      'Restart {host}, then: vdiskprep decide {run} retry (the Office rearm is lost; held as REARM_LOST, it is begun anew for one more)',
      'If it comes again: vdiskprep decide {run} abort, then run with order: article and acceptRisk: [order]',
    ],
    disposition: 'ask',
    source: 'bisf',
  },
  PENDING_REBOOT: {
    says: '{host} wants a reboot: {reasons}.',
    effect: 'A reboot after the rearm would spend it on the master.',
    remedy: ['Reboot {host} now, before the rearm, then: vdiskprep decide {run} retry'],
    disposition: 'ask',
    source: 'va-guide; ms-sysprep; ms-office-rearm',
  },
  OFFICE_RUNNING: {
    says: 'Office runs on {host}: {programs}.',
    effect: 'Office must be closed before its rearm, or the rearm is incomplete.',
    remedy: ['Close it on {host}, then: vdiskprep decide {run} retry'],
    disposition: 'ask',
    source: 'ms-office-rearm; ospp',
  },
  OFFICE_REARM_TOOL_MISSING: {
    says: 'OSPPREARM.EXE of Office {release} is not found on {host}.',
    effect: 'Office cannot be rearmed; its clones would share one Office CMID.',
    remedy: ['Repair Office on {host}, then: vdiskprep decide {run} retry'],
    disposition: 'ask',
    source: 'ms-office-tools; bisf',
  },
} as const satisfies Record<string, FaultEntry>
