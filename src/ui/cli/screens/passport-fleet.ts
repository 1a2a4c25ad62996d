import type { Fleet } from '../../../report/fleet/fleet.ts'
import { ageText, isNearEnd } from '../../../report/fleet/page.ts'
import type { Terminal } from '../terminal.ts'
import { nextLines, type Way } from './next.ts'
import { fit } from './steps.ts'
import { hanging } from './wrap.ts'

const LEGEND =
  'rearms: left of Windows/Office, as read before the last rearm, less that one; ?: no run that rearmed it read it. NEAR THE END: two or fewer are left'

/** All vDisks of a store, one line each: age of the passport, rearms left, and how the last run ended where it is another one. Those near the
 *  end of their rearms come first. */
export function fleetScreen({ vdisks: all }: Fleet, terminal: Pick<Terminal, 'width' | 'paint' | 'said'>): readonly string[] {
  const { width, paint } = terminal
  const near = all.filter(isNearEnd)
  const vdisks = [...near, ...all.filter((one) => !isNearEnd(one))]
  if (vdisks.length === 0) return ['No runs yet.  Next:  vdiskprep run FILE']
  const lines = vdisks.map((one) => {
    const { name, passport, last, rearms, version, simulated, changedBy } = one
    const title = `${name}${version === null ? '' : `@${String(version)}`}`
    const count = (left: (typeof rearms)['windows']) => (left === null ? '?' : String(left.value))
    const columns = [
      fit(title, 20).padEnd(20),
      (passport?.run ?? 'none').padEnd(8),
      ageText(one).padEnd(9),
      `${count(rearms.windows)}/${count(rearms.office)}`.padEnd(8),
    ]
    const head = ` ${columns.join('  ')}  `
    const other = last.run === passport?.run || last.run === changedBy ? '' : `${last.run}: ${last.says}`
    const changed = changedBy === null ? '' : `CHANGED SINCE by ${changedBy}`
    const notes = [isNearEnd(one) ? 'NEAR THE END' : '', changed, simulated ? 'simulated' : ''].filter((text) => text !== '')
    const all = [...notes, ...(other === '' ? [] : [other])].join('; ')
    const texts =
      head.length + all.length <= width
        ? [`${head}${all}`.trimEnd()]
        : [...hanging(head, notes.join('; '), width, 3), ...(other === '' ? [] : hanging('   ', other, width))]
    return texts.map((line) =>
      passport === null ? paint('bad', line) : isNearEnd(one) || changedBy !== null ? paint('warn', line) : line,
    )
  })
  const [first] = vdisks
  const sum = `${String(near.length)} of ${String(all.length)} vDisks NEAR THE END of the rearms: ${near.map(({ name }) => name).join(', ')}`
  return [
    ...(near.length === 0 ? [] : hanging(' ', sum, width, 3).map((line) => paint('warn', line))),
    paint('faint', ` ${['vDisk'.padEnd(20), 'passport', 'age      ', 'rearms  ', 'notes'].join('  ')}`),
    ...lines.flat(),
    ...hanging(' ', LEGEND, width, 3).map((line) => paint('faint', line)),
    ...nextLines(
      [
        ...explained(near),
        ...(first === undefined ? [] : [{ type: `vdiskprep report ${(first.passport ?? first.last).run}`, for: first.name }]),
      ],
      terminal,
    ),
  ]
}

/** What helps a counter that is near its end, each product once. */
function explained(near: Fleet['vdisks']): readonly Way[] {
  return (['windows', 'office'] as const)
    .filter((product) => near.some(({ rearms }) => rearms[product]?.nearEnd === true))
    .map((product) => ({ type: `vdiskprep doctor --explain rearm.${product}`, for: 'what gives a rearm back' }))
}
