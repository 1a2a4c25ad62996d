import { describeFault } from '../../../faults/table.ts'
import type { Forecast, ForeseenStep, Outlook } from '../../../procedure/forecast/foreseen.ts'
import type { Paint, Terminal } from '../terminal.ts'
import type { OpenRun } from '../checking/open-runs.ts'
import { asTyped } from './as-typed.ts'
import { nextLines } from './next.ts'
import { alignedTitle, numberOf } from './steps.ts'
import { hanging } from './wrap.ts'

type Screen = Pick<Terminal, 'width' | 'paint' | 'said'>

const WORDS: Readonly<Record<Outlook, string>> = {
  satisfied: 'satisfied',
  'will-act': 'will act',
  blocked: 'BLOCKED',
  'cannot-know': 'not known',
  'left-out': 'left out',
}

const PAINTS: Readonly<Record<Outlook, Paint | null>> = {
  satisfied: 'good',
  'will-act': 'strong',
  blocked: 'bad',
  'cannot-know': 'faint',
  'left-out': 'faint',
}

const INDENT = 33

/** A plan as a person reads it before the run: every step in its order, with what would be done, and with which values. */
export function planScreen(forecast: Forecast, hash: string, screen: Screen): readonly string[] {
  const head = ` ${screen.paint('strong', forecast.title)} on ${forecast.where}: ${forecast.scenario}`
  return [
    `${head}   plan ${hash}   nothing was changed`,
    '',
    ...forecast.steps.flatMap((step) => stepLines(step, forecast, screen)),
    '',
    ...facts(forecast).flatMap(([label, text]) => hanging(` ${label.padEnd(10)} `, text, screen.width)),
  ]
}

/** The last words of a plan: how it is run, or what stands in the way of that and what to type first. */
export function planEnd(
  forecasts: readonly Forecast[],
  open: readonly OpenRun[],
  { hash, file }: { readonly hash: string; readonly file: string },
  screen: Screen,
): readonly string[] {
  const run = `vdiskprep run ${file} --plan ${hash}`
  if (open.length > 0)
    return open.flatMap((one) => [
      ...hanging(
        ' ',
        `Run ${one.run} stands on ${one.title}: ${standing(one)}. Until it has ended, another is refused.`,
        screen.width,
      ),
      ...nextLines([{ type: `vdiskprep status ${one.run}`, for: '' }], screen),
    ])
  const blocked = forecasts.flatMap(({ steps }) => steps.filter(({ outlook }) => outlook === 'blocked'))
  if (blocked.length === 0) return [asTyped(` Run it:  ${run}`, screen.said)]
  const where = [...new Set(blocked.map(({ step }) => numberOf(step).trim()))].join(', ')
  const isDecidable = blocked.every(({ step, options }) => step !== 'preflight' && options.length > 0)
  const ways = [{ type: `vdiskprep plan ${file}`, for: '' }, ...(isDecidable ? [{ type: run, for: 'It asks you there.' }] : [])]
  return [
    ...hanging(' ', `A run would be held at step ${where}. Mend what is BLOCKED and plan again.`, screen.width),
    ...nextLines(ways, screen),
  ]
}

function standing({ state, fault }: OpenRun): string {
  if (state === 'held') return `it is held${fault === null ? '' : ` (${fault})`} and waits for a decision`
  if (state === 'approval') return 'it waits for an approval'
  return state === 'stopped' ? 'nobody drives it' : 'it is under way'
}

function stepLines(step: ForeseenStep, forecast: Forecast, screen: Screen): readonly string[] {
  const word = WORDS[step.outlook].padEnd(10)
  const head = ` ${alignedTitle(step.step).padEnd(20)} ${word} `
  const [first = '', ...rest] = sentences(step, forecast)
  const lines = [
    ...hanging(head, first, screen.width, INDENT + 2),
    ...rest.flatMap((line) => hanging(' '.repeat(INDENT), line, screen.width, INDENT + 2)),
    ...hanging(' '.repeat(INDENT), whyOf(step), screen.width, INDENT + 2),
  ]
  const paint = PAINTS[step.outlook]
  return paint === null ? lines : [(lines[0] ?? '').replace(word, screen.paint(paint, word)), ...lines.slice(1)]
}

/** Why the step is kept or skipped, where that is not said already, and what it rests on. */
function whyOf({ says, why, source }: ForeseenStep): string {
  return says.includes(why) ? `[${source}]` : `${why} [${source}]`
}

