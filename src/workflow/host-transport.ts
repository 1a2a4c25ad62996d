import { DEFAULTS } from './defaults.ts'
import type { Findings } from './findings.ts'
import type { SecretRef, Transport } from './inventory.ts'
import type { HostFields, InventoryFile } from './inventory-schema.ts'
import { mergeTrees } from './merge.ts'
import { secretReference } from './secret-reference.ts'
import { keyAt, plain, valueAt, written, type Path } from './tree-path.ts'
import type { MapTree } from './yaml-tree.ts'

/** An inventory file while it is resolved. `beside` makes a path of the file absolute or relative to where we are. */
export interface InventorySubject {
  readonly tree: MapTree
  readonly file: InventoryFile
  readonly found: Findings
  readonly beside: (path: string) => string
}

/** How a host is reached, with the defaults of the file filled in. Undefined with a finding when it does not say enough. */
export function transportOf(subject: InventorySubject, name: string, host: HostFields): Transport | undefined {
  if (host.local) return { by: 'local' }
  if (host.hand) return { by: 'hand' }
  if (host.winrm) {
    const { address = name, port = null, ssl = false, user = null, password } = host.winrm
    return { by: 'winrm', address, port, ssl, user, password: secretOf(subject, password) }
  }
  return sshOf(subject, name)
}

function sshOf(subject: InventorySubject, name: string): Transport | undefined {
  const { tree, found } = subject
  const own = valueAt(tree, ['hosts', name, 'ssh'])
  const shared = valueAt(tree, ['defaults', 'ssh'])
  const merged = own && shared ? mergeTrees(shared, own) : (own ?? shared)
  const both = (merged ? plain(merged) : {}) as NonNullable<HostFields['ssh']>
  const ownAuth = subject.file.hosts?.[name]?.ssh?.auth
  // A host's own way to log in replaces the common one as a whole: a password is not to be merged with a key.
  const ssh = ownAuth === undefined ? both : { ...both, auth: ownAuth }
  if (ssh.user === undefined && !(merged && written(merged, ['user']))) {
    found.add({
      at: keyAt(tree, ['hosts', name]),
      message: `hosts.${name} has no ssh.user`,
      expected: 'the account, here or in defaults.ssh',
    })
    return undefined
  }
  const auth = authOf(subject, ['hosts', name, 'ssh', 'auth'], ssh.auth)
  if (!auth) return undefined
  const { address = name, port = DEFAULTS.ssh.port, user = '', via = null, hostKeyOf = null } = ssh
  return { by: 'ssh', address, port, user, auth, via, hostKeyOf }
}

type SshAuth = Extract<Transport, { by: 'ssh' }>['auth']

function authOf(subject: InventorySubject, path: Path, auth: NonNullable<HostFields['ssh']>['auth']): SshAuth | undefined {
  if (auth === undefined || auth === 'agent') return { agent: true }
  if (auth.key !== undefined && auth.password === undefined) {
    return { key: subject.beside(auth.key), passphrase: secretOf(subject, auth.passphrase) }
  }
  const password = secretOf(subject, auth.password)
  if (password && auth.key === undefined && auth.passphrase === undefined) return { password }
  const at = written(subject.tree, path) ? path : ['defaults', 'ssh', 'auth']
  if (['key', 'password', 'passphrase'].some((key) => droppedAt(subject.tree, [...at, key]))) return undefined
  subject.found.add({
    at: keyAt(subject.tree, at),
    message: auth.key === undefined ? 'auth names no way to log in' : 'auth names a key and a password',
    expected: 'agent, {key: path, passphrase: env:NAME} or {password: env:NAME}',
  })
  return undefined
}

function droppedAt(tree: MapTree, path: Path): boolean {
  return written(tree, path) && valueAt(tree, path) === undefined
}

function secretOf(subject: InventorySubject, text: string | undefined): SecretRef | null {
  const reference = text === undefined ? undefined : secretReference(text)
  if (reference?.from === 'file') return { from: 'file', path: subject.beside(reference.path) }
  return reference ?? null
}
