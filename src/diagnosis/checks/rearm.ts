import { hasSealNote } from '../../licensing/rearm.ts'
import type { Office } from '../../wire/operations/target-state.ts'
import type { Plan } from '../../workflow/plan.ts'
import type { Check, Look } from '../check.ts'
import { defineCheck } from '../define.ts'
import { bad, hidden, na, pass, unsure, warn, type Ruling } from '../ruling.ts'
import { onAnsweringStore, onTarget } from '../subjects.ts'
import { wayOf } from '../way.ts'

const onOffice = onTarget('office')
const onSecurity = onTarget('security')
const onWindowsLicense = onTarget('windowsLicense')

/** The largest count that Windows can have; 4294967295 is what a damaged store reports. Source: kms.md 4.1, 4.3. */
const MOST_REARMS = 1001

/** SkipRearm lives here. Source: kms.md 3.3, 4.2. */
const SPP_KEY = 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\SoftwareProtectionPlatform'

const windowsCount = defineCheck({
  id: 'rearm.windows',
  title: 'Windows rearms left',
  group: 'windows',
  severity: 'fail',
  source: 'va-guide; ms-sysprep; ms-office-rearm; kb-rearm; skiprearm-blog',
  reads: ['target.windowsLicense.query', 'target.windowsLicense.rearmsLeft', 'disk.disk.longDescription'],
  rule: 'Where a rearm is wanted, fails at 0, warns at 1; a count above 1001 cannot be true and is unknown.',
  effect: 'Without a rearm all clones share one CMID. SkipRearm is no cure: it makes the rearm a no-op.',
  remedy: ['on {host}: cscript //nologo C:\\Windows\\System32\\slmgr.vbs /ato  # an activation by KMS gives one rearm back'],
  byHand: 'on {host}: (Get-CimInstance SoftwareLicensingService).RemainingWindowsReArmCount',
  subjects: onAnsweringStore,
  facts: ({ windowsLicense }, look) => ({ left: windowsUnspent(look) === null ? windowsLicense.rearmsLeft : null }),
  ruling({ left }, _, look) {
    if (left === null) return na(windowsUnspent(look) ?? '')
    if (left > MOST_REARMS) return unsure(`the service reports ${left}, a count that cannot be true`)
    return forecast(left)
  },
})

const officeCount = defineCheck({
  id: 'rearm.office',
  title: 'Office rearms left',
  group: 'office',
  severity: 'fail',
  source: 'slmgr; ms-wmi; va-guide; ms-sysprep; ms-office-rearm; ospp',
  reads: ['target.office', 'disk.disk.longDescription'],
  rule: 'Where a rearm is wanted, fails at 0, warns at 1; a count above 1001 is unknown, and without a key no product tells any.',
  effect: 'Without its rearm the clones share one Office CMID.',
  remedy: ['Activate Office on {host} by KMS once: that gives one rearm back.'],
  byHand:
    'on {host}: Get-CimInstance SoftwareLicensingProduct -Filter "PartialProductKey IS NOT NULL" | Select-Object Name, RemainingAppReArmCount',
  subjects: onOffice,
  facts: ({ office }, look) => ({ left: officeUnspent(look, office) === null ? office.rearmsLeft : null }),
  ruling({ left }, { office }, look) {
    const unspent = officeUnspent(look, office)
    if (unspent === QUERY_FAILS) return hidden('office.query', unspent)
    if (unspent !== null) return na(unspent)
    if (left === null) return na('no Office product tells how many are left: none has a key yet, or its own service does not say')
    return left > MOST_REARMS ? unsure(`the service reports ${left}, a count that cannot be true`) : forecast(left)
  },
})

const skipRearm = defineCheck({
  id: 'rearm.skip',
  title: 'SkipRearm',
  group: 'windows',
  severity: 'fail',
  source: 'kb-rearm; skiprearm-blog',
  reads: ['target.windowsLicense.skipRearm'],
  rule: 'Fails unless the value is absent or 0.',
  effect: 'Windows would answer "success" and rearm nothing: every clone of {disk} would carry the same CMID.',
  remedy: [`on {host}: Remove-ItemProperty "${SPP_KEY}" SkipRearm`],
  byHand: `on {host}: Get-ItemProperty "${SPP_KEY}" SkipRearm`,
  subjects: onWindowsLicense,
  facts: ({ windowsLicense }) => ({ skip: windowsLicense.skipRearm }),
  ruling: ({ skip }) => (skip === null || skip === 0 ? pass(skip === null ? 'absent' : '0') : bad(`SkipRearm is ${skip}`)),
})

const otherTool = defineCheck({
  id: 'rearm.tool',
  title: 'other tools that rearm',
  group: 'windows',
  severity: 'warn',
  source: 'bisf; own-rule',
  reads: ['target.security.otherRearmTool'],
  rule: 'Warns when another tool that rearms is set up.',
  effect: 'Run beside this procedure it would spend a second rearm, or rearm at the wrong moment.',
  remedy: ['Switch off its rearm on {host} before the run.'],
  byHand: 'Look for BIS-F and its rearm settings on {host}.',
  subjects: onSecurity,
  facts: ({ security }) => ({ tools: security.otherRearmTool }),
  ruling: ({ tools }) => (tools.length === 0 ? pass('none') : bad(`found: ${tools.join(', ')}`)),
})

/** Why this run rearms nothing, as far as plan and disk tell before step 1; null when it does or may. */
function notRearmed(look: Look, policy: Plan['windows']['rearm']): string | null {
  if (wayOf(look.plan) === 'closed') return 'this scenario rearms nothing'
  if (policy === 'never') return 'the workflow forbids a rearm'
  const update = look.plan.scenario === 'update-image' || look.plan.scenario === 'maintenance-version'
  const note = look.disk?.disk?.longDescription
  return policy === 'auto' && update && note !== undefined && hasSealNote(note)
    ? 'a plain update of a sealed image needs none'
    : null
}

const QUERY_FAILS = 'the licence query of Office fails'

function windowsUnspent(look: Look): string | null {
  return notRearmed(look, look.plan.windows.rearm)
}

function officeUnspent(look: Look, office: Office): string | null {
  const volume = look.plan.office.present !== 'none' && office.installs.some((install) => install.volume)
  if (!volume) return 'no volume Office to rearm'
  return office.query.answers ? notRearmed(look, look.plan.office.rearm) : QUERY_FAILS
}

function forecast(left: number): Ruling {
  if (left === 0) return bad('none left')
  if (left === 1) return warn('1 left: this run spends the last one; a reboot between rearm and seal could not be made good')
  return pass(`${left} left, ${left - 1} after this run`)
}

/** Counters and everything that makes a rearm a no-op or spends it twice. */
export const rearmChecks: readonly Check[] = [windowsCount, officeCount, skipRearm, otherTool]
