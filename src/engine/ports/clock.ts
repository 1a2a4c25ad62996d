/** Milliseconds since 1970 (UTC). */
export type Instant = number

/** Time as the engine sees it. `wait` resolves at the moment or rejects when the signal aborts; a moment that has passed resolves at once. */
export interface Clock {
  now(): Instant
  wait(until: Instant, signal: AbortSignal): Promise<void>
}

/** Where new names come from: run ids (short, typed by people), owner ids and nonces. */
export interface Ids {
  run(): string
  owner(): string
  /** True only for an owner that was a process of this machine and has surely ended. */
  gone(owner: string): boolean
}
