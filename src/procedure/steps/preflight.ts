import type { CheckedFinding } from '../../diagnosis/check.ts'
import { blocking, diagnose, tally } from '../../diagnosis/diagnose.ts'
import type { FaultRecord } from '../../faults/fault.ts'
import { faultTable } from '../../faults/table.ts'
import type { StepName } from '../../workflow/plan.ts'
import { lookAtAll, lookOf } from '../checkup.ts'
import type { Memory } from '../memory.ts'
import { defineStage, type Stage } from '../stage.ts'
import { judgeMend } from './mend/mend.ts'
import { done, hold, retry, type Verdict } from '../verdict.ts'

/** Step 0. Every check of the doctor before the first change: the same code, so that both say the same.
 *  A fail or unknown holds the run until it is mended or waived by name. A run that mends one finding has its only act here. */
export const preflight = checksStage({
  name: 'checks',
  step: 'preflight',
  title: 'check everything before the first change',
  only: [],
  readsJournal: true,
})

/** Checks of the machine itself that no later stage asks for again: the target is off at step 0 as a rule, so they are made once it runs
 *  from the disk, while nothing in the image has been changed. */
export const checkTarget = checksStage({
  name: 'checkTarget',
  step: 'createVDisk',
  title: 'check the machine that prepares the image',
  only: ['target.bitLocker', 'target.fastStartup', 'target.machinePassword', 'target.address', 'rearm.tool'],
  readsJournal: false,
})

function checksStage({
  name,
  step,
  title,
  only,
  readsJournal,
}: {
  readonly name: string
  readonly step: StepName
  readonly title: string
  readonly only: readonly string[]
  readonly readsJournal: boolean
}): Stage {
  return defineStage({
    name,
    step,
    title,
    repeat: 'safe',
    judgesSilence: true,
    readsJournal,
    probe: lookAtAll,
    judge: (sight) => {
      const { plan, memory, now, missing, granted } = sight
      if (plan.mend !== undefined) return judgeMend(plan.mend, sight)
      const waived = [...plan.waive.map((one) => one.check), ...granted]
      return verdictOf(diagnose(lookOf(plan, { now, missing }), only), { waived, silent: silentHosts(missing), memory })
    },
  })
}

/** Checks that the proof by canaries rests on: where one is waived, two canaries may stream different copies, or not what was prepared. */
const PROOF_RESTS_ON: ReadonlySet<string> = new Set([
  'canary.count',
  'canary.distinct',
  'disk.locks',
  'disk.merge',
  'disk.pvp',
  'disk.replicas',
  'disk.temporaryVersion',
  'disk.versions',
])

interface Waiving {
  readonly waived: readonly string[]
  readonly silent: readonly string[]
  readonly memory: Memory
}

function verdictOf(findings: readonly CheckedFinding[], { waived, silent, memory }: Waiving): Verdict {
  const open = blocking(findings, waived)
  if (open.length > 0) {
    const checks = [...new Set(open.map((finding) => finding.check))]
    const because = open.map(
      ({ verdict, host, check, says }) => `${verdict === 'fail' ? 'FAIL' : '????'} ${host} ${check}: ${says}`,
    )
    const options = checks.map((check) => ({ name: check, label: `waive the check ${check}` }))
    const held = hold('CHECKS_FAILED', { count: open.length, checks }, because, options)
    // A host that did not answer may answer the next time; what was read and is wrong holds at once.
    const waits = open.every(({ host }) => silent.includes(host))
    return waits
      ? { ...retry(`${[...new Set(open.map(({ host }) => host))].join(', ')} to answer`, because, held.fault), options }
      : held
  }
  const { pass, warn, na } = tally(findings)
  const applied = [...new Set(blocking(findings, []).map(({ check }) => check))]
  const waivedLine = applied.length === 0 ? [] : [`waived: ${applied.join(', ')}`]
  const weaker = applied.filter((check) => PROOF_RESTS_ON.has(check)).map((check) => `the check ${check} was waived`)
  return done(
    [
      `${counted(pass, 'check passes', 'checks pass')}, ${counted(warn, 'warning', 'warnings')}, ${String(na)} do not apply`,
      ...waivedLine,
    ],
    weaker.length === 0 ? undefined : { weaker: [...new Set([...memory.weaker, ...weaker])] },
  )
}

function counted(count: number, one: string, many: string): string {
  return `${String(count)} ${count === 1 ? one : many}`
}

/** Hosts that did not answer for a reason that may pass. */
function silentHosts(missing: Readonly<Record<string, FaultRecord>>): readonly string[] {
  const passing = Object.entries(missing).filter(([, { code }]) => faultTable[code].disposition === 'retry')
  return passing.map(([label]) => label.slice(label.indexOf('.') + 1))
}
