import { writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { remoteContract } from '../../contract/remote.ts'
import type { Rig } from '../../contract/remote.ts'
import { pwshMissing, testAgents } from '../../fixtures/powershell.ts'
import { sshdMissing, startSshd } from '../../fixtures/sshd.ts'
import type { Sshd } from '../../fixtures/sshd.ts'
import { keyPair } from '../../../src/lab/ssh/keys.ts'
import { knownKey, startSshServer } from '../../fixtures/ssh-server.ts'
import { fakeHost, inventoryOf, openW11, secretsOf, ssh, temporaryFolder, wrapper } from '../rigs.ts'

const missing = sshdMissing()

function login(sshd: Sshd) {
  return { user: userInfo().username, auth: { key: sshd.identity, passphrase: null } }
}

async function direct(): Promise<Rig> {
  const folder = await temporaryFolder()
  const sshd = await startSshd(folder.path, await wrapper(folder.path, fakeHost(folder.path)))
  const knownHosts = join(folder.path, 'known_hosts')
  await writeFile(knownHosts, sshd.knownHost)
  const inventory = inventoryOf({ W11: ssh(sshd.port, login(sshd)) })
  return {
    folder: folder.path,
    open: (asked) => openW11(asked, { inventory, knownHosts, secrets: secretsOf() }),
    async close() {
      await sshd.close()
      await folder.remove()
    },
  }
}

if (missing === undefined) {
  remoteContract('a session over a real OpenSSH server', direct)
}

const where = missing === undefined ? describe : describe.skip
where(`behind a real OpenSSH server ${missing ?? ''}`, () => {
  const quiet = { opening: { run: 'r1', owner: 'o1', fence: 7 }, patience: {}, log: () => undefined }
  const echo = { script: 'echo', parameters: { text: 'through' }, timeoutSeconds: 5 }
  const big = { script: 'big', parameters: { text: '3000000' }, timeoutSeconds: 5 }
  let folder: { path: string; remove: () => Promise<void> }
  beforeEach(async () => {
    folder = await temporaryFolder()
  })
  afterEach(async () => {
    await folder.remove()
  })

  test('another host is reached through it, and its loss is the loss of the session', async () => {
    const sshd = await startSshd(folder.path, '/bin/false')
    const hostKey = keyPair()
    const server = await startSshServer({ hostKeys: [hostKey.private], accept: () => true, command: fakeHost(folder.path) })
    const knownHosts = join(folder.path, 'known_hosts')
    await writeFile(knownHosts, `${sshd.knownHost}[127.0.0.1]:${server.port} ${knownKey(hostKey)}\n`)
    await writeFile(join(folder.path, 'manner'), 'healthy')
    await writeFile(join(folder.path, 'acts'), '')
    const inventory = inventoryOf({ W11: ssh(server.port, { via: 'GATE' }), GATE: ssh(sshd.port, login(sshd)) })
    const session = await openW11(quiet, { inventory, knownHosts, secrets: secretsOf({ PASSWORD: 'any' }) })
    expect(await session.request('Invoke-VdpHook', echo)).toMatchObject({
      is: 'facts',
      facts: { program: { output: 'through' } },
    })
    expect(await session.request('Invoke-VdpHook', big)).toMatchObject({ is: 'facts' })
    server.drop()
    expect(await session.request('Invoke-VdpHook', echo)).toMatchObject({ is: 'lost', reason: 'link' })
    await session.close()
    await server.close()
    await sshd.close()
  })

  const pwsh = pwshMissing()
  const proof = pwsh === undefined ? test : test.skip
  proof(`a real PowerShell takes the command line as it is sent ${pwsh ?? ''}`, async () => {
    const script = join(folder.path, 'powershell.sh')
    await writeFile(script, '#!/bin/sh\nexec pwsh ${SSH_ORIGINAL_COMMAND#* }\n', { mode: 0o755 })
    const sshd = await startSshd(folder.path, script)
    const knownHosts = join(folder.path, 'known_hosts')
    await writeFile(knownHosts, sshd.knownHost)
    const agents = await testAgents()
    const inventory = inventoryOf({ W11: ssh(sshd.port, login(sshd)) })
    const session = await openW11(quiet, { inventory, knownHosts, secrets: secretsOf(), bundleFor: () => agents })
    expect(await session.request('Invoke-VdpHook', echo)).toMatchObject({
      is: 'facts',
      facts: { program: { output: 'through' } },
    })
    expect(await session.request('Invoke-VdpHook', big)).toMatchObject({ is: 'facts' })
    await session.close()
    await sshd.close()
  })
})
