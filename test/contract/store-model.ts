import type { EffectRow, Turn } from '../../src/engine/ports/store.ts'

type EffectState = EffectRow['state'] | 'done' | 'cancelled'

interface ModelRun {
  revision: number
  fence: number
  readonly effects: EffectState[]
  readonly written: { owner: string; fence: number | null }[]
}

interface ModelLease {
  run: string
  owner: string
  fence: number
  until: number
}

/** How long a claim holds. */
export const TTL = 100

/** What a store should do, in the fewest words: plain maps, no transactions. Every method answers as the store is expected to. */
export class StoreModel {
  readonly runs = new Map<string, ModelRun>()
  readonly leases = new Map<string, ModelLease>()
  now = 1000

  begin(run: string): void {
    this.runs.set(run, { revision: 1, fence: 0, effects: [], written: [{ owner: 'nobody', fence: null }] })
  }

  of(run: string): ModelRun {
    const found = this.runs.get(run)
    if (found === undefined) throw new Error(`no run ${run}`)
    return found
  }

  claim(run: string, owner: string, keys: readonly string[], instead: string | null): { fence: number } | 'busy' {
    const isOthers = (lease: ModelLease) => lease.run !== run || lease.owner !== owner
    const isGivenUp = (lease: ModelLease) => lease.run === run && lease.owner === instead
    const wanted = keys.map((key) => this.leases.get(key)).filter((lease) => lease !== undefined)
    const ofRun = [...this.leases.values()].filter((lease) => lease.run === run)
    if ([...wanted, ...ofRun].some((lease) => isOthers(lease) && !isGivenUp(lease) && lease.until > this.now)) return 'busy'
    for (const loser of new Set(wanted.map((lease) => lease.run))) if (loser !== run) this.of(loser).fence += 1
    const fence = (this.of(run).fence += 1)
    for (const [key, lease] of this.leases) if (lease.run === run && lease.owner !== owner) this.leases.delete(key)
    for (const key of keys) this.leases.set(key, { run, owner, fence, until: this.now + TTL })
    for (const lease of this.mine(run, owner)) Object.assign(lease, { fence, until: this.now + TTL })
    return { fence }
  }

  renew(run: string, owner: string): boolean {
    const mine = this.mine(run, owner)
    if (mine.length === 0 || mine.some((lease) => lease.fence !== this.of(run).fence)) return false
    for (const lease of mine) lease.until = this.now + TTL
    return true
  }

  release(run: string, owner: string): void {
    for (const [key, lease] of this.leases) if (lease.run === run && lease.owner === owner) this.leases.delete(key)
  }

  raise(run: string, by: number): number | 'FENCED' {
    const of = this.of(run)
    if (by !== of.fence) return 'FENCED'
    of.fence += 1
    for (const lease of this.leases.values()) if (lease.run === run && lease.fence === by) lease.fence = of.fence
    return of.fence
  }

  start(run: string, effect: number, by: number): boolean | 'FENCED' {
    const of = this.of(run)
    if (by !== of.fence) return 'FENCED'
    if (of.effects[effect] !== 'pending') return false
    of.effects[effect] = 'started'
    return true
  }

  commit(
    turn: Pick<Turn, 'run' | 'after' | 'by'>,
    owner: string,
    ends: { effect: number; as: 'done' | 'cancelled' } | null,
  ): string {
    const of = this.of(turn.run)
    if (turn.by !== null && turn.by !== of.fence) return 'FENCED'
    if (turn.after !== of.revision) return 'MOVED_ON'
    const before = ends === null ? undefined : of.effects[ends.effect]
    if (ends !== null && (before === undefined || (ends.as === 'done' && (before === 'done' || before === 'cancelled'))))
      return 'INTERNAL'
    if (ends !== null && before !== 'done') of.effects[ends.effect] = ends.as
    of.effects.push('pending')
    of.revision += 1
    of.written.push({ owner, fence: turn.by })
    return 'written'
  }

  private mine(run: string, owner: string): ModelLease[] {
    return [...this.leases.values()].filter((lease) => lease.run === run && lease.owner === owner)
  }
}
