import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readBootstrap, readRelay } from '../../src/remote/agent-files.ts'
import { createHosts } from '../../src/remote/hosts.ts'
import type { Remote } from '../../src/remote/hosts.ts'
import { createRedactor } from '../../src/remote/redaction.ts'
import { createSecrets } from '../../src/remote/secrets.ts'
import type { Secrets } from '../../src/remote/secrets.ts'
import { lastWords } from '../../src/remote/session/link.ts'
import type { Link, LinkEnd } from '../../src/remote/session/link.ts'
import type { HostEntry, Inventory, Transport } from '../../src/workflow/inventory.ts'
import { AGENTS } from '../contract/remote.ts'
import type { Asked } from '../contract/remote.ts'

const ROOT = join(import.meta.dirname, '..', '..')

/** The command that runs the fake host over a folder. */
export function fakeHost(folder: string): [string, ...string[]] {
  return [process.execPath, '--disable-warning=ExperimentalWarning', join(ROOT, 'test/fixtures/fake-host.ts'), folder]
}

/** A folder of its own, and what removes it. */
export async function temporaryFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'vdp-remote-'))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

/** An executable shell script that becomes a command, whatever it is called with. */
export async function wrapper(folder: string, command: readonly string[]): Promise<string> {
  const path = join(folder, 'wrapper.sh')
  await writeFile(path, `#!/bin/sh\nexec ${command.map((word) => `'${word}'`).join(' ')}\n`)
  await chmod(path, 0o755)
  return path
}

/** Secrets of this test's environment; nobody to ask. */
export function secretsOf(env: Record<string, string> = {}): Secrets {
  return createSecrets({ env, prompt: null, redactor: createRedactor() })
}

/** An inventory of target devices, each reached as given; `installed` is where they all keep agents of their own. */
export function inventoryOf(hosts: Record<string, Transport>, installed?: string): Inventory {
  const entry = ([name, transport]: [string, Transport]): [string, HostEntry] => [
    name,
    { name, role: 'target', device: name, transport, ...(installed === undefined ? {} : { installed }) },
  ]
  return {
    file: 'inventory.yaml',
    knownHosts: 'known_hosts',
    hosts: Object.fromEntries(Object.entries(hosts).map(entry)),
    lab: null,
  }
}

/** An SSH transport to loopback. */
export function ssh(port: number, rest: Partial<Extract<Transport, { by: 'ssh' }>> = {}): Extract<Transport, { by: 'ssh' }> {
  const auth = { password: { from: 'env', name: 'PASSWORD' } } as const
  return { by: 'ssh', address: '127.0.0.1', port, user: 'admin', auth, via: null, hostKeyOf: null, ...rest }
}

/** Opens one session with the host `W11` of an inventory, with hosts of its own. */
export async function openW11(asked: Asked, remote: Pick<Remote, 'inventory' | 'knownHosts' | 'secrets'> & Partial<Remote>) {
  const agents = join(ROOT, 'agents')
  const texts = { bootstrap: await readBootstrap(agents), relay: await readRelay(agents), bundleFor: () => AGENTS }
  const hosts = createHosts({ ...texts, patience: asked.patience, log: asked.log, ...remote })
  return await hosts.open('W11', asked.opening)
}

/** A process of this machine as a link, without any launcher in between. */
export function childLink([program, ...args]: readonly [string, ...string[]]): Link {
  const child = spawn(program, args, { stdio: 'pipe' })
  const words = lastWords(child.stderr)
  child.stdin.on('error', () => undefined)
  const ended = once(child, 'close').then(([code]): LinkEnd => ({ by: 'exit', code: code as number | null, words: words() }))
  const write = (line: string) => {
    if (child.exitCode !== null || !child.stdin.writable) return false
    child.stdin.write(line)
    return true
  }
  return { output: child.stdout, ended, write, end: () => void child.stdin.end(), destroy: () => void child.kill('SIGKILL') }
}
