import { NOT_RECORDED, type Cell, type Page } from '../page/blocks.ts'
import { atText } from '../passport/words.ts'
import type { Fleet } from './fleet.ts'

type VDisk = Fleet['vdisks'][number]

/** All vDisks of a store as a page: who has no passport and whose is the oldest first, and who is near the end of the rearms. */
export function fleetPage({ vdisks, asOf, runs }: Fleet): Page {
  const near = vdisks.filter(isNearEnd)
  const without = vdisks.filter(({ passport }) => passport === null)
  const changed = vdisks.filter(({ changedBy }) => changedBy !== null)
  const says = `${String(vdisks.length)} vDisk${vdisks.length === 1 ? '' : 's'}, ${String(without.length)} without a passport, ${String(changed.length)} changed since, ${String(near.length)} near the end of the rearms`
  return {
    title: 'vDisks and their passports',
    headline: { text: says, as: without.length + changed.length + near.length > 0 ? 'warn' : 'plain' },
    about: [
      `Told from ${String(runs)} runs as of ${atText(asOf)} UTC, the oldest passport first. Their journals were not audited: vdiskprep audit verify does that.`,
    ],
    sections: [
      {
        title: 'vDisks',
        blocks: [
          {
            is: 'table',
            columns: ['vDisk', 'last passport', 'age', 'rearms left', 'last run'],
            rows: vdisks.map((one): readonly Cell[] => [
              `${one.name}${one.version === null ? '' : `, version ${String(one.version)}`}\n${one.farm} / ${one.site} / ${one.store}${one.simulated ? '\non a simulated farm' : ''}`,
              passportCell(one),
              ageText(one),
              rearmsCell(one),
              one.last.run === one.passport?.run ? 'the same' : `run ${one.last.run}: ${one.last.says}`,
            ]),
          },
        ],
      },
      {
        title: 'How the rearms are counted',
        blocks: [
          {
            is: 'text',
            text: 'Left is what the last run read right before its last rearm, less that one. A rearmed image tells its counter only after its next boot.',
          },
        ],
      },
    ],
  }
}

function passportCell({ passport, changedBy }: VDisk): Cell {
  if (passport === null) return { text: 'none', as: 'bad' }
  const text = `${atText(passport.at)}\nrun ${passport.run}`
  return changedBy === null ? text : { text: `${text}\nchanged since by run ${changedBy}`, as: 'warn' }
}

/** Whether a vDisk has two rearms or fewer left, of Windows or of Office. */
export function isNearEnd({ rearms }: VDisk): boolean {
  return rearms.windows?.nearEnd === true || rearms.office?.nearEnd === true
}

/** `12 days`, or a dash without a passport. */
export function ageText({ days }: VDisk): string {
  return days === null ? '-' : days === 1 ? '1 day' : `${String(days)} days`
}

function rearmsCell(one: VDisk): Cell {
  const { windows, office } = one.rearms
  if (windows === null && office === null) return NOT_RECORDED
  const text = `Windows ${windows === null ? 'not recorded' : String(windows.value)}\nOffice ${office === null ? 'not recorded' : String(office.value)}`
  return isNearEnd(one) ? { text: `${text}\nnear the end`, as: 'bad' } : text
}
