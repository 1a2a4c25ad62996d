import { spawn, execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import ssh2 from 'ssh2'
import type { AuthContext } from 'ssh2'
import { connect } from '../../../src/remote/ssh/connect.ts'
import type { Secrets } from '../../../src/remote/secrets.ts'
import type { Transport } from '../../../src/workflow/inventory.ts'
import { keyPair } from '../../../src/lab/ssh/keys.ts'
import { knownKey, startSshServer } from '../../fixtures/ssh-server.ts'
import type { SshServer } from '../../fixtures/ssh-server.ts'
import { fakeHost, inventoryOf, openW11, secretsOf, ssh, temporaryFolder } from '../rigs.ts'

const hostKey = keyPair()
const userKey = keyPair()
const lockedKey = keyPair('open sesame')

function accept(attempt: AuthContext): boolean {
  if (attempt.username === 'kbd') return false
  if (attempt.method === 'password') return attempt.password === 'right'
  if (attempt.method !== 'publickey') return false
  return [userKey, lockedKey].some((pair) => {
    const known = ssh2.utils.parseKey(pair.public)
    if (known instanceof Error || !known.getPublicSSH().equals(attempt.key.data)) return false
    return (
      attempt.blob === undefined ||
      attempt.signature === undefined ||
      known.verify(attempt.blob, attempt.signature, attempt.hashAlgo)
    )
  })
}

describe('reaching a host over SSH', () => {
  let folder: { path: string; remove: () => Promise<void> }
  let server: SshServer
  let jump: SshServer

  beforeAll(async () => {
    folder = await temporaryFolder()
    server = await startSshServer({ hostKeys: [hostKey.private], accept, command: fakeHost(folder.path) })
    jump = await startSshServer({ hostKeys: [hostKey.private], accept, command: fakeHost(folder.path) })
  })
  afterAll(async () => {
    await server.close()
    await jump.close()
    await folder.remove()
  })

  async function reach(
    hosts: Record<string, Transport>,
    known: string,
    secrets: Secrets = secretsOf({ PASSWORD: 'right' }),
    connectMs = 5000,
  ): Promise<void> {
    const knownHosts = join(folder.path, 'known_hosts')
    await writeFile(knownHosts, known)
    const connection = await connect('W11', { inventory: inventoryOf(hosts), knownHosts, secrets, connectMs })
    connection.close()
  }
  const knownAs = (...ports: number[]) => ports.map((port) => `[127.0.0.1]:${port} ${knownKey(hostKey)}\n`).join('')
  const key = (path: string, passphrase: string | null = null) => {
    const reference = passphrase === null ? null : ({ from: 'env', name: passphrase } as const)
    return { auth: { key: path, passphrase: reference } }
  }

  test('a password, a key and a key with a passphrase log in', async () => {
    await writeFile(join(folder.path, 'id'), userKey.private)
    await writeFile(join(folder.path, 'locked'), lockedKey.private)
    await reach({ W11: ssh(server.port) }, knownAs(server.port))
    await reach({ W11: ssh(server.port, key(join(folder.path, 'id'))) }, knownAs(server.port))
    const secrets = secretsOf({ PHRASE: 'open sesame' })
    await reach({ W11: ssh(server.port, key(join(folder.path, 'locked'), 'PHRASE')) }, knownAs(server.port), secrets)
  })

  test('a key in an agent logs in', async () => {
    const socket = join(folder.path, 'agent.sock')
    const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'ignore'] })
    const before = process.env['SSH_AUTH_SOCK']
    try {
      await once(agent.stdout, 'data')
      process.env['SSH_AUTH_SOCK'] = socket
      const identity = join(folder.path, 'agent-id')
      await writeFile(identity, userKey.private, { mode: 0o600 })
      execFileSync('ssh-add', ['-q', identity], { stdio: 'ignore', env: { ...process.env } })
      await reach({ W11: ssh(server.port, { auth: { agent: true } }) }, knownAs(server.port))
    } finally {
      if (before === undefined) delete process.env['SSH_AUTH_SOCK']
      else process.env['SSH_AUTH_SOCK'] = before
      agent.kill()
      await once(agent, 'exit')
    }
  })

  test('an agent that does not answer is a failed login', async () => {
    const before = process.env['SSH_AUTH_SOCK']
    process.env['SSH_AUTH_SOCK'] = join(folder.path, 'nobody.sock')
    const reached = reach({ W11: ssh(server.port, { auth: { agent: true } }) }, knownAs(server.port))
    await expect(reached).rejects.toMatchObject({ code: 'HOST_AUTH_FAILED' })
    if (before === undefined) delete process.env['SSH_AUTH_SOCK']
    else process.env['SSH_AUTH_SOCK'] = before
  })

  test('a wrong password is a failed login of that user, and no other method is tried', async () => {
    server.seen.logins.length = 0
    const opened = reach({ W11: ssh(server.port) }, knownAs(server.port), secretsOf({ PASSWORD: 'wrong' }))
    await expect(opened).rejects.toMatchObject({ code: 'HOST_AUTH_FAILED', details: { host: 'W11', user: 'admin' } })
    expect(server.seen.logins).not.toContain('admin publickey')
  })

  test('a secret that is not to be had is named before anything is contacted', async () => {
    server.seen.logins.length = 0
    const told = { reference: 'env:PASSWORD', host: 'W11' }
    await expect(reach({ W11: ssh(server.port) }, knownAs(server.port), secretsOf())).rejects.toMatchObject({
      code: 'SECRET_MISSING',
      details: told,
    })
    const lost = reach({ W11: ssh(server.port, key('/nowhere/id')) }, knownAs(server.port))
    await expect(lost).rejects.toMatchObject({ code: 'SECRET_MISSING', details: { reference: 'key /nowhere/id' } })
    const wrong = reach({ W11: ssh(server.port, key(join(folder.path, 'locked'), 'PASSWORD')) }, knownAs(server.port))
    await expect(wrong).rejects.toMatchObject({ code: 'SECRET_MISSING' })
    expect(server.seen.logins).toEqual([])
  })

  test('an unknown or changed host key stops before any login, with the fingerprint OpenSSH shows', async () => {
    server.seen.logins.length = 0
    await writeFile(join(folder.path, 'host.pub'), hostKey.public)
    const shown = execFileSync('ssh-keygen', ['-lf', join(folder.path, 'host.pub')], { encoding: 'utf8' }).split(' ')[1]
    const details = { host: 'W11', fingerprint: shown }
    await expect(reach({ W11: ssh(server.port) }, '')).rejects.toMatchObject({ code: 'HOST_KEY_UNKNOWN', details })
    const other = `[127.0.0.1]:${server.port} ${knownKey(keyPair())}\n`
    await expect(reach({ W11: ssh(server.port) }, other)).rejects.toMatchObject({ code: 'HOST_KEY_CHANGED', details })
    const revoked = `${knownAs(server.port)}@revoked * ${knownKey(hostKey)}\n`
    await expect(reach({ W11: ssh(server.port) }, revoked)).rejects.toMatchObject({
      code: 'HOST_KEY_CHANGED',
      details: { why: 'revoked' },
    })
    expect(server.seen.logins).toEqual([])
  })

  test('a clone is known by the key of the host whose image it runs', async () => {
    const hosts = { W11: ssh(server.port, { hostKeyOf: 'MASTER' }), MASTER: ssh(1234) }
    await reach(hosts, knownAs(1234))
    await expect(reach(hosts, knownAs(server.port))).rejects.toMatchObject({ code: 'HOST_KEY_UNKNOWN' })
  })

  test('a host behind another is reached through it, and both keys are checked', async () => {
    const before = jump.seen.forwards
    const hosts = { W11: ssh(server.port, { via: 'GATE' }), GATE: ssh(jump.port) }
    await reach(hosts, knownAs(server.port, jump.port))
    expect(jump.seen.forwards).toBe(before + 1)
    await expect(reach(hosts, knownAs(server.port))).rejects.toMatchObject({
      code: 'HOST_KEY_UNKNOWN',
      details: { host: 'GATE' },
    })
    await expect(reach(hosts, knownAs(jump.port))).rejects.toMatchObject({ code: 'HOST_KEY_UNKNOWN', details: { host: 'W11' } })
  })

  test('jump hosts that go in a circle or lead nowhere are unreachable', async () => {
    const circle = { W11: ssh(server.port, { via: 'GATE' }), GATE: ssh(jump.port, { via: 'W11' }) }
    await expect(reach(circle, '')).rejects.toMatchObject({
      code: 'HOST_UNREACHABLE',
      details: { why: expect.stringContaining('circle') },
    })
    const nowhere = { W11: ssh(1, { via: 'GATE' }), GATE: ssh(jump.port) }
    await expect(reach(nowhere, knownAs(jump.port))).rejects.toMatchObject({ code: 'HOST_UNREACHABLE', details: { host: 'W11' } })
  })

  test('a closed port, a silent one and one that is not SSH are unreachable', async () => {
    await expect(reach({ W11: ssh(1) }, '')).rejects.toMatchObject({
      code: 'HOST_UNREACHABLE',
      details: { why: expect.stringContaining('REFUSED') },
    })
    const mute = createServer((socket) => void socket.on('error', () => undefined)).listen(0, '127.0.0.1')
    const rude = createServer((socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, '127.0.0.1')
    try {
      await Promise.all([once(mute, 'listening'), once(rude, 'listening')])
      for (const { port } of [mute.address() as AddressInfo, rude.address() as AddressInfo]) {
        await expect(reach({ W11: ssh(port) }, '', secretsOf({ PASSWORD: 'right' }), 300)).rejects.toMatchObject({
          code: 'HOST_UNREACHABLE',
        })
      }
    } finally {
      mute.close()
      rude.close()
    }
  })

  test('a host that never accepts the command is unreachable', async () => {
    const lazy = new ssh2.Server({ hostKeys: [hostKey.private] }, (connection) => {
      connection.on('error', () => undefined)
      connection.on('authentication', (attempt) => attempt.accept())
      connection.on('session', (acceptSession) => {
        acceptSession().on('exec', () => undefined)
      })
    })
    lazy.listen(0, '127.0.0.1')
    await once(lazy, 'listening')
    const { port } = lazy.address() as AddressInfo
    const knownHosts = join(folder.path, 'known_lazy')
    await writeFile(knownHosts, knownAs(port))
    const opening = { run: 'r1', owner: 'o1', fence: 1 }
    const asked = { opening, patience: { connectMs: 300 }, log: () => undefined }
    const remote = { inventory: inventoryOf({ W11: ssh(port) }), knownHosts, secrets: secretsOf({ PASSWORD: 'right' }) }
    await expect(openW11(asked, remote)).rejects.toMatchObject({
      code: 'HOST_UNREACHABLE',
      details: { why: expect.stringContaining('start of the session') },
    })
    lazy.close()
  })

  test('a login that is cancelled is interrupted', async () => {
    const mute = createServer((socket) => void socket.on('error', () => undefined)).listen(0, '127.0.0.1')
    await once(mute, 'listening')
    const abort = new AbortController()
    mute.once('connection', () => abort.abort())
    const { port } = mute.address() as AddressInfo
    const access = {
      inventory: inventoryOf({ W11: ssh(port) }),
      knownHosts: 'none',
      secrets: secretsOf({ PASSWORD: 'x' }),
      connectMs: 5000,
    }
    await expect(connect('W11', access, abort.signal)).rejects.toMatchObject({ code: 'INTERRUPTED' })
    mute.close()
  })
})
