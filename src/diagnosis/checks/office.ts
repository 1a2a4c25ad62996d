import { chooseOrder } from '../../licensing/order.ts'
import type { OfficeInstall } from '../../wire/operations/target-state.ts'
import type { Plan } from '../../workflow/plan.ts'
import type { Check } from '../check.ts'
import { defineCheck, noReadings } from '../define.ts'
import { bad, hidden, na, pass, warn } from '../ruling.ts'
import { onTarget } from '../subjects.ts'

const onOffice = onTarget('office')

/** The installs that this run prepares: those with volume licences. */
function toPrepare(plan: Plan, installs: readonly OfficeInstall[]): readonly OfficeInstall[] {
  return plan.office.present === 'none' ? [] : installs.filter((install) => install.volume)
}

function named(installs: readonly OfficeInstall[]): string {
  return installs.map((one) => `Office ${one.release} (${one.products.join(', ') || 'no product'}, ${one.service})`).join('; ')
}

const installs = defineCheck({
  id: 'office.installs',
  title: 'Office installs',
  group: 'office',
  severity: 'warn',
  source: 'ms-office-tools; ospp; own-rule (not KMS)',
  reads: ['target.office.installs'],
  rule: 'Warns when an Office without volume licence is found, or one where the workflow says there is none.',
  effect: 'Only volume products take a KMS client key; the rest is left as it is.',
  remedy: ['Install the volume edition, or accept that this Office is not activated by KMS.'],
  byHand:
    'on {host}: Get-ItemProperty HKLM:\\SOFTWARE\\Microsoft\\Office\\ClickToRun\\Configuration | Select-Object ProductReleaseIds',
  subjects: onOffice,
  facts: noReadings,
  ruling(_, { office }, { plan }) {
    const volume = office.installs.filter((install) => install.volume)
    const subscriptions = office.installs.filter((install) => !install.volume && install.release === '365')
    const others = office.installs.filter((install) => !install.volume && install.release !== '365')
    if (plan.office.present === 'none' && volume.length > 0) {
      return bad(`the workflow says "no Office", found ${named(volume)}`, {
        effect: 'It is not rearmed: its clones share one Office CMID.',
        remedy: ['Set office.present: auto in {file}.'],
      })
    }
    if (others.length > 0) return bad(`no volume licence: ${named(others)}`)
    const nothing = subscriptions.length > 0 ? [`subscription, nothing to do: ${named(subscriptions)}`] : []
    return pass([...(volume.length > 0 ? [named(volume)] : []), ...nothing].join('; ') || 'no Office')
  },
})

const running = defineCheck({
  id: 'office.running',
  title: 'running Office programs',
  group: 'office',
  severity: 'warn',
  source: 'ms-office-rearm; ospp',
  reads: ['target.office.running'],
  rule: 'Warns when an Office program runs.',
  effect: 'Office must be closed before its rearm: step 7 holds while one runs.',
  remedy: ['Close them on {host}.'],
  byHand: 'on {host}: Get-Process winword, excel, outlook, powerpnt, onenote, msaccess, visio, winproj',
  subjects: onOffice,
  facts: noReadings,
  ruling: (_, { office }) => (office.running.length === 0 ? pass('none') : bad(`running: ${office.running.join(', ')}`)),
})

const rearmTool = defineCheck({
  id: 'office.rearmTool',
  title: 'OSPPREARM.EXE',
  group: 'office',
  severity: 'fail',
  source: 'ms-office-tools; bisf',
  reads: ['target.office.installs'],
  rule: 'Fails when OSPPREARM.EXE was not found for a volume Office.',
  effect: 'Office cannot be rearmed: its clones would share one Office CMID.',
  remedy: ['Repair Office on {host}.'],
  byHand: 'on {host}: Get-ChildItem "C:\\Program Files*" -Recurse -Filter OSPPREARM.EXE',
  subjects: onOffice,
  facts: noReadings,
  ruling(_, { office }, { plan }) {
    const volume = toPrepare(plan, office.installs)
    const without = volume.filter((install) => install.rearmTool === null)
    if (volume.length === 0) return na('no volume Office to rearm')
    return without.length === 0
      ? pass(volume.map((install) => install.rearmTool ?? '').join(', '))
      : bad(`not found for ${named(without)}`)
  },
})

/** The agent's marker of an Office rearm that was begun: it leaves Office alone until the restart that forgets the marker. */
const UNFINISHED = [
  'vdiskprep list  # the run that began it is decided first; until then no restart and nothing on Office',
  'vdiskprep explain OUTCOME_UNKNOWN',
]

const query = defineCheck({
  id: 'office.query',
  title: 'licence query of Office',
  group: 'office',
  severity: 'warn',
  source: 'slmgr; ms-wmi; ms-codes',
  reads: ['target.office.installs', 'target.office.query', 'target.windowsLicense.query'],
  rule: 'Warns when the licence query of a volume Office fails.',
  effect: 'Keys and counters of Office cannot be read: steps 6 and 7 hold.',
  remedy: [
    'Where a rearm of Office was begun and its run has not ended, no restart and nothing on Office before that run is decided: vdiskprep list',
    'Otherwise: vdiskprep explain <code>',
    'Then repair Office on {host}.',
  ],
  byHand: 'on {host}: cscript //nologo ospp.vbs /dstatus  # never after the Office rearm',
  subjects: onOffice,
  facts: noReadings,
  ruling(_, { office, windowsLicense }, { plan }) {
    const volume = toPrepare(plan, office.installs)
    if (volume.length === 0) return na('no volume Office')
    if (office.query.answers) return pass('answers')
    if (office.query.code === '') return bad(office.query.message, { remedy: UNFINISHED })
    const says = `fails with ${office.query.code} (${office.query.message})`
    const isShared = volume.every(({ service }) => service === 'sppsvc') && windowsLicense?.query.answers === false
    return isShared
      ? hidden('windows.query', `${says}, as Windows' own: they share one store`)
      : bad(says, { remedy: [`vdiskprep explain ${office.query.code}`, 'Repair Office on {host}.'] })
  },
})

const order = defineCheck({
  id: 'office.order',
  title: 'order of steps 5, 6, 7',
  group: 'office',
  severity: 'fail',
  source: 'bisf; own-rule (order)',
  reads: ['target.office.installs'],
  rule: 'Fails when the workflow demands an order that a shared licence store may not bear, unless the risk is accepted by name.',
  effect:
    'A Windows rearm can lock the store that Office shares (0xC004D302): its key and rearm may then fail. Inferred, not proved.',
  remedy: ['Set order: auto in {file}.', 'Or accept it by name: acceptRisk: [order]'],
  byHand: 'on {host}: Get-Service osppsvc  # absent: Office shares sppsvc',
  subjects: onOffice,
  facts: noReadings,
  ruling(_, { office }, { plan }) {
    const choice = chooseOrder(plan.order, toPrepare(plan, office.installs))
    if (choice.risk === null) return pass(choice.because)
    return plan.acceptRisk.includes(choice.risk) ? warn(`${choice.because} (accepted)`) : bad(choice.because)
  },
})

/** Office on the target, before anything of it is touched. */
export const officeChecks: readonly Check[] = [installs, running, rearmTool, query, order]
