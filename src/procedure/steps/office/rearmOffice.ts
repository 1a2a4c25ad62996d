import type { FactsOf } from '../../../wire/operations/catalogue.ts'
import { known } from '../../../wire/reading.ts'
import { ask } from '../../asking.ts'
import { lookAtTarget } from '../../looks.ts'
import { defineStage } from '../../stage.ts'
import { act, detailOf, done, hold, skipped, unknown } from '../../verdict.ts'

/** Step 7. Runs OSPPREARM.EXE as discovered. Its proof is its own success line: nothing may ask Office afterwards, or the grace
 *  timer starts in the image. Never repeated: Office has five. Source: article step 7; kms.md 5.3, 5.4. */
export const rearmOffice = defineStage({
  name: 'rearmOffice',
  step: 'rearmOffice',
  title: 'rearm Office',
  repeat: 'never',
  insideWindow: true,
  probe: (look) => ({ target: lookAtTarget(look, look.memory.office.rearmed || look.intent !== null ? ['boot'] : ['boot', 'office']) }),

  judge({ plan, memory, now, intent, end }) {
    const host = plan.target.host
    const installs = memory.officeInstalls ?? []
    if (installs.length === 0) return skipped('no volume Office in this image')
    if (memory.rearm?.wanted === false || plan.office.rearm === 'never')
      return skipped(plan.office.rearm === 'never' ? 'the workflow forbids an Office rearm' : (memory.rearm?.because ?? ''))
    const boot = now.target.boot
    if (boot === undefined) return unknown('the boot of the target', 'the part is missing from the answer')

    if (intent !== null) {
      if (end?.is === 'answered') {
        const { program, successLine } = end.facts as FactsOf<'Invoke-VdpOfficeRearm'>
        if (successLine && program.exitCode === 0 && now.target.officeRearmed)
          return done('OSPPREARM reports success; hands off Office from here on', { office: { ...memory.office, rearmed: true } })
        return hold(
          'REARM_FAILED',
          {
            product: 'Office',
            host,
            code: program.timedOut
              ? 'a time-out'
              : `exit code ${String(program.exitCode)}: ${program.output.trim().slice(0, 200)}`,
          },
          [],
          AGAIN,
        )
      }
      if (end?.is === 'refused')
        return hold('REARM_FAILED', { product: 'Office', host, code: detailOf(end.fault, 'message') }, [], AGAIN)
      if (end?.is === 'settled' && end.receipt === 'ended' && now.target.officeRearmed) {
        return done('the receipt says that OSPPREARM ended well, and the marker stands', {
          office: { ...memory.office, rearmed: true },
        })
      }
      return hold(
        'OUTCOME_UNKNOWN',
        {
          act: intent.what,
          host,
          why: now.target.officeRearmed
            ? 'the marker stands, but no receipt says how it ended'
            : 'neither receipt nor marker is there',
        },
        [],
        AGAIN,
      )
    }

    const office = now.target.office
    if (office === undefined)
      return hold(
        'OUTCOME_UNKNOWN',
        { act: 'rearm Office', host, why: 'the host refuses to speak of Office: it was rearmed in this boot' },
        [],
        AGAIN,
      )
    if (office.running.length > 0) return hold('OFFICE_RUNNING', { host, programs: office.running })
    const tool = installs.map((install) => install.rearmTool).find((path) => path !== null)
    if (tool === undefined || tool === null)
      return hold('OFFICE_REARM_TOOL_MISSING', { host, release: installs[0]?.release ?? '?' })
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

const AGAIN = [{ name: 'rearm-again', label: 'run OSPPREARM again' }]
