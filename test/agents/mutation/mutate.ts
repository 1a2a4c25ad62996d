import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readAgentTrees } from '../../../scripts/agents/agents.ts'
import { copyProject, type Copy } from './copy.ts'
import { draw } from './draw.ts'
import { keptIn, type Kept } from './kept.ts'
import { figures, mutationPage, PAGE, told, type Campaign } from './page.ts'
import { equivalence, mutantsOf, readKnown, type Mutant } from './sites.ts'
import { trial, undisturbed } from './trial.ts'

const USAGE = `npm run mutate -- --seed 1 [--count 60]    plant so many faults in the agents, one at a time, and tell who notices
npm run mutate -- --seed 1 --list          only draw them
  --seed N          may be repeated
  --only ID         of the drawn faults this one alone; may be repeated
  --workers N       copies of the project that are worked in side by side (1)
  --results FILE    keeps what was caught there, and does not try it again; survivors are tried again
  --write-docs      writes docs/mutation.md`

interface Drawn {
  readonly seed: number
  readonly mutants: readonly Mutant[]
}

const { values } = parseArgs({
  options: {
    seed: { type: 'string', multiple: true, default: [] },
    count: { type: 'string', default: '60' },
    only: { type: 'string', multiple: true, default: [] },
    workers: { type: 'string', default: '1' },
    results: { type: 'string' },
    list: { type: 'boolean', default: false },
    'write-docs': { type: 'boolean', default: false },
  },
})

const known = readKnown()
const all = mutantsOf(readAgentTrees(join(import.meta.dirname, '../../../agents')).files, known)
const say = (text: string) => void process.stdout.write(`${text}\n`)
const isWanted = ({ id }: Mutant) => values.only.length === 0 || values.only.includes(id)
const drawn: readonly Drawn[] = values.seed.map((seed) => {
  return { seed: Number(seed), mutants: draw(all, Number(values.count), Number(seed)).filter(isWanted) }
})

if (drawn.length === 0) say(USAGE)
else if (values.list) for (const { mutants } of drawn) say(mutants.map(told).join('\n'))
else process.exitCode = await plant()

async function plant(): Promise<number> {
  const stop = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => {
      stop.abort()
    })
  }
  const kept = keptIn(values.results)
  try {
    await tryAll(kept, stop.signal)
  } catch (thrown) {
    say(stop.signal.aborted ? 'stopped' : String(thrown))
    return 1
  }
  report(kept)
  return 0
}

/** Tries what has not been caught yet, in as many copies as there are workers. */
async function tryAll(kept: Kept, signal: AbortSignal): Promise<void> {
  const open = drawn
    .flatMap(({ mutants }) => mutants)
    .filter((one) => equivalence(known, one) === undefined && (kept.verdicts[one.id]?.by ?? 'nothing') === 'nothing')
  if (open.length === 0) return
  const left = open.values()
  const copies = Array.from({ length: Number(values.workers) }, copyProject)
  try {
    const [first] = copies
    if (first !== undefined && Object.keys(kept.times).length === 0) kept.times = await undisturbed(first, signal)
    kept.save()
    const lane = async (copy: Copy) => {
      for (const mutant of left) {
        const verdict = await trial(copy, mutant, kept.times, signal)
        kept.verdicts[mutant.id] = verdict
        kept.save()
        const word = verdict.by === 'nothing' ? 'SURVIVED' : `caught by ${verdict.by}`
        say(`${word} (${verdict.seconds} s) ${told(mutant)}  ${verdict.why}`)
      }
    }
    const ends = await Promise.allSettled(copies.map(lane))
    for (const end of ends) if (end.status === 'rejected') throw end.reason
  } finally {
    for (const copy of copies) copy.remove()
  }
}

function report(kept: Kept): void {
  const campaigns: Campaign[] = drawn.map(({ seed, mutants }) => ({
    seed,
    outcomes: mutants.flatMap((mutant) => {
      const why = equivalence(known, mutant)
      const verdict = why === undefined ? kept.verdicts[mutant.id] : { by: 'equivalent' as const, why }
      return verdict === undefined ? [] : [{ mutant, verdict }]
    }),
  }))
  for (const one of campaigns) say(figures(one))
  if (!values['write-docs']) return
  const version = execFileSync('pwsh', ['-NoProfile', '-Command', '"PowerShell $($PSVersionTable.PSVersion)"']).toString().trim()
  writeFileSync(PAGE, mutationPage(campaigns, all.length, known, version))
}
