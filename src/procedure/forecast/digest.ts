import { planHash } from '../../workflow/plan-hash.ts'
import type { Forecast, ForeseenAct } from './foreseen.ts'

/** What decided a forecast, one line for each thing, in words: two forecasts are the same plan when all lines are equal. */
export interface Digest {
  readonly hash: string
  readonly lines: Readonly<Record<string, string>>
}

/** Eight hexadecimal digits for people to copy. */
const SHORT = 8

/** The digest of the forecasts of a file. Times, days left and the hash of a licence store that Windows rewrites by itself do not decide. */
export function digestOf(forecasts: readonly Forecast[]): Digest {
  const lines = Object.fromEntries(forecasts.flatMap((one) => linesOf(one, forecasts.length > 1 ? `${one.title}: ` : '')))
  return { hash: planHash(lines).slice(0, SHORT), lines }
}

/** What differs between two digests, as a person would tell it. */
export function movedBetween(before: Digest['lines'], now: Digest['lines']): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])]
  return names
    .filter((name) => before[name] !== now[name])
    .map((name) => `${name} was "${before[name] ?? 'not there'}" and is "${now[name] ?? 'not there'}"`)
}

function linesOf(forecast: Forecast, label: string): readonly (readonly [string, string])[] {
  const { steps, order, rearm, counters } = forecast
  return [
    [`${label}the workflow`, forecast.workflow.slice(0, 12)],
    [`${label}the order`, order.because],
    [`${label}the rearm`, rearm.because],
    [`${label}the rearms left`, counters.map(({ product, before }) => `${product} ${String(before ?? 'unknown')}`).join(', ')],
    ...steps.map((step): [string, string] => [
      `${label}${step.step}`,
      [
        step.outlook,
        ...step.acts.map(actLine),
        ...(step.fault === null ? [] : [step.fault.code, ...step.options.map(({ name }) => name)]),
      ].join('; '),
    ]),
  ]
}

function actLine({ what, host, args }: ForeseenAct): string {
  const values = Object.entries((args ?? {}) as Record<string, unknown>).filter(([name]) => name !== 'sha256')
  return `${what} on ${host} ${JSON.stringify(Object.fromEntries(values))}`
}
