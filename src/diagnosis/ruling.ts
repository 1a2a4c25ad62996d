/** What a rule says of one host before the check's own effect and remedy are added. `bad` is the check's severity: fail or warn. */
export interface Ruling {
  readonly verdict: 'pass' | 'warn' | 'bad' | 'unknown' | 'na'
  readonly says: string
  readonly effect?: string
  readonly remedy?: readonly string[]
}

/** Texts that a ruling brings instead of those of its check; `{host}`, `{disk}` and the like are filled in. */
type Instead = Pick<Ruling, 'effect' | 'remedy'>

/** In order, with the value that shows it. */
export function pass(says: string): Ruling {
  return { verdict: 'pass', says }
}

/** Not in order, as grave as the check is. */
export function bad(says: string, instead: Instead = {}): Ruling {
  return { verdict: 'bad', says, ...instead }
}

/** Worth knowing; never stops a run, also in a check that could. */
export function warn(says: string, instead: Instead = {}): Ruling {
  return { verdict: 'warn', says, ...instead }
}

/** The question does not arise, and why. */
export function na(says: string): Ruling {
  return { verdict: 'na', says }
}

/** The fact that decides is not known, and why. */
export function unsure(says: string, instead: Instead = {}): Ruling {
  return { verdict: 'unknown', says, ...instead }
}
