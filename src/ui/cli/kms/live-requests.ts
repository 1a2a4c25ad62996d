import type { Composition } from '../../../compose.ts'
import type { Session } from '../../../engine/ports/hosts.ts'
import { faultOfAnswer } from '../../../engine/effects/hostFault.ts'
import { Fault } from '../../../faults/fault.ts'
import { describeFault } from '../../../faults/table.ts'
import type { Batch } from '../../../kms/batch.ts'
import type { FactsOf } from '../../../wire/operations/catalogue.ts'
import { readInventory } from '../../../workflow/read-workflow.ts'
import { interrupts } from '../interrupts.ts'
import { inventoryOf, type InventoryOptions } from '../inventory-option.ts'
import { kmsHostsOf } from './kms-hosts.ts'

/** Whom to ask, and for how long back. */
interface Wish extends InventoryOptions {
  readonly host?: readonly string[]
  readonly lab?: string
  readonly days: string
}

const DAY_MS = 86_400_000

/** Asks the KMS hosts of an inventory, or of a lab of its own, for their requests, page by page. Resolves with the moment when the last
 *  answer came, or that of the newest request where a host's clock is ahead: no machine's newest request is later. A host that does not answer
 *  is told as damage; rejects with its fault when none does; null when a person stopped it. */
export async function requestsOfHosts(
  wish: Wish,
  composition: Composition,
  take: (source: string, batch: Batch) => Promise<void>,
): Promise<number | null> {
  const days = Number(wish.days)
  if (!(days > 0)) throw new Fault('OPTION_INVALID', { option: '--days', value: wish.days, expected: 'a number above 0' })
  const lab = wish.lab === undefined ? null : await composition.startLab(wish.lab)
  const stop = interrupts(() => undefined)
  try {
    const inventory = lab === null ? inventoryOf(wish, composition) : readInventory(lab.inventory, composition.files)
    const names = kmsHostsOf(inventory, wish.host ?? [])
    const clock = composition.farmClock(inventory)
    const since = new Date(clock.now() - days * DAY_MS).toISOString()
    let newest = 0
    const hosts = await composition.hosts(inventory, names)
    try {
      const failed: Fault[] = []
      for (const name of names)
        try {
          const session = await hosts.open(name, { run: 'report', owner: 'report', fence: 0, signal: stop.signal })
          for await (const batch of pagesOf(session, since, stop.signal)) {
            for (const { at } of batch.requests) newest = Math.max(newest, at)
            await take(name, batch)
          }
          await session.close()
        } catch (thrown) {
          if (stop.signal.aborted || !(thrown instanceof Fault)) throw thrown
          failed.push(thrown)
          const what = describeFault(thrown.code, { host: name, ...thrown.details }).says
          await take(name, { requests: [], damage: [{ source: name, line: null, what }], others: 0 })
        }
      const [first] = failed
      if (first !== undefined && failed.length === names.length) throw first
    } finally {
      await hosts.close()
    }
    return Math.max(newest, clock.now())
  } catch (thrown) {
    if (stop.signal.aborted) return null
    throw thrown
  } finally {
    stop.dispose()
    await lab?.close()
  }
}

/** Page by page from the newest back. Pages overlap by a millisecond, since moments are told no finer: what stood in the page before is left out. */
async function* pagesOf(session: Session, since: string, signal: AbortSignal): AsyncGenerator<Batch> {
  let [until, known] = [undefined as string | undefined, new Set<number>()]
  for (;;) {
    const args = until === undefined ? { since } : { since, until }
    const answer = await session.request('Get-VdpKmsRequests', args, undefined, signal)
    if (answer.is !== 'facts') {
      const { code, details } = faultOfAnswer(session.host, 'Get-VdpKmsRequests', answer)
      throw new Fault(code, details)
    }
    const { requests, unread, more } = answer.facts
    const before = known
    yield batchOf(session.host, answer.facts, before)
    known = new Set([...requests.map(({ record }) => record), ...unread])
    const oldest = requests[0]?.at
    if (!more || oldest === undefined || known.isSubsetOf(before)) return
    until = new Date(Date.parse(oldest) + 1).toISOString()
  }
}

function batchOf(host: string, { requests, unread }: FactsOf<'Get-VdpKmsRequests'>, known: ReadonlySet<number>): Batch {
  return {
    requests: requests
      .filter(({ record }) => !known.has(record))
      .map(({ at, licenceStatus, ...rest }) => ({
        ...rest,
        ...{ at: Date.parse(at), clock: 'host', host, status: licenceStatus, minutes: null },
      })),
    damage: unread
      .filter((record) => !known.has(record))
      .map((record) => ({ source: host, line: null, what: `event ${record} without the fields of a request` })),
    others: 0,
  }
}
