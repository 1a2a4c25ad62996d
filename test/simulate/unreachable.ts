import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { needsApproval } from '../../src/procedure/chart/guards.ts'
import { stagesOf } from '../../src/procedure/stages.ts'
import type { Stage } from '../../src/procedure/stage.ts'
import { wantsApproval, type Says } from './chart-map.ts'

const STEPS = join(import.meta.dirname, '..', '..', 'src', 'procedure', 'steps')

/** Why no run can stand in a state, derived from the chart's guards and from what the judge of its stage can say. */
export interface Reasons {
  of(state: string): string | null
  readonly says: Says
}

/** States that a stage's order rules out (what comes before it in its step changes something in every plan that has it, so that the approval
 *  was given there), its acts, or the plans that are simulated. */
const APPROVED_BEFORE: readonly (readonly [state: RegExp, why: string])[] = [
  [
    /^createVDisk\.(attachDisk|imageDisk|leaveHardDisk)\.approving$/,
    'makeDisk comes before it, has always a disk to make, and asks for the approval of the step',
  ],
  [
    /^activateWindows\.restoreKmsHost\.approving$/,
    'what it puts back was set by useKmsHost, which asked for the approval of the step',
  ],
  [/^restoring\.restore\.approving$/, 'what it puts back asks for no approval of its own'],
  [/^verify\.checkMakClones\./, 'no simulated workflow seals for MAK; the walk of the whole chart does'],
  [/^sealVDisk\.confirmSeal\.approving$/, 'its note follows a switch of this run, which asked for the approval of the step'],
]

/** Reads which stages can ask for a change. */
export async function findReasons(): Promise<Reasons> {
  const files = await filesOfStages()
  const says = (place: string, word: 'act' | 'fail' | 'REARM_LOST') => {
    const file = files.get(place)
    return file === undefined || mentions(file, word, new Set())
  }
  return {
    says,
    of: (state) => {
      const place = state.split('.').slice(0, 2).join('.')
      const part = state.slice(place.length + 1)
      const asking = /^(acting|approving|settling)/.test(part)
      if (asking && !says(place, 'act')) return 'its judge asks for no change: nothing that it imports makes an act'
      if (part === 'approving' && !needsApproval(wantsApproval(place))) return 'its guard lets no approval be asked for here'
      return APPROVED_BEFORE.find(([which]) => which.test(state))?.[1] ?? null
    },
  }
}

/** The module of each stage, by the stage's place; stages that a function makes have none. */
async function filesOfStages(): Promise<ReadonlyMap<string, string>> {
  const placeOf = new Map<unknown, string>(
    Object.entries(stagesOf).flatMap(([step, stages]) => stages.map((stage: Stage) => [stage, `${step}.${stage.name}`] as const)),
  )
  const names = readdirSync(STEPS, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  const files = new Map<string, string>()
  for (const name of names) {
    const exported = (await import(join(STEPS, name))) as Readonly<Record<string, unknown>>
    for (const value of Object.values(exported)) {
      const place = placeOf.get(value)
      if (place !== undefined) files.set(place, join(STEPS, name))
    }
  }
  return files
}

/** Whether a module, or one that it imports values from, takes the maker of a verdict from where verdicts are made, or writes one out. */
function mentions(file: string, verdict: string, seen: Set<string>): boolean {
  if (seen.has(file)) return false
  seen.add(file)
  const text = readFileSync(file, 'utf8')
  if (text.includes(`is: '${verdict}'`) || text.includes(`'${verdict}'`)) return true
  return [...text.matchAll(/^import (?!type )\{([^}]*)\} from '(\.[^']*)'/gm)].some(([, names = '', from = '']) => {
    const taken = names.split(',').map((name) => name.trim())
    if (from.endsWith('/verdict.ts')) return taken.includes(verdict)
    return mentions(join(dirname(file), from), verdict, seen)
  })
}
