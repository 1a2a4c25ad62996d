import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { remoteContract } from '../contract/remote.ts'
import type { Asked } from '../contract/remote.ts'
import { readRelay } from '../../src/remote/agent-files.ts'
import { AGENTS_FOLDER, pwshMissing } from '../fixtures/powershell.ts'
import { fakeBootstrap, relayMissing, relayOverSsh, winrm } from '../fixtures/relay.ts'
import { startSshd } from '../fixtures/sshd.ts'
import { fakeHost, inventoryOf, openW11, secretsOf, temporaryFolder } from './rigs.ts'

const missing = relayMissing()

/** One case of each kind: every one starts two PowerShells. */
const short = {
  cases: [
    'a session is welcomed',
    'any text comes back',
    'an answer of 5 MB',
    'a host that answers with noise',
    'a host that is silent misses its deadline',
    'of a host that drops-after the act',
    'a request that is cancelled ends the session',
    'a host that is drops-in-hello',
    'a host that is fenced',
    'an opening that is cancelled',
    'closing breaks a request under way',
  ],
  otherwise: 'VDISKPREP_DEEP=1 runs it',
}
const quiet = { opening: { run: 'r1', owner: 'o1', fence: 7 }, patience: {}, log: () => undefined }

if (missing === undefined) {
  remoteContract(
    'a session relayed over PowerShell remoting (by SSH, since there is no WSMan here)',
    relayedRig,
    process.env['VDISKPREP_DEEP'] === '1' ? undefined : short,
  )
} else {
  test.skip(`a session relayed over PowerShell remoting ${missing}`, () => undefined)
}

async function relayedRig() {
  const folder = await temporaryFolder()
  const sshd = await startSshd(folder.path, { powershell: 'pwsh' })
  const knownHosts = join(folder.path, 'known_hosts')
  await writeFile(knownHosts, sshd.knownHost)
  const relay = await relayOverSsh(sshd, knownHosts)
  const bootstrap = await fakeBootstrap([...fakeHost(folder.path), 'marks'])
  const inventory = inventoryOf({ W11: winrm() })
  return {
    folder: folder.path,
    open: (asked: Asked) => openW11(asked, { inventory, knownHosts, secrets: secretsOf(), relay, bootstrap }),
    async close() {
      await sshd.close()
      await folder.remove()
    },
  }
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

  test('what opens the session is given the account with its password, the address, the port and how to log in', async () => {
    const digest = '[Convert]::ToHexString([Security.Cryptography.SHA256]::HashData([Text.Encoding]::UTF8.GetBytes($text)))'
    const opens = `$text = $way.Credential.GetNetworkCredential().Password
      throw "$($way.Credential.UserName) $($way.ComputerName):$($way.Port) $($way.UseSSL) $($way.Authentication) $(${digest})"`
    const shipped = await readRelay(AGENTS_FOLDER)
    expect(shipped).toContain('New-PSSession @way')
    const password = { from: 'env', name: 'PW' } as const
    const inventory = inventoryOf({ W11: winrm({ user: 'HQ\\svc', password, ssl: true, port: 5986 }) })
    const secrets = secretsOf({ PW: 'grüße, canary-password' })
    const opened = openW11(quiet, {
      inventory,
      knownHosts: 'none',
      secrets,
      relay: shipped.replace('New-PSSession @way', () => opens),
    })
    const hash = createHash('sha256').update('grüße, canary-password').digest('hex').toUpperCase()
    await expect(opened).rejects.toMatchObject({
      code: 'HOST_UNREACHABLE',
      details: { why: expect.stringMatching(`^HQ\\\\svc 127\\.0\\.0\\.1:5986 True Negotiate ${hash}\\b`) },
    })
  })

  test('no command is ever bound to the password: a log of pipelines would show it', async () => {
    const folder = await temporaryFolder()
    const trace = join(folder.path, 'trace')
    const relay = `${await readRelay(AGENTS_FOLDER)}\n$null = Set-TraceSource ParameterBinding -Option All -FilePath '${trace}' -PassThru\n`
    const password = { from: 'env', name: 'PW' } as const
    const inventory = inventoryOf({ W11: winrm({ user: 'HQ\\svc', password }) })
    const opened = openW11(quiet, { inventory, knownHosts: 'none', secrets: secretsOf({ PW: 'canary-password' }), relay })
    await expect(opened).rejects.toMatchObject({ code: 'HOST_UNREACHABLE' })
    const bound = await readFile(trace, 'utf8')
    expect(bound).toContain('HQ\\svc')
    expect(bound).not.toContain('canary-password')
    expect(bound).not.toContain(Buffer.from('canary-password').toString('base64'))
    await folder.remove()
  })
})
