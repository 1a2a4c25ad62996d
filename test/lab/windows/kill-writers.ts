import { expect } from '@jest/globals'
import type { Session } from '../../../src/engine/ports/hosts.ts'
import type { ArgsOf, OperationName } from '../../../src/wire/operations/catalogue.ts'
import type { ActReport } from '../../../src/wire/receipt.ts'
import { directFarm, type DirectFarm } from './direct.ts'
import { Killer, killPoints, type KillPoint } from './kill-points.ts'
import { plain } from './two-fronts.ts'
import type { Writer } from './writers.ts'

/** What may be done once only, whoever asks for it again. */
const ONCE = ['rearm', 'kms-prep', 'imaging', 'disk-created', 'version', 'mode']

/** Kills the process of an act at each of its points. After each kill a new session under a higher fence settles and looks, and whoever
 *  mends asks once more where the look does not show what an undisturbed act leaves. Answers how often was killed. */
export async function killedEverywhere(
  writer: Writer,
  points: (all: readonly KillPoint[]) => readonly KillPoint[],
): Promise<number> {
  const killer = new Killer()
  const farm = await directFarm('powershell', writer.wish, killer.around)
  try {
    const story = new Story(farm, writer, killer)
    const whole = await story.undisturbed()
    const all = points(killPoints(killer.made))
    for (const point of all) await story.killedAt(point, whole)
    expect(farm.unmodelled()).toEqual([])
    return all.length
  } finally {
    await farm.close()
  }
}

/** What an undisturbed act leaves. */
interface Whole {
  readonly seen: unknown
  readonly did: readonly string[]
}

class Story {
  readonly #farm: DirectFarm
  readonly #writer: Writer
  readonly #killer: Killer
  #session: Session | undefined
  #fence = 0
  #acts = 0

  constructor(farm: DirectFarm, writer: Writer, killer: Killer) {
    this.#farm = farm
    this.#writer = writer
    this.#killer = killer
  }

  async undisturbed(): Promise<Whole> {
    const { since } = await this.#begin()
    const { answer } = await this.#act()
    expect(answer).toMatchObject({ is: 'facts' })
    const seen = await this.#look(since)
    return { seen, did: this.#done(since) }
  }

  /** One kill, and what comes of it. */
  async killedAt(point: KillPoint, { seen, did }: Whole): Promise<void> {
    const told = (expected: unknown) => ({ killed: point.what, ...(expected as object) })
    const { since } = await this.#begin()
    const { answer, effect } = await this.#act(point)
    expect(told(answer)).toMatchObject(told({ is: 'lost', sent: true }))
    this.#session = undefined
    await this.#farm.clock.advance(30_000)
    const first = this.#done(since)
    if (!point.acted) expect(told({ first })).toEqual(told({ first: [] }))
    const receipt = await this.#receipt(effect)
    const here = await this.#look(since)
    const knowsBetter = this.#writer.undecided === true && countOf(first, 'rearm') === 0
    if (knowsBetter || JSON.stringify(here) !== JSON.stringify(seen)) {
      await this.#writer.mend?.(this.#farm, this.#ask)
      const { answer: again } = await this.#act()
      expect(told(again)).toMatchObject(told({ is: 'facts' }))
    }
    expect(told({ seen: await this.#look(since) })).toEqual(told({ seen }))
    for (const what of ONCE)
      expect(told({ what, times: countOf(this.#done(since), what) })).toEqual(told({ what, times: countOf(did, what) }))
    this.#expectReceipt(point, receipt)
  }

  #expectReceipt({ what, receipt: wanted }: KillPoint, receipt: ActReport['receipts'][number] | undefined | null): void {
    // A machine that went down has taken its receipts along.
    if (receipt === null) return
    const shown = receipt === undefined ? 'none' : receipt.ended === null ? 'open' : 'ended'
    expect({ what, receipt: shown }).toEqual({ what, receipt: wanted })
    if (shown === 'open') expect(receipt).toMatchObject({ alive: false, error: null, result: null })
  }

  async #begin() {
    if (/-VdpComputer$/.test(this.#writer.op)) this.#session = undefined
    await this.#writer.ready(this.#farm, this.#ask)
    return { since: this.#farm.ledger().length }
  }

  async #act(point?: KillPoint) {
    const { op, host } = this.#writer
    const session = await this.#open()
    const args = this.#writer.args(this.#farm) as ArgsOf<typeof op>
    const effect = `8k2/${String((this.#acts += 1))}`
    this.#killer.arm(host, point)
    const answer = await session.request(op, args, { effect })
    this.#killer.rest()
    return { answer, effect }
  }

  /** The receipt of an effect as the host reports it; null when the act may have taken it along. */
  async #receipt(effect: string): Promise<ActReport['receipts'][number] | undefined | null> {
    const { host } = this.#writer
    if (/-VdpComputer$/.test(this.#writer.op)) return null
    const answer =
      host === 'PVS01' ? await this.#ask('Get-VdpServerState', {}) : await this.#ask('Get-VdpTargetState', { parts: ['service'] })
    expect(answer).toMatchObject({ is: 'facts' })
    const { act } = (answer as { facts: { act: ActReport } }).facts
    expect(act.fence).toBe(this.#fence)
    return act.receipts.find((one) => one.effect === effect)
  }

  async #look(since: number): Promise<unknown> {
    return comparable(await this.#writer.look(this.#farm, this.#ask, since))
  }

  readonly #ask = async <O extends OperationName>(op: O, args: ArgsOf<O>) => {
    const session = await this.#open()
    return await session.request(op, args, { effect: `8k2/${String((this.#acts += 1))}` })
  }

  async #open(): Promise<Session> {
    this.#session ??= await this.#farm.open(this.#writer.host, { run: '8k2', fence: (this.#fence += 1) })
    return this.#session
  }

  #done(since: number): readonly string[] {
    return this.#farm
      .ledger()
      .slice(since)
      .map(({ did }) => did)
  }
}

function countOf(did: readonly string[], what: string): number {
  return did.filter((one) => one === what).length
}

/** What a look shows, without what belongs to one moment, one file or one boot. */
function comparable(seen: unknown): unknown {
  return JSON.parse(JSON.stringify(plain(seen)), (name: string, value: unknown) => {
    if (['act', 'recentChanges'].includes(name)) return undefined
    if (['graceMinutes', 'sha256', 'bytes', 'guid', 'lastBootUpTime', 'pid'].includes(name)) return typeof value
    return typeof value === 'string' ? value.replace(/(?<=tokens\.dat\.)\w+(?=\.bar)/, 'moment') : value
  })
}
