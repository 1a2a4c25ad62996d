import { labelOf } from '../../../knowledge/entries.ts'
import type { Cause, Source } from '../../../knowledge/entry.ts'
import type { Explained } from '../../../knowledge/explained.ts'
import { fixLines } from '../screens/fix.ts'
import { titleOf } from '../screens/steps.ts'
import { hanging, wrap } from '../screens/wrap.ts'
import type { Terminal } from '../terminal.ts'

type Screen = Pick<Terminal, 'width' | 'paint'>

const KINDS: Readonly<Record<Explained['kind'], string>> = {
  fault: 'a fault code of vdiskprep',
  check: 'a check of the doctor',
  risk: 'a risk',
  licensing: 'Windows licensing',
  windows: 'Windows',
  pvs: 'Citrix Provisioning',
  event: 'event log',
  text: 'seen on consoles',
  word: '',
}

/** One thing explained, as a person reads it. */
export function explainedLines(one: Explained, screen: Screen): readonly string[] {
  const { width } = screen
  const title = [one.name, KINDS[one.kind]].filter((part) => part !== null && part !== '').join(', ')
  const steps = one.steps.map(titleOf).join(', ')
  return [
    ...hanging(`${screen.paint('strong', labelOf(one.id))}  `, title, width, 2),
    ...one.means.flatMap((line) => hanging('  ', line, width)),
    ...(steps === '' ? [] : hanging('  Met in: ', `step ${steps}`, width)),
    ...causeLines(one.causes, screen),
    ...settlingLines(
      one.settles.map(({ says }) => says),
      screen,
    ),
    ...(one.kind === 'check' ? [] : doctorLines(one.checks)),
    ...remedyLines(one, screen),
    ...(one.risk === null ? [] : hanging('  Risk:   ', one.risk, width)),
    ...(one.unproven === null ? [] : hanging('  Unproven: ', one.unproven, width)),
    ...hanging('  Source: ', one.sources.map(sourceWords).join('; '), width),
  ]
}

/** How a person finds out what the program could not. */
export function settlingLines(settles: readonly string[], { width }: Screen): readonly string[] {
  return settles.flatMap((line, at) => hanging(at === 0 ? '  Find out: ' : '            ', line, width, 12))
}

/** What a check helps itself with is never broken; a decision only helps where a run is held, which is said beside it. */
function remedyLines({ kind, remedy }: Explained, { width }: Screen): readonly string[] {
  if (kind === 'check') return fixLines(remedy, width - 2).map((line) => `  ${line}`)
  return remedy.flatMap((line, at) => {
    const head = at === 0 ? '  Next:   ' : '          '
    const [, aside, command] = /^([^:]+:) (vdiskprep .+[^.])$/.exec(line) ?? []
    if (aside !== undefined && command !== undefined && head.length + line.length > width)
      return [...hanging(head, aside, width), `            ${command}`]
    if (!line.startsWith('vdiskprep ')) return hanging(head, line, width)
    const aim = line.startsWith('vdiskprep decide ') ? '   where a run is held at it' : ''
    return `${head}${line}${aim}`.length <= width || aim === ''
      ? [`${head}${line}${aim}`]
      : [`${head}${line}`, `            ${aim}`]
  })
}

/** `Title [name]`, the name as `explain --sources` takes it. */
function sourceWords({ title, name }: Source): string {
  return name === undefined ? title : `${title} [${name}]`
}

/** What belongs to it, each to be explained in its turn. */
export function seeLines(ids: readonly string[], screen: Screen): readonly string[] {
  const shown = [...new Set(ids)].slice(0, 6).map(labelOf)
  return shown.length === 0 ? [] : hanging('  See also: ', shown.join(', '), screen.width)
}

/** Where the doctor looks. */
export function doctorLines(checks: readonly string[]): readonly string[] {
  return checks.length === 0 ? [] : [`  Look:   vdiskprep doctor FILE --only ${checks.join(',')}`]
}

/** Columns that a command beside a cause needs. */
const BESIDE = 38

/** Causes, the likeliest first, and beside each how to tell it; what does not fit beside stands below. */
function causeLines(causes: readonly Cause[], screen: Screen): readonly string[] {
  if (causes.length === 0) return []
  const right = Math.max(BESIDE, Math.floor(screen.width * 0.45))
  const left = screen.width - right - 6
  if (left < 24)
    return causes.flatMap((cause, at) => [...hanging(`   ${at + 1}  `, cause.cause, screen.width), ...below(tellsOf(cause))])
  const head = `  ${(causes.length > 1 ? 'Causes, likeliest first' : 'Cause').padEnd(left + 4)}How to tell`
  return [
    causes.some((cause) => tellsOf(cause).length > 0) ? head : head.slice(0, left).trimEnd(),
    ...causes.flatMap((cause, at) => {
      const tells = tellsOf(cause)
      const beside = tells.filter((tell) => tell.length <= right)
      const told = wrap(cause.cause, left - 2)
      const rows = Array.from({ length: Math.max(told.length, beside.length) }, (_, row) => {
        const number = row === 0 ? `${at + 1}  ` : '   '
        return `   ${number}${(told[row] ?? '').padEnd(left)}${beside[row] ?? ''}`.trimEnd()
      })
      return [...rows, ...below(tells.filter((tell) => tell.length > right))]
    }),
  ]
}

function tellsOf({ check, look }: Cause): readonly string[] {
  return [...(check === undefined ? [] : [`check ${check}`]), ...(look === undefined ? [] : [look])]
}

function below(tells: readonly string[]): readonly string[] {
  return tells.map((tell) => `        ${tell}`)
}
