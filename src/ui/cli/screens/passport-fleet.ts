import type { Fleet } from '../../../report/fleet/fleet.ts'
import { ageText, isNearEnd } from '../../../report/fleet/page.ts'
import type { Terminal } from '../terminal.ts'
import { nextLines } from './next.ts'
import { fit } from './steps.ts'

/** All vDisks of a store, one line each: age of the passport, rearms left, and how the last run ended where it is another one. */
export function fleetScreen({ vdisks }: Fleet, terminal: Pick<Terminal, 'width' | 'paint'>): readonly string[] {
  const { width, paint } = terminal
  if (vdisks.length === 0) return ['No runs yet.  Next:  vdiskprep run FILE']
  const lines = vdisks.map((one) => {
    const { name, passport, last, rearms, version, simulated, changedBy } = one
    const title = `${name}${version === null ? '' : `@${String(version)}`}`
    const count = (left: (typeof rearms)['windows']) => (left === null ? '-' : String(left.value))
    const columns = [
      fit(title, 20).padEnd(20),
      (passport?.run ?? 'none').padEnd(8),
      ageText(one).padEnd(9),
      `${count(rearms.windows)}/${count(rearms.office)}`.padEnd(8),
    ]
    const head = ` ${columns.join('  ')}  `
    const other = last.run === passport?.run || last.run === changedBy ? '' : `${last.run}: ${last.says}`
    const changed = changedBy === null ? '' : `CHANGED SINCE by ${changedBy}`
    const note = [isNearEnd(one) ? 'NEAR THE END' : '', changed, simulated ? 'simulated' : '', other]
      .filter((text) => text !== '')
      .join('; ')
    const line = `${head}${fit(note, Math.max(12, width - head.length))}`.trimEnd()
    return passport === null ? paint('bad', line) : isNearEnd(one) || changedBy !== null ? paint('warn', line) : line
  })
  const [first] = vdisks
  return [
    paint('faint', ` ${['vDisk'.padEnd(20), 'passport', 'age      ', 'rearms  ', 'notes'].join('  ')}`),
    ...lines,
    paint('faint', ' rearms: left of Windows/Office, as read before the last rearm less those begun'),
    ...nextLines(
      first === undefined ? [] : [{ type: `vdiskprep report ${(first.passport ?? first.last).run}`, for: '' }],
      terminal,
    ),
  ]
}
