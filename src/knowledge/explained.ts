import { faultTable, type FaultCode } from '../faults/table.ts'
import type { StepName } from '../workflow/plan.ts'
import joins from './entries/faults.json' with { type: 'json' }
import { citedSources } from './cited.ts'
import { sourcesOf } from './entries.ts'
import type { Cause, Entry, Source } from './entry.ts'

/** One thing explained, whatever it is: the form that screens and `--json` take. */
export interface Explained {
  readonly kind: 'fault' | 'check' | 'risk' | 'licensing' | 'windows' | 'pvs' | 'event' | 'text'
  readonly id: string
  readonly name: string | null
  readonly means: readonly string[]
  readonly steps: readonly StepName[]
  readonly causes: readonly Cause[]
  /** Checks of the doctor that tell the causes apart. */
  readonly checks: readonly string[]
  readonly remedy: readonly string[]
  readonly risk: string | null
  readonly sources: readonly Source[]
  readonly unproven: string | null
  /** Ids that belong to it. */
  readonly see: readonly string[]
}

/** Where a fault is met and what it belongs to; its words stand in src/faults. */
interface Join {
  readonly steps: readonly StepName[]
  readonly checks: readonly string[]
  readonly see: readonly string[]
  /** What to do when it is looked up for an image whose clones are in use, without a run. */
  readonly inUse?: readonly string[]
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
    risk: entry.risk,
    sources: sourcesOf(entry.sources),
    unproven: entry.unproven ?? null,
    see: entry.see ?? [],
  }
}

/** A fault of this program by its code; its details stand in capitals where none are known. What is to be done without a
 *  run comes first. */
export function explainFault(code: FaultCode): Explained {
  const { says, effect, remedy, source } = faultTable[code]
  const open = (text: string) => text.replaceAll(/\{(\w+)\}/g, (_, name: string) => name.toUpperCase())
  const { steps, checks, see, inUse = [] } = table[code] ?? { steps: [], checks: [], see: [] }
  const own = remedy.map(open).filter((line) => line !== `vdiskprep explain ${code}` && !inUse.includes(line))
  return {
    ...{ kind: 'fault', id: code, name: null, means: [open(says), open(effect)], steps, causes: [], checks },
    remedy: [...inUse, ...own],
    ...{ risk: null, sources: citedSources(source), unproven: null, see },
  }
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
