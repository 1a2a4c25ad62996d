import { createHash } from 'node:crypto'
import type { Stamped } from '../procedure/fold.ts'
import type { RunView } from '../procedure/run-view.ts'

/** A run that has ended as a trace in the JSON form of OTLP 1.0 (opentelemetry.io, "OTLP/HTTP"): one span for the run, one for each step that did
 *  something, one for each act; holds and decisions are events of the run's span. Ids come of the run's id and head, so that a trace which
 *  is sent twice is the same trace. Times are those of the farm. */
export function traceOf(view: RunView, lines: readonly Stamped[], version: string): unknown {
  const traceId = idOf(16, view.run, view.head)
  const root = { traceId, spanId: idOf(8, view.run, view.head, 'run') }
  const below = (name: string, from: number, to: number, attributes: Attributes, failed: boolean, parent = root.spanId) => ({
    traceId,
    spanId: idOf(8, view.head, name, String(from)),
    parentSpanId: parent,
    ...span(name, from, to, attributes, failed),
  })
  const steps = view.steps.flatMap(({ step, state, startedAt, endedAt }) =>
    startedAt === null || endedAt === null || state === 'skipped'
      ? []
      : [{ step, span: below(step, startedAt, endedAt, {}, state === 'failed') }],
  )
  const acts = actsIn(lines).map(({ what, host, op, place, from, to, end }) => {
    const parent = steps.find(({ step }) => step === place.split('.')[0])?.span.spanId
    return below(what, from, to, { host, op, end }, end !== 'answered', parent)
  })
  const { outcome, title } = view
  const attributes = { run: view.run, outcome: outcome ?? '', vdisk: title, 'run.lines': String(view.lines) }
  const whole = {
    ...root,
    ...span(title, view.startedAt, view.changedAt, attributes, outcome === 'failed' || outcome === 'aborted'),
    events: lines.flatMap(eventOf),
  }
  const spans = [whole, ...steps.map((one) => one.span), ...acts]
  const resource = { attributes: attributed({ 'service.name': 'vdiskprep', 'service.version': version }) }
  return { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'vdiskprep', version }, spans }] }] }
}

type Attributes = Readonly<Record<string, string>>

/** Kind 1 is internal; status 1 is well, 2 an error. */
function span(name: string, from: number, to: number, attributes: Attributes, failed: boolean) {
  const times = { startTimeUnixNano: nanos(from), endTimeUnixNano: nanos(Math.max(from, to)) }
  return { name, kind: 1, ...times, attributes: attributed(attributes), status: { code: failed ? 2 : 1 } }
}

function actsIn(lines: readonly Stamped[]) {
  return lines.flatMap(({ at: from, event }) => {
    if (event.type !== 'intended') return []
    const { effect, what, host, op, place } = event
    const ended = lines.find(({ event: one }) => one.type === 'acted' && one.effect === effect)
    const end = ended?.event.type === 'acted' ? ended.event.end : 'unknown'
    return [{ what, host, op, place, from, to: ended?.at ?? from, end }]
  })
}

function eventOf({ at, event }: Stamped) {
  if (event.type === 'held')
    return [{ timeUnixNano: nanos(at), name: 'held', attributes: attributed({ fault: event.fault.code, place: event.place }) }]
  if (event.type !== 'decided') return []
  const said = { decision: event.decision, by: event.by.login, place: event.place }
  return [{ timeUnixNano: nanos(at), name: 'decided', attributes: attributed(said) }]
}

function attributed(of: Attributes) {
  return Object.entries(of).map(([key, stringValue]) => ({ key, value: { stringValue } }))
}

/** Sixty-four bits do not fit into a number of JSON: they travel as text. */
function nanos(ms: number): string {
  return String(BigInt(Math.round(ms)) * 1_000_000n)
}

function idOf(bytes: number, ...of: readonly string[]): string {
  return createHash('sha256')
    .update(of.join('\n'))
    .digest('hex')
    .slice(0, bytes * 2)
}
