import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Tests that read the agents, and tests that execute them. */
const READING = /^test\/(agents\/static\/|remote\/agent-files)/
const EXECUTING = /^test\/(agents\/(?!static|mutation)|lab\/windows\/|remote\/(powershell|installed|winrm|bare-script)\.)/

/** Which agents a suite runs, by words of its path; one without any of these runs all. */
const RUNS: readonly (readonly [path: RegExp, file: RegExp])[] = [
  [/winrm/, /^Session\/(Relay|Bootstrap)/],
  [/installed/, /^Session\/(Installed|Bootstrap|Start)/],
  [/remote\//, /^Session\//],
  [/target\/common/, /^(Common|Session|TargetDevice|KmsHost)\//],
  [/target\/(write|native)/, /^(Common|Session)\//],
  [/host-facts|fronts-server/, /^(Common|Session|PvsServer|KmsHost)\//],
  [/server\/rights/, /^PvsServer\/\w+-VdpRights/],
  [/server/, /^(Common|Session|PvsServer)\//],
  [/target|fronts\.test|sessions/, /^(Common|Session|TargetDevice)\//],
]

/** Suites that can notice a fault: those that no PowerShell is asked in, and those that execute agents in a real one. */
export interface Suites {
  readonly checks: readonly string[]
  readonly executing: readonly string[]
}

/** Those that can come to a file of the agents, of all test files of a project; all of them without a file. */
export function suitesFor(project: string, tests: readonly string[], file?: string): Suites {
  const asks = (path: string) => readFileSync(join(project, path), 'utf8').includes('pwshMissing(')
  return {
    checks: tests.filter((path) => READING.test(path) && !asks(path)),
    executing: tests
      .filter((path) => EXECUTING.test(path) && asks(path))
      .filter((path) => file === undefined || (RUNS.find(([named]) => named.test(path))?.[1].test(file) ?? true)),
  }
}
