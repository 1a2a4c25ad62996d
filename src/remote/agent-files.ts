import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Role } from '../wire/operations/catalogue.ts'

const FOLDERS = { target: 'TargetDevice', pvs: 'PvsServer', kms: 'KmsHost' } as const satisfies Record<Role, string>

/** The text of Bootstrap.ps1 in an agents folder. */
export async function readBootstrap(agents: string): Promise<string> {
  return await readFile(join(agents, 'Session', 'Bootstrap.ps1'), 'utf8')
}

/** The text of Relay.ps1 in an agents folder. */
export async function readRelay(agents: string): Promise<string> {
  return await readFile(join(agents, 'Session', 'Relay.ps1'), 'utf8')
}

/** What is no agent: it runs before there are any, or on this machine. */
const NO_AGENTS = ['Bootstrap.ps1', 'Relay.ps1']

/** All agent functions for one role as one PowerShell text: session, common and the role's own, in the order of their names. */
export async function readAgents(agents: string, role: Role): Promise<string> {
  const texts = ["Set-StrictMode -Version Latest\n$ErrorActionPreference = 'Stop'\n"]
  for (const folder of ['Session', 'Common', FOLDERS[role]]) {
    const names = (await namesIn(join(agents, folder))).filter((name) => name.endsWith('.ps1') && !NO_AGENTS.includes(name))
    for (const name of names.sort()) texts.push(await readFile(join(agents, folder, name), 'utf8'))
  }
  return texts.join('\n')
}

/** The files of a folder, none when there is no such folder. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw thrown
  }
}
