import type { AgentCall } from '../../../src/lab/windows/front.ts'

/** A call that an agent made of its Windows during one operation. */
export type Made = Pick<AgentCall, 'name' | 'args'>

/** Where in an operation its process is killed: right before the n-th call to Windows, or right after Windows did what it asks. */
export interface KillPoint {
  readonly what: string
  readonly n: number
  /** What that call is. */
  readonly call: string
  readonly when: 'before' | 'after'
  /** What its receipt must say afterwards. */
  readonly receipt: 'none' | 'open' | 'ended'
  /** Whether something may have been changed by then. */
  readonly acted: boolean
}

/** The points of one operation, from the calls that it makes when nothing disturbs it: while it looks around, with the receipt written, after
 *  each kind of change, before the receipt gets its end, and after it. */
export function killPoints(calls: readonly Made[]): readonly KillPoint[] {
  const writes = calls.flatMap((one, n) => (isReceipt(one) ? [n] : []))
  const [begun, ended] = [writes[0], writes.at(-1)]
  if (begun === undefined || ended === undefined || begun === ended) throw new Error('the operation leaves no receipt')
  const changes = new Map<string, Omit<KillPoint, 'call'>>()
  for (const [n, call] of calls.entries())
    if (n > begun && n < ended && isChange(call))
      changes.set(nameOf(call), { what: `after ${nameOf(call)}`, n, when: 'after', receipt: 'open', acted: true })
  const points: Omit<KillPoint, 'call'>[] = [
    { what: 'while it looks', n: Math.max(0, begun - 1), when: 'before', receipt: 'none', acted: false },
    { what: 'with its receipt written', n: begun, when: 'after', receipt: 'open', acted: false },
    ...changes.values(),
    { what: 'before its receipt ends', n: ended, when: 'before', receipt: 'open', acted: true },
    { what: 'with its answer unsent', n: ended, when: 'after', receipt: 'ended', acted: true },
  ]
  return points.map((one) => ({ ...one, call: calls[one.n]?.name ?? '' }))
}

/** Ends the process of an agent at one point of its next operation, and notes the calls that it made. */
export class Killer {
  readonly made: Made[] = []
  #point: KillPoint | undefined
  #watches = ''

  /** From now on the calls of this host are noted; with a point its process is killed there. */
  arm(host: string, point?: KillPoint): void {
    this.made.length = 0
    this.#watches = host
    this.#point = point
  }

  /** From now on nothing is noted any more. */
  rest(): void {
    this.#watches = ''
  }

  readonly around = async (call: AgentCall, proceed: () => unknown): Promise<unknown> => {
    if (call.host !== this.#watches) return await proceed()
    const n = this.made.push({ name: call.name, args: call.args }) - 1
    if (n !== this.#point?.n) return await proceed()
    const { when, call: wanted, what } = this.#point
    this.#watches = ''
    if (call.name !== wanted) throw new Error(`${what}: the ${String(n)}th call is ${call.name} instead of ${wanted}`)
    if (when === 'after') await proceed()
    call.kill()
    return await new Promise(() => undefined)
  }
}

/** Whether a call writes the receipts of a host. */
export function isReceipt({ name, args }: Made): boolean {
  const given = args as { readonly name?: string; readonly path?: string }
  return (
    (name === 'registry.volatile' && given.name === 'acts') || (name === 'file.write' && /acts\.json$/.test(given.path ?? ''))
  )
}

/** Whether a call changes something of Windows or PVS beside the receipts. */
export function isChange({ name }: Made): boolean {
  return /^(cim\.invoke|registry\.(remove|volatile)|file\.(move|remove)|service\.set|native\.run|task\.(register|run|delete)|pvs\.(?!Get-).*)$/.test(
    name,
  )
}

/** What of a change tells it from another of its kind. */
function nameOf({ name, args }: Made): string {
  const given = args as Readonly<Record<string, unknown>>
  const words = ['method', 'state', 'value', 'program'].flatMap((one) => (typeof given[one] === 'string' ? [given[one]] : []))
  return [name, given['name'], ...words]
    .filter((one) => typeof one === 'string')
    .join(' ')
    .replace(/ C:\\.*\\/, ' ')
}
