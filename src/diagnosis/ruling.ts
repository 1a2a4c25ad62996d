/** What a rule says of one host before the check's own effect and remedy are added. `bad` is the check's severity: fail or warn. */
export interface Ruling {
  readonly verdict: 'pass' | 'warn' | 'bad' | 'unknown' | 'na'
  readonly says: string
  /** The check whose trouble keeps this one from being judged, with a host behind it where it is that of another one (`service.soap PVS02`);
   *  of an `na`: the one whose failure makes it unknown. */
  readonly because?: string
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

/** Cannot be judged while another check is not in order; unknown because of that one, or nothing that arises where that one does not. */
export function hidden(because: string, says: string): Ruling {
  return { verdict: 'unknown', says, because }
}
