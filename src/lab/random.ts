/** A source of chance that one seed decides, so that a farm can be lived through twice. */
export interface Random {
  /** A number from 0 up to, not including, 1. */
  next(): number
  /** A GUID in lower case. */
  guid(): string
}

/** mulberry32: 32 bits of state, good enough to shuffle a simulated farm. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const hex = (digits: number) => Array.from({ length: digits }, () => Math.floor(next() * 16).toString(16)).join('')
  const guid = () => `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'[Math.floor(next() * 4)] ?? '8'}${hex(3)}-${hex(12)}`
  return { next, guid }
}
