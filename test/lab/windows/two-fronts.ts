import type { Session } from '../../../src/engine/ports/hosts.ts'
import { Fault } from '../../../src/faults/fault.ts'
import type { PresetWish } from '../../../src/lab/farm-file/presets.ts'
import type { Agents } from '../../../src/lab/lab.ts'
import type { LedgerEntry } from '../../../src/lab/model/ledger.ts'
import { operations, type ArgsOf, type OperationName } from '../../../src/wire/operations/catalogue.ts'
import { directFarm, type Around, type DirectFarm } from './direct.ts'

/** One front of a farm, asked through the program's own sessions. */
export interface Side {
  readonly front: Agents
  readonly farm: DirectFarm
  /** Asks a host; a writer gets an effect of its own. What comes back is compared: facts, or the error without where it arose. */
  ask<O extends OperationName>(host: string, op: O, args: ArgsOf<O>): Promise<unknown>
  /** The same in a session of another fence, which stays open beside the first. */
  askUnder<O extends OperationName>(fence: number, host: string, op: O, args: ArgsOf<O>): Promise<unknown>
  /** What a host says when a session begins, or the code of the fault with which it does not. */
  welcome(host: string, fence?: number): Promise<unknown>
  /** Operations asked so far. */
  readonly asked: ReadonlySet<OperationName>
  /** Version of the PowerShell that answered last. */
  powershell: string
  /** Lets farm time pass. */
  pass(minutes: number): Promise<void>
}

/** The same farm behind both fronts. Seeds are the same, so names, ids and chances are. */
export interface TwoFronts {
  readonly sides: readonly [builtIn: Side, shipped: Side]
  /** Lets both do the same and gives what each answered, with times and process ids made equal. */
  both(step: (side: Side) => Promise<unknown>): Promise<[builtIn: unknown, shipped: unknown]>
  ledgers(): [builtIn: unknown, shipped: unknown]
  close(): Promise<void>
}

/** Starts a farm twice; `around` stands around the calls of the shipped agents. */
export async function twoFronts(wish: PresetWish, around?: Around): Promise<TwoFronts> {
  const [builtIn, shipped] = await Promise.all([sideOf('built-in', wish), sideOf('powershell', wish, around)])
  return {
    sides: [builtIn, shipped],
    both: async (step) => [plain(await step(builtIn)), plain(await step(shipped))],
    ledgers: () => [done(builtIn.farm.ledger()), done(shipped.farm.ledger())],
    close: async () => {
      await Promise.all([builtIn.close(), shipped.close()])
    },
  }
}

async function sideOf(front: Agents, wish: PresetWish, around?: Around): Promise<Side & { close(): Promise<void> }> {
  const farm = await directFarm(front, wish, around)
  const open = new Map<string, Promise<Session>>()
  const session = (fence: number, host: string) => {
    const key = `${fence} ${host}`
    const found = open.get(key) ?? farm.open(host, { run: '8k2', fence })
    open.set(key, found)
    return found
  }
  let acts = 0
  const asked = new Set<OperationName>()
  const askUnder: Side['askUnder'] = async (fence, host, op, args) => {
    asked.add(op)
    const act = operations[op].writes ? { effect: `8k2/${(acts += 1)}` } : undefined
    const opened = await session(fence, host)
    side.powershell = opened.welcome.powershell
    return told(await opened.request(op, args, act))
  }
  const side = {
    front,
    powershell: '',
    farm,
    ask: (host, op, args) => askUnder(1, host, op, args),
    askUnder,
    asked,
    async welcome(host, under = 1) {
      try {
        const { computer, culture, elevated, fence, farm: seen, lab: told } = (await session(under, host)).welcome
        return { computer, culture, elevated, fence, seen, told }
      } catch (thrown) {
        return thrown instanceof Fault ? thrown.code : String(thrown)
      }
    },
    pass: (minutes) => farm.clock.wait(farm.clock.now() + minutes * 60_000),
    close: () => farm.close(),
  } satisfies Side & { close(): Promise<void> }
  return side
}

/** Errors are compared by what the program reads of them. The words for arguments that do not fit are PowerShell's own. */
function told(answer: Awaited<ReturnType<Session['request']>>): unknown {
  if (answer.is !== 'refused') return answer
  const { kind, message, returnCode, details } = answer.error
  return { refused: kind === 'arguments' ? { kind } : { kind, message, returnCode, details } }
}

/** Facts with what differs between two farms that did the same made equal: moments, process ids, how far a task has come, and the order of
 *  their fields. */
export function plain(value: unknown): unknown {
  if (typeof value === 'string') return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? 'a moment' : value
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(
    fields.map(([name, inner]) => {
      if (name === 'pid') return [name, 'a process']
      return [name, name === 'percent' && inner !== null && inner !== 100 ? 'under way' : plain(inner)]
    }),
  )
}

function done(ledger: readonly LedgerEntry[]): unknown {
  return ledger.map(({ at, ...entry }) => ({ ...entry, at: at.length > 0 }))
}
