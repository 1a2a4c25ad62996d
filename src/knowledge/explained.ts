import { faultTable, type FaultCode } from '../faults/table.ts'
import type { StepName } from '../workflow/plan.ts'
import joins from './entries/faults.json' with { type: 'json' }
import { citedSources } from './cited.ts'
import { sourcesOf } from './entries.ts'
import type { Cause, Entry, Source } from './entry.ts'
import type { OwnWord } from './own-words.ts'

/** One thing explained, whatever it is: the form that screens and `--json` take. */
export interface Explained {
  readonly kind: 'fault' | 'check' | 'risk' | 'licensing' | 'windows' | 'pvs' | 'event' | 'text' | 'word'
  readonly id: string
  readonly name: string | null
  readonly means: readonly string[]
  readonly steps: readonly StepName[]
  readonly causes: readonly Cause[]
  /** Checks of the doctor that tell the causes apart. */
  readonly checks: readonly string[]
  readonly remedy: readonly string[]
  /** How a person finds out what the program could not. */
  readonly settles: readonly Settling[]
  readonly risk: string | null
  readonly sources: readonly Source[]
  readonly unproven: string | null
  /** Ids that belong to it. */
  readonly see: readonly string[]
}

/** How it is found out whether an act happened; `act` as a fault names it, null: any other act. */
export interface Settling {
  readonly act: string | null
  readonly says: string
}

/** Where a fault is met and what it belongs to; its words stand in src/faults. */
interface Join {
  readonly steps: readonly StepName[]
  readonly checks: readonly string[]
  readonly see: readonly string[]
  /** What to do when it is looked up for an image whose clones are in use, without a run. */
  readonly inUse?: readonly string[]
  readonly settles?: readonly Settling[]
}

const table = joins as unknown as Readonly<Record<string, Join>>

/** The faults that have a row in entries/faults.json. */
export function joinedFaults(): Readonly<Record<string, Join>> {
  return table
}

/** An entry of the base. */
export function explainEntry(entry: Entry): Explained {
  return {
    kind: kindOf(entry.id),
    id: entry.id,
    name: entry.name ?? null,
    means:
      entry.generic === true
        ? [entry.means, 'Any program of Windows may report this code: it means this when it came from slmgr, ospp or PVS.']
        : [entry.means],
    steps: entry.steps,
    causes: entry.causes,
    checks: [...new Set(entry.causes.flatMap(({ check }) => check ?? []))],
    remedy: entry.remedy,
    settles: [],
    risk: entry.risk,
    sources: sourcesOf(entry.sources),
    unproven: entry.unproven ?? null,
    see: entry.see ?? [],
  }
}

/** A fault of this program by its code; the blanks of its texts stay open. What is to be done without a run comes first. */
export function explainFault(code: FaultCode): Explained {
  const { says, effect, remedy, source } = faultTable[code]
  const { steps, checks, see, inUse = [], settles = [] } = table[code] ?? { steps: [], checks: [], see: [] }
  const own = remedy.map(openBlanks).filter((line) => line !== `vdiskprep explain ${code}` && !inUse.includes(line))
  return {
    ...{ kind: 'fault', id: code, name: null, means: [openBlanks(says), openBlanks(effect)], steps, causes: [], checks, settles },
    remedy: [...inUse, ...own],
    ...{ risk: null, sources: citedSources(source), unproven: null, see },
  }
}

/** A word of this program's screens. */
export function explainWord({ word, of, means, next, page }: OwnWord): Explained {
  const none = { steps: [], causes: [], checks: [], settles: [], risk: null, unproven: null, see: [] }
  return {
    ...none,
    kind: 'word',
    id: word,
    name: of,
    means: [means],
    remedy: next,
    sources: [{ title: page, where: page }],
  }
}

/** A text without its facts: each of its blanks as `<host>`, and without those that only some cases fill (`{near?}`). */
export function openBlanks(text: string): string {
  return text.replaceAll(/\{\w+\?\}/g, '').replaceAll(/\{(\w+)\}/g, '<$1>')
}

/** How to find out about the act of a fault; for an act of its own kind, else what holds of any. */
export function settlingOf(code: FaultCode, act: unknown): readonly string[] {
  const { settles } = explainFault(code)
  const own = settles.filter((one) => one.act === act)
  return (own.length > 0 ? own : settles.filter((one) => one.act === null)).map(({ says }) => says)
}

/** Faults whose remedy offers a way on by this name, as in `decide RUN approve --option NAME`. */
export function faultsOffering(option: string): readonly FaultCode[] {
  const offers = (line: string) => line.split(/\s+/).some((word, at, words) => word === '--option' && words[at + 1] === option)
  return (Object.keys(faultTable) as FaultCode[]).filter((code) => faultTable[code].remedy.some(offers))
}

/** Faults whose codes stand in a text, or the one that the whole text is, however it is spelled. */
export function faultsIn(text: string): readonly FaultCode[] {
  const whole = text
    .trim()
    .toUpperCase()
    .replaceAll(/[\s-]+/g, '_')
  const found = [whole, ...(text.match(/\b[A-Z]{2,}(?:_[A-Z0-9]+)+\b/g) ?? [])]
  return [...new Set(found.filter((code): code is FaultCode => Object.hasOwn(faultTable, code)))]
}

function kindOf(id: string): Explained['kind'] {
  if (id.startsWith('PVS ')) return 'pvs'
  if (id.startsWith('event ')) return 'event'
  if (id.startsWith('text ')) return 'text'
  return /^0x[C8]004/.test(id) ? 'licensing' : 'windows'
}
