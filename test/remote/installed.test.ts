import { appendFile, rm, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { bundleOf } from '../../src/remote/session/bundle.ts'
import { openSession } from '../../src/remote/session/open.ts'
import { usualPatience } from '../../src/remote/session/patience.ts'
import type { Transport } from '../../src/workflow/inventory.ts'
import { remoteContract } from '../contract/remote.ts'
import type { Rig } from '../contract/remote.ts'
import { install, installedMissing, startInstalledHost } from '../fixtures/installed.ts'
import type { InstalledHost } from '../fixtures/installed.ts'
import { pwshMissing, testAgents } from '../fixtures/powershell.ts'
import { sshdMissing, startSshd } from '../fixtures/sshd.ts'
import { childLink, fakeHost, inventoryOf, openW11, secretsOf, ssh, temporaryFolder } from './rigs.ts'

const missing = installedMissing()
const agents = await testAgents()

/** A block as Set-AuthenticodeSignature adds it to the end of a script. Source: about_Signing. */
const SIGNATURE = ['', '# SIG # Begin signature block', '# MIIFuQYJKoZIhvcNAQcCoIIF', '# SIG # End signature block', ''].join(
  '\r\n',
)

/** The fake host in the place of PowerShell, which starts for no other line than that of installed agents. */
async function fakeBehindAFile(): Promise<Rig> {
  const folder = await temporaryFolder()
  const start = join(folder.path, 'start.sh')
  const fake = fakeHost(folder.path).map((word) => `'${word}'`)
  const cases = `case "$SSH_ORIGINAL_COMMAND" in *'-File "C:\\Program Files\\vdiskprep\\'*) exec ${fake.join(' ')};; esac`
  await writeFile(start, `#!/bin/sh\n${cases}\nexit 1\n`, { mode: 0o755 })
  const sshd = await startSshd(folder.path, start)
  const knownHosts = join(folder.path, 'known_hosts')
  await writeFile(knownHosts, sshd.knownHost)
  const transport = ssh(sshd.port, { user: userInfo().username, auth: { key: sshd.identity, passphrase: null } })
  const inventory = inventoryOf({ W11: transport }, 'C:\\Program Files\\vdiskprep')
  return {
    folder: folder.path,
    open: (asked) => openW11(asked, { inventory, knownHosts, secrets: secretsOf() }),
    async close() {
      await sshd.close()
      await folder.remove()
    },
  }
}

if (sshdMissing() === undefined) {
  remoteContract('a session with installed agents over a real OpenSSH server', fakeBehindAFile, {
    without: ['a host that is alters-part', 'a host that is drops-in-hello', 'a host that is no-powershell'],
    otherwise: 'no parts are sent; a start that fails has a name of its own',
  })
}

const where = missing === undefined ? describe : describe.skip
where(`agents that are installed on the host ${missing ?? ''}`, () => {
  const quiet = { opening: { run: 'r1', owner: 'o1', fence: 7 }, patience: {}, log: () => undefined }
  const echo = { script: 'echo', parameters: { text: 'through' }, timeoutSeconds: 5 }
  const answered = { is: 'facts', facts: { program: { output: 'through' } } }
  let folder: Awaited<ReturnType<typeof temporaryFolder>>
  let host: InstalledHost
  beforeAll(async () => {
    folder = await temporaryFolder()
    host = await startInstalledHost(folder.path)
  })
  afterAll(async () => {
    await host.sshd.close()
    await folder.remove()
  })
  const open = (transport: Transport = host.transport, patience = {}) =>
    openW11(
      { ...quiet, patience },
      {
        inventory: inventoryOf({ W11: transport }, host.agents),
        knownHosts: host.knownHosts,
        secrets: secretsOf(),
        bundleFor: () => agents,
      },
    )

  test('are started from their folder, signed or not, and are those that would be sent', async () => {
    await install(host.agents, agents)
    const unsigned = await open()
    expect(await unsigned.request('Invoke-VdpHook', echo)).toMatchObject(answered)
    await unsigned.close()
    for (const name of ['Agents.ps1', 'Bootstrap.ps1', 'OneShot.ps1']) await appendFile(join(host.agents, name), SIGNATURE)
    const signed = await open()
    expect(await signed.request('Invoke-VdpHook', echo)).toMatchObject(answered)
    expect(signed.form).toBeUndefined()
    await signed.close()
  })

  test('of another version are refused by name, and nothing of them runs', async () => {
    const mark = join(folder.path, 'mark')
    await install(host.agents, `${agents}\nSet-Content -LiteralPath '${mark}' -Value ran\n`)
    await expect(open()).rejects.toMatchObject({
      code: 'AGENTS_DIFFER',
      details: { host: 'W11', role: 'target', folder: host.agents, theirs: expect.stringMatching(/^[0-9a-f]{12}$/) },
    })
    await expect(rm(mark)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('with more than comments behind a signature are other agents', async () => {
    await install(host.agents, agents)
    await appendFile(join(host.agents, 'Agents.ps1'), `${SIGNATURE}exit\r\n`)
    await expect(open()).rejects.toMatchObject({ code: 'AGENTS_DIFFER' })
  })

  test('that are not there are told with the words of the host, as are those that lack a file', async () => {
    await install(host.agents, agents)
    await rm(join(host.agents, 'Agents.ps1'))
    await expect(open()).rejects.toMatchObject({
      code: 'AGENTS_NOT_INSTALLED',
      details: { why: expect.stringContaining('Agents.ps1') },
    })
    await rm(join(host.agents, 'Bootstrap.ps1'))
    await expect(open()).rejects.toMatchObject({
      code: 'AGENTS_NOT_INSTALLED',
      details: { why: expect.stringContaining('Bootstrap.ps1') },
    })
  })

  test('answer in the one-shot form where a session stays silent, from a file of its own', async () => {
    await install(host.agents, agents)
    await writeFile(join(host.agents, 'Bootstrap.ps1'), 'Start-Sleep -Seconds 600\n')
    const session = await open(host.transport, { bannerMs: 3000 })
    expect(session.form).toBe('one-shot')
    expect(await session.request('Invoke-VdpHook', echo)).toMatchObject(answered)
    await session.close()
  })

  test('run no code that they are sent', async () => {
    const mark = join(folder.path, 'mark')
    await install(host.agents, agents)
    const link = childLink(['pwsh', '-NoProfile', '-NonInteractive', '-File', join(host.agents, 'Bootstrap.ps1')])
    const bundle = bundleOf(`Set-Content -LiteralPath '${mark}' -Value ran`)
    const opened = openSession(link, { host: 'W11', role: 'target', ...quiet, bundle, patience: usualPatience })
    await expect(opened).rejects.toMatchObject({ code: 'SESSION_REFUSED' })
    await link.ended
    await expect(rm(mark)).rejects.toMatchObject({ code: 'ENOENT' })
  })
})

const local = pwshMissing()
;(local === undefined ? test : test.skip)(
  `agents installed on this machine are started from their folder ${local ?? ''}`,
  async () => {
    const folder = await temporaryFolder()
    await install(folder.path, agents)
    const session = await openW11(
      { opening: { run: 'r1', owner: 'o1', fence: 7 }, patience: {}, log: () => undefined },
      {
        inventory: inventoryOf({ W11: { by: 'local' } }, folder.path),
        knownHosts: 'none',
        secrets: secretsOf(),
        bundleFor: () => agents,
      },
    )
    const echo = { script: 'echo', parameters: { text: 'here' }, timeoutSeconds: 5 }
    expect(await session.request('Invoke-VdpHook', echo)).toMatchObject({ is: 'facts', facts: { program: { output: 'here' } } })
    await session.close()
    await folder.remove()
  },
)
