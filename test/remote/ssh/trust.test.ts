import { execFileSync } from 'node:child_process'
import { lstat, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { connect } from '../../../src/remote/ssh/connect.ts'
import { fetchHostKey, trustHost } from '../../../src/remote/ssh/trust.ts'
import { keyPair } from '../../../src/lab/ssh/keys.ts'
import { knownKey, startSshServer } from '../../fixtures/ssh-server.ts'
import type { SshServer } from '../../fixtures/ssh-server.ts'
import { fakeHost, inventoryOf, secretsOf, ssh, temporaryFolder } from '../rigs.ts'

describe('trusting a host', () => {
  const hostKey = keyPair()
  let folder: { path: string; remove: () => Promise<void> }
  let server: SshServer
  beforeAll(async () => {
    folder = await temporaryFolder()
    server = await startSshServer({ hostKeys: [hostKey.private], accept: () => true, command: fakeHost(folder.path) })
  })
  afterAll(async () => {
    await server.close()
    await folder.remove()
  })
  const access = (file: string) => ({
    inventory: inventoryOf({ W11: ssh(server.port) }),
    knownHosts: file,
    secrets: secretsOf({ PASSWORD: 'x' }),
    connectMs: 5000,
  })

  test('the key is fetched without a login, written once, and the host is known from then on', async () => {
    const file = join(folder.path, 'new', 'known_hosts')
    const shown = await fetchHostKey('W11', access(file))
    expect(server.seen.logins).toEqual([])
    expect(shown).toMatchObject({ type: 'ssh-ed25519', line: `[127.0.0.1]:${server.port} ${knownKey(hostKey)}` })
    expect(await trustHost(file, shown, { replace: false })).toBe('added')
    expect(await trustHost(file, shown, { replace: false })).toBe('present')
    expect(await readFile(file, 'utf8')).toBe(`${shown.line}\n`)
    const connection = await connect('W11', access(file))
    connection.close()
  })

  test('another key is replaced only when that is said, and all other lines stay as they are', async () => {
    const file = join(folder.path, 'known_hosts')
    const other = knownKey(keyPair())
    await writeFile(file, `# mine\nfriend,[127.0.0.1]:${server.port} ${other}\r\n\nalone ${other}`)
    const shown = await fetchHostKey('W11', access(file))
    await expect(trustHost(file, shown, { replace: false })).rejects.toMatchObject({ code: 'HOST_KEY_CHANGED' })
    expect(await trustHost(file, shown, { replace: true })).toBe('replaced')
    expect(await readFile(file, 'utf8')).toBe(`# mine\nfriend ${other}\r\n\nalone ${other}\n${shown.line}\n`)
  })

  test('OpenSSH finds what was written, also in a file whose names it hashes, which is replaced there', async () => {
    const file = join(folder.path, 'hashed')
    await writeFile(file, `[127.0.0.1]:${server.port} ${knownKey(keyPair())}\nfriend ${knownKey(keyPair())}\n`)
    execFileSync('ssh-keygen', ['-H', '-f', file], { stdio: 'ignore' })
    const shown = await fetchHostKey('W11', access(file))
    await expect(connect('W11', access(file))).rejects.toMatchObject({ code: 'HOST_KEY_CHANGED' })
    expect(await trustHost(file, shown, { replace: true })).toBe('replaced')
    const found = execFileSync('ssh-keygen', ['-F', `[127.0.0.1]:${server.port}`, '-f', file], { encoding: 'utf8' })
    expect(found.trim().split('\n').slice(1)).toEqual([shown.line])
    expect(execFileSync('ssh-keygen', ['-F', 'friend', '-f', file], { encoding: 'utf8' })).toContain('|1|')
  })

  test('a file that is a link stays one, and nothing is left beside it', async () => {
    const place = join(folder.path, 'place')
    await writeFile(place, '')
    const file = join(folder.path, 'link')
    await symlink(place, file)
    await trustHost(file, await fetchHostKey('W11', access(file)), { replace: false })
    expect((await lstat(file)).isSymbolicLink()).toBe(true)
    expect(await readFile(place, 'utf8')).toContain('ssh-ed25519')
    expect((await readdir(folder.path)).filter((name) => name.startsWith('.'))).toEqual([])
  })
})
