import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isAnsweredBy, operations, type OperationName, type Role } from '../wire/operations/catalogue.ts'
import { bareScript } from './bare-script.ts'
import { reachedAgents } from './reached-agents.ts'

const FOLDERS = { target: 'TargetDevice', pvs: 'PvsServer', kms: 'KmsHost' } as const satisfies Record<Role, string>

/** The text of Bootstrap.ps1 in an agents folder. */
export async function readBootstrap(agents: string): Promise<string> {
  return await readFile(join(agents, 'Session', 'Bootstrap.ps1'), 'utf8')
}

/** The text of Relay.ps1 in an agents folder. */
export async function readRelay(agents: string): Promise<string> {
  return await readFile(join(agents, 'Session', 'Relay.ps1'), 'utf8')
}

/** The text of Installed.ps1 in an agents folder. */
export async function readInstalled(agents: string): Promise<string> {
  return await readFile(join(agents, 'Session', 'Installed.ps1'), 'utf8')
}

/** The text of Ask.ps1 in an agents folder. */
export async function readAsk(agents: string): Promise<string> {
  return await readFile(join(agents, 'Session', 'Ask.ps1'), 'utf8')
}

/** What is no agent: it runs before there are any, or on this machine. */
const NO_AGENTS = ['Ask.ps1', 'Bootstrap.ps1', 'Installed.ps1', 'Relay.ps1']

/** The agent functions that a host of one role can come to from its operations and the session, as one PowerShell text: session, common and
 *  the role's own, in the order of their names, without what only a reader needs. The same files give the same text, on any system and with
 *  any line ends. */
export async function readAgents(agents: string, role: Role): Promise<string> {
  const texts = new Map<string, string>()
  const roots: string[] = (Object.keys(operations) as OperationName[]).filter((op) => isAnsweredBy(op, role))
  for (const folder of ['Session', 'Common', FOLDERS[role]]) {
    const files = (await namesIn(join(agents, folder))).filter((name) => name.endsWith('.ps1') && !NO_AGENTS.includes(name))
    for (const file of files.sort()) {
      const text = await readFile(join(agents, folder, file), 'utf8')
      const name = file.replace(/\.ps1$/, '')
      texts.set(name, bareScript(text) ?? `${text.replaceAll('\r\n', '\n')}\n`)
      if (folder === 'Session') roots.push(name)
    }
  }
  const reached = reachedAgents(texts, roots)
  const needed = [...texts].filter(([name]) => reached.has(name)).map(([, text]) => text)
  return ["Set-StrictMode -Version Latest\n$ErrorActionPreference = 'Stop'\n", ...needed].join('')
}

/** The names in a folder, none when there is no such folder. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw thrown
  }
}
