import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { rig, type Rig } from '../target/rigs.ts'

const text = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8')

/** GUIDs of the farm that stand-in.ps1 holds. */
export const W11 = '0d15c000-0000-4000-8000-000000000001'
export const MASTER = 'de51ce00-0000-4000-8000-000000000001'
export const CANARY = 'de51ce00-0000-4000-8000-000000000002'

/** The farm in PowerShell, to be put behind the agents. */
export const FARM = `$VdpExtract = @'\n${text('snap-in.json')}\n'@\n${text('stand-in.ps1')}`

/** Runs an operation as the session does, from a request as it is read; fails as the operation does. */
const ANSWERED = `
function Send-VdpFrame($Message) { $script:Reply = $Message }
function Invoke-Operation([string] $Json) {
    Invoke-VdpRequest -Request (ConvertFrom-Json $Json) -Agents $ExecutionContext.SessionState.Module
    if (-not $script:Reply.ok) { throw (ConvertTo-Json $script:Reply -Depth 5) }
    $script:Reply.facts
}`

/** The shipped agents of a PVS server over a small farm in PowerShell: each run of the rig is a farm of its own. */
export async function farmRig(): Promise<Rig> {
  return await rig(`${FARM}\n${ANSWERED}`, 'pvs')
}

/** What the session answers when an operation fails: its host error, and the cmdlets that were called. */
export const caught = (script: string) =>
  `try { $null = ${script}; @{ error = $null } } catch { @{ error = ConvertTo-VdpHostError -ErrorRecord $_; calls = $script:Calls.ToArray() } }`

/** Fence and effect of an act. */
export const ACT = `-Fence 3 -Effect 'run1/7'`
