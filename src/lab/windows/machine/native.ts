import { SurfaceError, type Bench } from '../surface.ts'
import type { ProgramEnd, ProgramStart, Windows } from '../windows.ts'

/** Runs a native program of the modelled Windows. One that hangs is killed at its limit, as the agent would do it. */
export async function runProgram<D extends Bench>(windows: Windows<D>, desk: D, start: ProgramStart): Promise<ProgramEnd> {
  const name = start.program.replace(/^.*[\\/]/, '').toLowerCase()
  const program = windows.programs[name]
  if (program === undefined) throw new SurfaceError('unmodelled', `the program ${start.program}`)
  if (!desk.hangs()) return await program(desk, start)
  await desk.spend(start.timeoutSeconds * 1000)
  return { exitCode: null, output: '', timedOut: true }
}
