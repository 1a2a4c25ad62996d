import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { remoteContract } from '../contract/remote.ts'
import { pwshMissing } from '../fixtures/powershell.ts'
import { fakeBootstrap, relayMissing, relayOverSsh, winrm } from '../fixtures/relay.ts'
import { startSshd } from '../fixtures/sshd.ts'
import { fakeHost, inventoryOf, openW11, secretsOf, temporaryFolder } from './rigs.ts'

const missing = relayMissing()
const quiet = { opening: { run: 'r1', owner: 'o1', fence: 7 }, patience: {}, log: () => undefined }

if (missing === undefined) {
  remoteContract('a session relayed over PowerShell remoting (by SSH, since there is no WSMan here)', async () => {
    const folder = await temporaryFolder()
    const sshd = await startSshd(folder.path, { powershell: 'pwsh' })
    const knownHosts = join(folder.path, 'known_hosts')
    await writeFile(knownHosts, sshd.knownHost)
    const relay = await relayOverSsh(sshd, knownHosts)
    const bootstrap = await fakeBootstrap([...fakeHost(folder.path), 'marks'])
    const inventory = inventoryOf({ W11: winrm() })
    return {
      folder: folder.path,
      open: (asked) => openW11(asked, { inventory, knownHosts, secrets: secretsOf(), relay, bootstrap }),
      async close() {
        await sshd.close()
        await folder.remove()
      },
    }
  })
} else {
  test.skip(`a session relayed over PowerShell remoting ${missing}`, () => undefined)
}

test('a user without a password is refused before anything is started', async () => {
  const inventory = inventoryOf({ W11: winrm({ user: 'HQ\\svc' }) })
  await expect(openW11(quiet, { inventory, knownHosts: 'none', secrets: secretsOf() })).rejects.toMatchObject({
    code: 'HOST_AUTH_FAILED',
    details: { host: 'W11', why: expect.stringContaining('both') },
  })
})

const unable = process.platform === 'win32' ? 'skipped: this Windows has WSMan' : pwshMissing()
const where = unable === undefined ? describe : describe.skip
where(`the relay as it is shipped ${unable ?? ''}`, () => {
  test('a PowerShell without WSMan says so, and the host counts as unreachable; the password stays out of it', async () => {
    const password = { from: 'env', name: 'PW' } as const
    const inventory = inventoryOf({ W11: winrm({ user: 'HQ\\svc', password, ssl: true, port: 5986 }) })
    const opened = openW11(quiet, { inventory, knownHosts: 'none', secrets: secretsOf({ PW: 'canary-password' }) })
    const fault = await opened.catch((thrown: unknown) => thrown)
    expect(fault).toMatchObject({ code: 'HOST_UNREACHABLE', details: { why: expect.stringContaining('WSMan') } })
    expect(JSON.stringify(fault)).not.toContain('canary-password')
  })
})