function sentences(step: ForeseenStep, forecast: Forecast): readonly string[] {
  const acts = step.acts.map((act) => `${act.what}: ${act.because.join('; ')}`)
  if (step.step === 'preflight') return [...checkup(step, forecast), ...acts]
  const until = step.until === null ? [] : [`until step ${numberOf(step.until.step)} ${step.until.what}`]
  switch (step.outlook) {
    case 'blocked': {
      const { says, effect } = describeFault(step.fault?.code ?? 'FACT_UNKNOWN', step.fault?.details ?? {})
      const ways = step.options.map((option) => `--option ${option.name}: ${option.label}`)
      return [step.fault?.code ?? '', says, effect, ...ways, ...acts.map((line) => `before that: ${line}`)]
    }
    case 'cannot-know':
      return [[...until, ...step.says].join(': ')]
    case 'will-act':
      return [...acts, ...step.then, ...(step.until === null ? [] : [`the rest is known once it ${step.until.what}`])]
    case 'satisfied':
    case 'left-out':
      return step.says.slice(0, 2)
  }
}

function checkup(step: ForeseenStep, { checks: { tally, findings } }: Forecast): readonly string[] {
  const unknown = tally.unknown > 0 ? `, ${String(tally.unknown)} unknown` : ''
  const open = findings.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn' || verdict === 'unknown')
  return [
    `${String(tally.pass)} pass, ${String(tally.warn)} warn, ${String(tally.fail)} fail${unknown}, ${String(tally.na)} not applicable`,
    ...[...Map.groupBy(open, ({ verdict, says }) => `${verdict} ${says}`).values()].map(together),
    ...(step.outlook === 'blocked' ? ['mend these, or waive them by name'] : []),
  ]
}

/** Checks of which the same is to be said, as when a host cannot be reached: told once. */
function together(findings: Forecast['checks']['findings']): string {
  const [first] = findings
  if (first === undefined) return ''
  const { verdict, host, check, says } = first
  const others = findings.length > 1 ? ` and ${String(findings.length - 1)} more` : ''
  return `${verdict === 'unknown' ? '????' : verdict.toUpperCase()} ${host} ${check}${others}: ${says}`
}

/** Why steps are not known, and what makes them known. */
function notKnown({ steps }: Forecast): readonly string[] {
  const dark = steps.flatMap(({ step, outlook, until }) => (outlook === 'cannot-know' && until !== null ? [{ step, until }] : []))
  return [...Map.groupBy(dark, ({ until }) => JSON.stringify(until)).values()].flatMap((group) => {
    const until = group[0]?.until
    if (until === undefined) return []
    const which = stepsText(group.map(({ step }) => Number(numberOf(step))))
    const at = numberOf(until.step)
    if (until.what === FREE)
      return [`${which} after step ${at}, which is blocked: mend that and plan again. Nothing behind it is guessed.`]
    const opens = steps.some(({ step, acts }) => step === until.step && acts.some(({ op }) => OPENING.includes(op)))
    const sooner = opens
      ? 'The disk has to be open for that, and the run opens it; to decide on what it finds, let it ask before a step (approvals: in the workflow).'
      : 'To know it before: boot that device from the open disk and plan again.'
    return [
      `${which} by what Windows tells once step ${at} ${until.what}. Nothing is guessed: the run looks before each of them. ${sooner}`,
    ]
  })
}

/** Acts after which alone the target has a disk to boot from. */
const OPENING: readonly string[] = ['Set-VdpDiskMode', 'New-VdpDisk', 'New-VdpMaintenanceVersion']

/** What a blocked step has to become before those behind it can be foreseen. */
const FREE = 'is free again'

/** `step 5 is decided`, `steps 2-7 are decided`, `steps 5, 8-10 are decided`. */
function stepsText(numbers: readonly number[]): string {
  const runs = numbers
    .toSorted((one, other) => one - other)
    .reduce<readonly (readonly [number, number])[]>((all, n) => {
      const last = all.at(-1)
      return last !== undefined && last[1] + 1 === n ? [...all.slice(0, -1), [last[0], n]] : [...all, [n, n]]
    }, [])
  const text = runs.map(([from, to]) => (from === to ? String(from) : `${String(from)}-${String(to)}`)).join(', ')
  return numbers.length === 1 ? `step ${text} is decided` : `steps ${text} are decided`
}

function facts(forecast: Forecast): readonly (readonly [string, string])[] {
  const { order, rearm, counters, approvals, caveats } = forecast
  const left = counters.map(({ product, before, after }) =>
    before === null || after === null ? `${product} not known yet` : `${product} ${String(before)} -> ${String(after)}`,
  )
  return [
    ['order', order.because],
    ['rearm', `${rearm.wanted === null ? 'not known yet: ' : rearm.wanted ? '' : 'none: '}${rearm.because}`],
    ...(rearm.wanted === false ? [] : [['counters', left.join(', ')] as const]),
    ...notKnown(forecast).map((text) => ['not known', text] as const),
    ...approvals.map(
      ({ step, what, why, anotherPerson }) =>
        ['approval', `step ${numberOf(step)}, ${what}: ${why}${anotherPerson ? ' (by another login)' : ''}`] as const,
    ),
    ...caveats.map(({ says, source }) => ['mind', `${says} [${source}]`] as const),
    ['sources', 'what stands in [ ]: vdiskprep explain --sources'],
  ]
}
