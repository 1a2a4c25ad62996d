import type { StepName } from '../workflow/plan.ts'
import events from './entries/events.json' with { type: 'json' }
import licensing from './entries/licensing.json' with { type: 'json' }
import pvs from './entries/pvs.json' with { type: 'json' }
import texts from './entries/texts.json' with { type: 'json' }
import windows from './entries/windows.json' with { type: 'json' }
import sourceTable from './sources.json' with { type: 'json' }
import type { Cause, Entry, Source } from './entry.ts'

/** What the error numbers of a kind have in common. */
interface Group extends Omit<Entry, 'id' | 'name' | 'says'> {
  readonly steps: readonly StepName[]
  readonly causes: readonly Cause[]
}

const groups = pvs.groups as unknown as Readonly<Record<string, Group>>
const numbers = pvs.codes as readonly {
  code: number
  name: string
  says: readonly string[]
  group: string
  means?: string
  see?: readonly string[]
}[]

/** The whole base but for the program's own faults and checks, which have tables of their own. */
export function allEntries(): readonly Entry[] {
  return [
    ...(licensing as readonly Entry[]),
    ...(windows as readonly Entry[]),
    ...pvsEntries(),
    ...(events as readonly Entry[]),
    ...(texts as readonly Entry[]),
  ]
}

/** The error numbers of PVS, each with what its kind has in common. */
function pvsEntries(): readonly Entry[] {
  return numbers.flatMap(({ code, name, says, group, means, see }) => {
    const shared = groups[group]
    return shared === undefined
      ? []
      : [{ ...shared, id: `PVS ${code}`, name, says, means: means ?? shared.means, ...(see && { see }) }]
  })
}

/** Every source by the key that facts, checks and faults cite it by. */
export function allSources(): Readonly<Record<string, Source>> {
  return sourceTable
}

/** Titles and places of sources by their keys. */
export function sourcesOf(keys: readonly string[]): readonly Source[] {
  const table = sourceTable as Readonly<Record<string, Source>>
  return keys.flatMap((key) => (table[key] === undefined ? [] : [{ name: key, ...table[key] }]))
}

/** What a person types to have an id explained: itself, or for a text without a code its first wording in quotes. */
export function labelOf(id: string): string {
  const says = (texts as readonly Entry[]).find((entry) => entry.id === id)?.says[0]
  return says === undefined ? id : `"${says}"`
}
