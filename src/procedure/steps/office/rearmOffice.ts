import type { FactsOf } from '../../../wire/operations/catalogue.ts'
import { known } from '../../../wire/reading.ts'
import { ask, type Probe } from '../../asking.ts'
import { lookAtTarget } from '../../looks.ts'
import { defineStage, type Sight } from '../../stage.ts'
import { act, detailOf, done, hold, skipped, unknown, type Verdict } from '../../verdict.ts'

/** Step 7. Runs OSPPREARM.EXE as discovered. Its proof is its own success line: nothing may ask Office afterwards, or the grace
 *  timer starts in the image. Never repeated: Office has five. Source: article step 7; kms.md 5.3, 5.4. */
export const rearmOffice = defineStage({
  name: 'rearmOffice',
  step: 'rearmOffice',
  title: 'rearm Office',
  repeat: 'never',
  insideWindow: true,
  probe: (look) => ({
    target: lookAtTarget(look, look.memory.office.rearmed || look.intent !== null ? ['boot'] : ['boot', 'office']),
  }),

  judge(sight) {
    const { plan, memory, now, intent } = sight
    const host = plan.target.host
    const installs = memory.officeInstalls ?? []
    if (installs.length === 0) return skipped('no volume Office in this image')
    if (plan.office.rearm === 'never') return skipped('the workflow forbids an Office rearm')
    if (memory.rearm?.wanted === false) return skipped(memory.rearm.because)
    if (intent !== null) return afterwards(now.target.officeRearmed, sight)

    const { boot, office } = now.target
    if (boot === undefined) return unknown('the boot of the target', 'the part is missing from the answer')
    if (office === undefined) return unknown('Office', 'the part is missing from the answer')
    if (office.running.length > 0) return hold('OFFICE_RUNNING', { host, programs: office.running })
    const tool = office.installs.filter(({ volume }) => volume).find(({ rearmTool }) => rearmTool !== null)?.rearmTool ?? null
    if (tool === null) return hold('OFFICE_REARM_TOOL_MISSING', { host, release: installs[0]?.release ?? '?' })
    const left = known(office.rearmsLeft) ? office.rearmsLeft : null
    if (left === 0) return hold('REARM_EXHAUSTED', { product: 'Office', host })
    return act(
      { ask: ask(host, 'Invoke-VdpOfficeRearm', { tool }), what: 'rearm Office', key: 'rearm-office' },
      [left === null ? 'the Office rearm counter cannot be read here' : `rearms left: ${String(left)}`, tool],
      {
        window: memory.window ?? { guid: boot.guid, lastBootUpTime: boot.lastBootUpTime },
        office: { ...memory.office, rearmsBefore: left },
      },
    )
  },
})

/** OSPPREARM's own words are its only proof: its answer, or the same from the receipt when the answer was lost. */
function afterwards(marker: boolean, { plan, memory, end }: Pick<Sight<Probe>, 'plan' | 'memory' | 'end'>): Verdict {
  const host = plan.target.host
  const rearmed = { office: { ...memory.office, rearmed: true } }
  if (end?.is === 'answered') {
    const { program, successLine } = end.facts as FactsOf<'Invoke-VdpOfficeRearm'>
    if (successLine && program.exitCode === 0) return done('OSPPREARM reports success; hands off Office from here on', rearmed)
    const code = program.timedOut ? 'a time-out' : `exit code ${String(program.exitCode)}: ${program.output.trim().slice(0, 200)}`
    return hold('REARM_FAILED', { product: 'Office', host, code }, [], AGAIN)
  }
  if (end?.is === 'refused')
    return hold('REARM_FAILED', { product: 'Office', host, code: detailOf(end.fault, 'message') }, [], AGAIN)
  if (end?.is === 'settled' && end.receipt === 'ended') {
    if (end.result?.['successLine'] === true && end.result['program.exitCode'] === 0) {
      return done('the receipt holds the success of OSPPREARM; hands off Office from here on', rearmed)
    }
    return hold('REARM_FAILED', { product: 'Office', host, code: 'no success line in its receipt' }, [], AGAIN)
  }
  const why = marker
    ? 'the marker stands, but no receipt says how it ended'
    : 'no receipt says how it ended, and its marker is not there'
  return hold('OUTCOME_UNKNOWN', { act: 'rearm Office', host, why }, [], AGAIN)
}

const AGAIN = [{ name: 'rearm-again', label: 'run OSPPREARM again' }]
