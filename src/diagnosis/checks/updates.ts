import type { Check } from '../check.ts'
import { defineCheck } from '../define.ts'
import { bad, pass } from '../ruling.ts'
import { onTarget } from '../subjects.ts'

const onUpdates = onTarget('updates')

const REBOOT_LOSES_REARM = 'A reboot after the rearm spends it on the master: every clone would share one new CMID.'

const pendingReboot = defineCheck({
  id: 'reboot.pending',
  title: 'pending reboot of the target',
  group: 'windows',
  severity: 'fail',
  source: 'va-guide; ms-sysprep; ms-office-rearm; own-rule (no-reboot window)',
  reads: ['target.updates.pendingReboot'],
  rule: 'Fails when Windows wants a reboot.',
  effect: REBOOT_LOSES_REARM,
  remedy: ['on {host}: Restart-Computer  # now, before the rearm'],
  byHand: 'on {host}: Test-Path "HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\RebootPending"',
  subjects: onUpdates,
  facts: ({ updates }) => ({ reasons: updates.pendingReboot }),
  ruling: ({ reasons }) => (reasons.length === 0 ? pass('none') : bad(`Windows wants a reboot: ${reasons.join(', ')}`)),
})

const staged = defineCheck({
  id: 'updates.staged',
  title: 'staged updates',
  group: 'windows',
  severity: 'fail',
  source: 'own-rule',
  reads: ['target.updates.staged'],
  rule: 'Fails when updates are staged.',
  effect: `They may ask for a reboot inside the no-reboot window. ${REBOOT_LOSES_REARM}`,
  remedy: ['Install or discard them on {host}, then reboot it before the rearm.'],
  byHand: 'on {host}: DISM /online /Get-Packages | Select-String "Pending"',
  subjects: onUpdates,
  facts: ({ updates }) => ({ packages: updates.staged }),
  ruling: ({ packages }) => (packages.length === 0 ? pass('none') : bad(`staged: ${packages.join(', ')}`)),
})

const installer = defineCheck({
  id: 'updates.installer',
  title: 'running installer',
  group: 'windows',
  severity: 'fail',
  source: 'own-rule',
  reads: ['target.updates.installerRunning'],
  rule: 'Fails when an installer is running.',
  effect: `It may reboot the machine inside the no-reboot window. ${REBOOT_LOSES_REARM}`,
  remedy: ['Wait for the installation on {host} to end, then reboot it before the rearm.'],
  byHand: 'on {host}: Get-Process msiexec, TrustedInstaller',
  subjects: onUpdates,
  facts: ({ updates }) => ({ running: updates.installerRunning }),
  ruling: ({ running }) => (running ? bad('an installer is running') : pass('none')),
})

/** Everything that could reboot the target between rearm and seal. */
export const updateChecks: readonly Check[] = [pendingReboot, staged, installer]
