import type { Composition } from '../compose.ts'
import type { Terminal } from '../ui/cli/terminal.ts'
import type { Decision, Drive, Driven, RunEventLine, RunResult } from './contract.ts'
import { placed, speaking } from './speaking.ts'

/** Begins a run for each vDisk of the file and drives them until each has ended or waits for a person. */
export function run(file: string, drive: Drive = {}): Driven {
  return driven(drive, async (...at) => {
    const { plan } = drive
    const { run: begin } = await import('../ui/cli/commands/run.ts')
    return await begin(file, { ...optionsOf(drive), ...(plan === undefined ? {} : { plan }) }, ...at)
  })
}

/** Takes a run up where it stands and drives it. */
export function resume(id: string, drive: Drive = {}): Driven {
  return driven(drive, async (...at) => (await import('../ui/cli/commands/resume.ts')).resume(id, optionsOf(drive), ...at))
}

/** Records a decision; the run goes on with `resume`, or where somebody stays with it until it is done. Rejects with a VdiskprepError when it is
 *  refused. */
export async function decide(decision: Decision): Promise<void> {
  const { run: id, decision: kind, reason, option } = decision
  const said = { ...(reason === undefined ? {} : { reason }), ...(option === undefined ? {} : { option }) }
  await speaking(
    decision,
    () => undefined,
    async (...at) => (await import('../ui/cli/commands/decide.ts')).decide(id, kind, { ...placed(decision), ...said }, ...at),
  )
}

function optionsOf({ waitFor, timeoutMs, key, ...place }: Drive) {
  return {
    ...placed(place),
    ...(waitFor === undefined ? {} : { waitFor }),
    ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
    ...(key === undefined ? {} : { key }),
  }
}

function driven(drive: Drive, work: (composition: Composition, terminal: Terminal) => Promise<unknown>): Driven {
  const heard: RunEventLine[] = []
  let last: RunResult | null = null
  let over = false
  let wake = Promise.withResolvers<undefined>()
  const hears = (line: unknown) => {
    const { type } = line as { type?: string }
    if (type === 'result') last = line as RunResult
    else if (type !== 'fault') heard.push(line as RunEventLine)
    wake.resolve(undefined)
  }
  const result = speaking(drive, hears, work)
    .then(() => {
      if (last === null) throw new Error('the runs were left without a word')
      return last
    })
    .finally(() => {
      over = true
      wake.resolve(undefined)
    })
  // Who reads the events alone learns of a failure by their end.
  result.catch(() => undefined)
  async function* events(): AsyncGenerator<RunEventLine, void, undefined> {
    for (;;) {
      wake = Promise.withResolvers()
      yield* heard.splice(0)
      if (over && heard.length === 0) return
      if (heard.length === 0) await wake.promise
    }
  }
  return { events, result }
}
