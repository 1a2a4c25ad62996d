import type { Unreadable } from '../wire/reading.ts'
import { known } from '../wire/reading.ts'
import type { Check, Finding, Look } from './check.ts'
import { hidden, unsure, type Ruling } from './ruling.ts'
import type { Subject } from './subjects.ts'

/** The facts a rule decides by; any of them may be unreadable. */
type Readings = Readonly<Record<string, unknown>>

type Known<R extends Readings> = { readonly [K in keyof R]: Exclude<R[K], Unreadable> }

/** A check as its author writes it. `{host}`, `{device}`, `{disk}`, `{store}`, `{site}`, `{server}`, `{file}` in texts are filled in;
 *  `{vdisk}` becomes the parameters that name the disk to a PVS cmdlet. */
interface CheckText<S, R extends Readings> extends Omit<Check, 'judge'> {
  readonly subjects: (look: Look) => readonly Subject<S>[]
  facts(seen: S, look: Look): R
  /** The check whose trouble makes these facts unreadable, where one does. */
  readonly hiddenBy?: string
  /** Called only when every fact is known. */
  ruling(facts: Known<R>, seen: S, look: Look): Ruling
}

/** Declares a check. One unreadable fact makes the finding unknown: its rule never sees it, so unknown cannot pass or fail by accident. */
export function defineCheck<S, R extends Readings>(text: CheckText<S, R>): Check {
  const { id, title, group, severity, source, reads, rule, effect, remedy, byHand } = text
  return {
    ...{ id, title, group, severity, source, reads, rule, effect, remedy, byHand },
    judge: (look) =>
      text
        .subjects(look)
        .map((subject) =>
          finding(text, subject.host, look, 'ruling' in subject ? subject.ruling : ruled(text, subject.seen, look)),
        ),
  }
}

/** For rules that read their subject alone, where nothing in it can be unreadable or the rule weighs that itself. */
export function noReadings(): Readonly<Record<string, never>> {
  return {}
}

function ruled<S, R extends Readings>(text: CheckText<S, R>, seen: S, look: Look): Ruling {
  const facts = text.facts(seen, look)
  for (const value of Object.values(facts)) {
    if (known(value)) continue
    const { unknown, because = text.hiddenBy } = value as Unreadable & { readonly because?: string }
    const says = `${text.title}: not known (${unknown})`
    return because === undefined ? unsure(says) : hidden(because, says)
  }
  return text.ruling(facts as Known<R>, seen, look)
}

function finding<S, R extends Readings>(text: CheckText<S, R>, host: string, look: Look, ruling: Ruling): Finding {
  const { plan } = look
  const words = {
    host,
    device: plan.target.device,
    disk: plan.vdisk.name,
    store: plan.vdisk.store,
    site: plan.farm.site,
    vdisk: `-Name "${plan.vdisk.name}" -SiteName "${plan.farm.site}" -StoreName "${plan.vdisk.store}"`,
    server: plan.farm.server,
    file: plan.source.file,
  }
  const fill = (line: string) =>
    line.replace(/\{(host|device|disk|store|site|vdisk|server|file)\}/g, (_, word: keyof typeof words) => words[word])
  const verdict = ruling.verdict === 'bad' ? text.severity : ruling.verdict
  if (verdict === 'pass' || (verdict === 'na' && ruling.because === undefined))
    return { host, verdict, says: fill(ruling.says), because: null, effect: null, remedy: [] }

  const again = `vdiskprep doctor {file} --only ${text.id}`
  const usual =
    verdict === 'unknown' || verdict === 'na'
      ? { effect: `If it is not in order: ${text.effect}`, remedy: [text.byHand, again] }
      : { effect: text.effect, remedy: text.remedy }
  return {
    host,
    verdict,
    says: fill(ruling.says),
    because: ruling.because ?? null,
    effect: fill(ruling.effect ?? usual.effect),
    remedy: (ruling.remedy ?? usual.remedy).map(fill),
  }
}
