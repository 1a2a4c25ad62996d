import { rearmsLeft } from '../procedure/rearms.ts'
import type { RunView, StepView } from '../procedure/run-view.ts'

/** One run as metrics count it. */
export type Counted = Pick<RunView, 'title' | 'state' | 'outcome' | 'steps' | 'acts' | 'memory' | 'startedAt'> & {
  /** The codes of its holds, each time it was held. */
  readonly holds: readonly string[]
}

/** Upper bounds of the buckets of step durations, in seconds. */
const BUCKETS = [10, 60, 300, 900, 1800, 3600, 14_400]

/** Runs as OpenMetrics text: how many stand where, for how long their steps were worked on (time of the farm), what held them, and how many rearms each
 *  vDisk had left when it was last prepared. Form: OpenMetrics 1.0. */
export function openMetrics(runs: readonly Counted[]): string {
  return [
    ...family('vdiskprep_runs', 'gauge', 'Runs of the store by state and outcome.', standing(runs)),
    ...family(
      'vdiskprep_step_seconds',
      'histogram',
      'For how long steps that were done were worked on.',
      durations(runs),
      'seconds',
    ),
    ...family('vdiskprep_holds', 'counter', 'How often runs were held, by fault.', holds(runs)),
    ...family('vdiskprep_rearms_left', 'gauge', 'Rearms left after the last run that read them.', rearms(runs)),
    '# EOF',
    '',
  ].join('\n')
}

type Labels = Readonly<Record<string, string>>
type Sample = readonly [suffix: string, labels: Labels, value: number]

function family(name: string, type: string, help: string, samples: readonly Sample[], unit?: string): readonly string[] {
  if (samples.length === 0) return []
  return [
    `# TYPE ${name} ${type}`,
    ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]),
    `# HELP ${name} ${help}`,
    ...samples.map(([suffix, labels, value]) => `${name}${suffix}${labelled(labels)} ${String(value)}`),
  ]
}

function labelled(labels: Labels): string {
  const escaped = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
  const parts = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return parts.length === 0 ? '' : `{${parts.join(',')}}`
}

function counted(names: readonly string[]): readonly (readonly [string, number])[] {
  return [...Map.groupBy(names, (name) => name)]
    .map(([name, all]) => [name, all.length] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
}

function standing(runs: readonly Counted[]): readonly Sample[] {
  return counted(runs.map(({ state, outcome }) => `${state} ${outcome ?? ''}`)).map(([both, count]) => {
    const [state = '', outcome = ''] = both.split(' ')
    return ['', { state, outcome }, count] as const
  })
}

function durations(runs: readonly Counted[]): readonly Sample[] {
  const done = runs.flatMap(({ steps }) => steps.filter(({ state }) => state === 'done'))
  return [...Map.groupBy(done, ({ step }) => step)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([step, all]) => {
      const seconds = all.map(secondsOf)
      const upTo = (bound: number) => seconds.filter((one) => one <= bound).length
      return [
        ...BUCKETS.map((bound): Sample => ['_bucket', { step, le: bound.toFixed(1) }, upTo(bound)]),
        ['_bucket', { step, le: '+Inf' }, seconds.length] as const,
        ['_sum', { step }, Math.round(seconds.reduce((sum, one) => sum + one, 0) * 1000) / 1000] as const,
        ['_count', { step }, seconds.length] as const,
      ]
    })
}

function secondsOf({ startedAt, endedAt, undrivenMs }: StepView): number {
  return Math.max(0, ((endedAt ?? 0) - (startedAt ?? 0) - undrivenMs) / 1000)
}

function holds(runs: readonly Counted[]): readonly Sample[] {
  return counted(runs.flatMap((run) => run.holds)).map(([fault, count]) => ['_total', { fault }, count] as const)
}

function rearms(runs: readonly Counted[]): readonly Sample[] {
  const last = new Map<string, Sample>()
  for (const view of runs.toSorted((one, other) => one.startedAt - other.startedAt)) {
    const left = { Windows: rearmsLeft(view, 'windows'), Office: rearmsLeft(view, 'office') }
    for (const [product, count] of Object.entries(left))
      if (count !== null) last.set(`${view.title} ${product}`, ['', { vdisk: view.title, product }, count])
  }
  return [...last].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sample]) => sample)
}
