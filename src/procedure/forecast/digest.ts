import { planHash } from '../../workflow/plan-hash.ts'
import type { Forecast, ForeseenStep } from './foreseen.ts'

/** One thing that decided a forecast: in words for people, and with all its values. */
interface Line {
  readonly words: string
  readonly values: string
}

/** What decided a forecast, by what it is about: two forecasts are the same plan when all lines are equal. */
export interface Digest {
  readonly hash: string
  readonly lines: Readonly<Record<string, Line>>
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
  return names.flatMap((name) => {
    const [was, is] = [before[name], now[name]]
    if (was?.values === is?.values && was?.words === is?.words) return []
    if (was?.words === is?.words) return [`${name}: other values (${is?.values ?? ''})`]
    return [`${name}: was ${was?.words ?? 'not there'}, is ${is?.words ?? 'not there'}`]
  })
}

function linesOf(forecast: Forecast, label: string): readonly (readonly [string, Line])[] {
  const { steps, order, rearm, counters, workflow } = forecast
  const plain = (words: string): Line => ({ words, values: '' })
  return [
    [`${label}the workflow`, { words: 'another text', values: workflow.slice(0, 12) }],
    [`${label}the order`, plain(order.because)],
    [`${label}the rearm`, plain(rearm.because)],
    [
      `${label}the rearms left`,
      plain(counters.map(({ product, before }) => `${product} ${String(before ?? 'unknown')}`).join(', ')),
    ],
    ...steps.map((step): [string, Line] => [`${label}${step.step}`, { words: wordsOf(step), values: valuesOf(step) }]),
  ]
}

function wordsOf({ outlook, acts, fault }: ForeseenStep): string {
  const what = acts.map((act) => act.what).join(', ')
  return `"${outlook.replace('-', ' ')}${fault === null ? '' : ` by ${fault.code}`}${what === '' ? '' : `: ${what}`}"`
}

function valuesOf({ acts, options }: ForeseenStep): string {
  const requests = acts.map(({ host, op, args }) => {
    const values = Object.entries((args ?? {}) as Record<string, unknown>).filter(([name]) => name !== 'sha256')
    return `${op} on ${host} ${JSON.stringify(Object.fromEntries(values))}`
  })
  return [...requests, ...options.map(({ name }) => name)].join('; ')
}
