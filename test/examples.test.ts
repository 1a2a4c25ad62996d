import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { virtualClock } from '../src/lab/clock.ts'
import { presetNames } from '../src/lab/farm-file/presets.ts'
import { startLab } from '../src/lab/lab.ts'
import type { DecisionKind } from '../src/procedure/events.ts'
import { machineLine } from '../src/report/events/event-schema.ts'
import { eventLine } from '../src/report/events/lines.ts'
import { EXIT, exitOfOutcome } from '../src/ui/cli/exit-codes.ts'
import { runScreen } from '../src/ui/cli/screens/run.ts'
import type { Plan } from '../src/workflow/plan.ts'
import { verificationOf } from '../src/workflow/verification.ts'
import { readWorkflow } from '../src/workflow/read-workflow.ts'
import { LabFarm, maria } from './run/harness.ts'
import { RunInLab } from './run/run-in-lab.ts'

/** What an example promises: the commands of its README one after the other, each with its exit code and words of its screen. */
interface Expected {
  readonly session: readonly (Typed | { readonly lab: string })[]
  /** Rearms that were spent by the ledger of the last farm, in order. */
  readonly rearms: readonly string[]
}

interface Typed {
  readonly type: string
  readonly exit: number
  readonly says?: readonly string[]
}

const FOLDER = join(import.meta.dirname, '../examples')
/** The cases; the other folders show who may call. */
const names = readdirSync(FOLDER).filter((name) => existsSync(join(FOLDER, name, 'expected.yaml')))
const read = (example: string, file: string) => readFileSync(join(FOLDER, example, file), 'utf8')
const expectedOf = (example: string) => parse(read(example, 'expected.yaml')) as Expected
const workflowsOf = (example: string) => readdirSync(join(FOLDER, example)).filter((file) => /^[ws]\d\d\.yaml$/.test(file))

let folder = ''
let farm: LabFarm | null = null
let run: RunInLab | null = null

afterEach(async () => {
  await farm?.lab.close()
  await rm(folder, { recursive: true, force: true })
  farm = run = null
})

/** The farm of a file behind real SSH, in virtual time; another one takes the place of the first, and a run goes on there. */
async function stand(example: string, file: string): Promise<LabFarm> {
  await farm?.lab.close()
  const lab = await startLab(join(FOLDER, example, file), {
    dir: join(folder, 'lab'),
    clock: virtualClock(Date.UTC(2026, 9, 14, 8)),
  })
  farm = new LabFarm(lab, presetNames('windows-11-23h2'), folder)
  if (run !== null) run.farm = farm
  return farm
}

/** Does what the typed command does, and gives its exit code. */
async function type(example: string, on: LabFarm, line: string): Promise<number> {
  const [command, ...words] = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')
  if (command === 'run' || command === 'verify') {
    const file = join(FOLDER, example, words[0] ?? '')
    const [plan] = readWorkflow(file, on.composition.files, { inventory: on.lab.files.inventory }).plans
    if (plan === undefined) throw new Error('the workflow has no plan')
    run = await RunInLab.begin(on, patient(command === 'run' ? plan : verificationOf(plan)), maria)
  } else if (command === 'decide') {
    const reason = words[words.indexOf('--reason') + 1] ?? ''
    return (await run?.decide(words[1] as Exclude<DecisionKind, 'take-over'>, { reason })) === null ? EXIT.ok : EXIT.input
  } else await run?.resume()
  const outcome = run?.outcome ?? null
  return outcome === null ? EXIT.held : exitOfOutcome(outcome)
}

/** The same plan asking less often: in virtual time a poll costs as much as an hour without one. */
function patient(plan: Plan): Plan {
  const policy = Object.entries(plan.policy).map(([step, one]) => [
    step,
    { ...one, pollMs: step === 'verify' ? 300_000 : 30_000 },
  ])
  return { ...plan, policy: Object.fromEntries(policy) as Plan['policy'] }
}

function screen(): string {
  if (run === null) return ''
  const terminal = { width: 80, paint: (_style: unknown, text: string) => text }
  return runScreen(run.view, run.view.changedAt, terminal).join(' ').replaceAll(/\s+/g, ' ')
}

describe('the examples', () => {
  test.each(names)(
    '%s comes to what it promises',
    async (example) => {
      const { session, rearms } = expectedOf(example)
      folder = await mkdtemp(join(tmpdir(), 'vdp-example-'))
      let on = await stand(example, 'lab.yaml')
      for (const step of session) {
        if ('lab' in step) {
          on = await stand(example, step.lab)
          continue
        }
        const code = await type(example, on, step.type)
        const shown = screen()
        expect({ typed: step.type, code, shown }).toEqual({ typed: step.type, code: step.exit, shown })
        for (const said of step.says ?? []) expect(shown).toContain(said)
      }
      const told = (run?.lines ?? []).map(eventLine)
      expect(told.filter((line) => !machineLine.safeParse(line).success)).toEqual([])
      const spent = on.ledger().flatMap((entry) => (entry.did === 'rearm' && entry.effective ? [entry.product] : []))
      expect(spent).toEqual(rearms)
    },
    60_000,
  )

  test.each(names)('%s is small, and its README shows the commands that are followed here', (example) => {
    const readme = read(example, 'README.md')
    for (const step of expectedOf(example).session)
      expect(readme).toContain(
        'lab' in step ? step.lab : `vdiskprep ${step.type.replace(/(\w+\.yaml)/, `examples/${example}/$1`)}`,
      )
    expect(workflowsOf(example)).toHaveLength(1)
    for (const file of workflowsOf(example)) expect(read(example, file).split('\n').length).toBeLessThanOrEqual(25)
    expect(readFileSync(join(FOLDER, 'README.md'), 'utf8')).toContain(`(${example}/README.md)`)
  })
})
