import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Session } from '../../src/engine/ports/hosts.ts'
import { readBootstrap } from '../../src/remote/agent-files.ts'
import { bootstrapCommand } from '../../src/remote/bootstrap.ts'
import { bundleOf } from '../../src/remote/session/bundle.ts'
import type { Form, Link } from '../../src/remote/session/link.ts'
import { openOneShot } from '../../src/remote/session/one-shot.ts'
import { openSession } from '../../src/remote/session/open.ts'
import type { Greeting } from '../../src/remote/session/greeting.ts'
import { usualPatience } from '../../src/remote/session/patience.ts'
import { startLocal } from '../../src/remote/shell/local.ts'
import { startWinrm } from '../../src/remote/shell/winrm.ts'
import { bundlePart, PROTOCOL } from '../../src/wire/messages.ts'
import { decodeFrame, decodeLine, encodeLine } from '../../src/wire/framing.ts'
import { install, startInstalledHost } from '../fixtures/installed.ts'
import type { InstalledHost } from '../fixtures/installed.ts'
import { AGENTS_FOLDER, pwshMissing, testAgents } from '../fixtures/powershell.ts'
import { relayMissing, relayOverSsh, winrm } from '../fixtures/relay.ts'
import { sshdMissing, startSshd } from '../fixtures/sshd.ts'
import { childLink, inventoryOf, openW11, secretsOf, temporaryFolder } from './rigs.ts'

const bootstrap = await readBootstrap(AGENTS_FOLDER)
const agents = await testAgents()

/** The command line as a host would get it, with this machine's PowerShell in the place of Windows'. */
function encodedCommand(text: string, form: Form = 'session'): Link {
  return childLink(['pwsh', ...bootstrapCommand(text, form).split(' ').slice(1)])
}

let relayed: { readonly relay: string; readonly host: InstalledHost; close(): Promise<void> } | undefined
beforeAll(async () => {
  if (relayMissing() !== undefined) return
  const folder = await temporaryFolder()
  const sshd = await startSshd(folder.path, { powershell: 'pwsh' })
  const knownHosts = join(folder.path, 'known_hosts')
  await writeFile(knownHosts, sshd.knownHost)
  const files = await temporaryFolder()
  const host = await startInstalledHost(files.path)
  relayed = {
    host,
    relay: await relayOverSsh(sshd, knownHosts),
    async close() {
      await sshd.close()
      await host.sshd.close()
      await folder.remove()
      await files.remove()
    },
  }
})
afterAll(async () => {
  await relayed?.close()
})

async function overRelay(text: string, greeting: Greeting): Promise<Session> {
  const link = await startWinrm('W11', winrm(), { relay: relayed?.relay ?? '', bootstrap: text, secrets: secretsOf() })
  return await openSession(link, greeting)
}

/** The same files as a host keeps them, started there over a real OpenSSH server. */
async function fromFiles(text: string, greeting: Greeting): Promise<Session> {
  if (relayed === undefined) throw new Error('there is no host')
  const { host } = relayed
  const parts = greeting.bundle.parts.map(({ line }) => bundlePart.parse(decodeLine(line)))
  const sent = Buffer.concat(parts.map(({ content }) => Buffer.from(content, 'base64'))).toString('utf8')
  await install(host.agents, sent, text)
  const inventory = inventoryOf({ W11: host.transport }, host.agents)
  const { knownHosts } = host
  return await openW11(greeting, { inventory, knownHosts, secrets: secretsOf(), bundleFor: () => sent })
}

const missing = pwshMissing()
const where = missing === undefined ? describe : describe.skip

type Opener = (text: string, greeting: Greeting) => Promise<Session>
const ways: readonly (readonly [string, Opener])[] = [
  ['as an encoded command that reads stdin itself', (text, greeting) => openSession(encodedCommand(text), greeting)],
  ['in a shell that node-powershell holds', (text, greeting) => openSession(startLocal(text, 'pwsh'), greeting)],
  ['in the one-shot form', (text, greeting) => openOneShot(() => Promise.resolve(encodedCommand(text, 'one-shot')), greeting)],
  ['at the far end of a relay', overRelay],
  ['from files of the host', fromFiles],
]

where.each(sshdMissing() === undefined ? ways : ways.slice(0, -2))(
  `the bootstrap runs in a real PowerShell %s ${missing ?? ''}`,
  (_, start) => {
    const noted: string[] = []
    async function open(run = 'r1', text = agents): Promise<Session> {
      noted.length = 0
      return await start(bootstrap, {
        host: 'W11',
        role: 'target',
        opening: { run, owner: 'o1', fence: 7 },
        bundle: bundleOf(text),
        patience: { ...usualPatience, limitMs: () => 20_000 },
        log: ({ event, detail }) => void noted.push(`${event}: ${detail}`),
      })
    }
    const hook = (session: Session, script: string, text = '') =>
      session.request('Invoke-VdpHook', { script, parameters: { text }, timeoutSeconds: 5 }, { effect: 'hook-1' })
    const output = (text: string) => ({
      is: 'facts',
      facts: { program: { exitCode: 0, output: text, timedOut: false }, bootGuid: null },
    })

    test('it is welcomed, binds arguments, and keeps text, dates and arrays as they are', async () => {
      const session = await open()
      try {
        expect(session.welcome).toMatchObject({ elevated: true, fence: 7, agents: bundleOf(agents).sha256, lab: null })
        const text = 'Änderung "$env:PATH" `n $(exit) \u{1f980} 日本 \r\n \'; exit'
        expect(await hook(session, 'echo', text)).toEqual(output(text))
        expect(await hook(session, 'bound')).toEqual(output('7 hook-1 5'))
        expect(await hook(session, 'big', '1000000')).toEqual(output('x'.repeat(1_000_000)))
        const since = '2026-01-02T03:04:05Z'
        expect(await session.request('Get-VdpActivationEvents', { since, ids: [12288] })).toEqual({
          is: 'facts',
          facts: { at: since, events: [{ id: 12288, at: since, record: 1, fields: ['one'], text: '1' }] },
        })
      } finally {
        await session.close()
      }
    })

    test('whatever an operation prints, asks a person or throws, exactly one answer comes back', async () => {
      const session = await open()
      try {
        expect(await hook(session, 'noise', 'heard')).toEqual(output('heard'))
        expect(noted).toContain('Invoke-VdpHook: careful')
        expect(await hook(session, 'fails')).toMatchObject({
          is: 'refused',
          error: { kind: 'internal', message: 'it went wrong' },
        })
        const licensing = { kind: 'licensing', message: 'locked', hresult: '0xC004D302', details: 'slmgr', returnCode: null }
        expect(await hook(session, 'hresult', 'locked')).toMatchObject({ is: 'refused', error: licensing })
        expect(await hook(session, 'many')).toMatchObject({
          is: 'refused',
          error: { message: expect.stringContaining('3 objects') },
        })
        expect(await session.request('Get-VdpServerState', {})).toMatchObject({
          is: 'refused',
          error: { kind: 'missing' },
        })
        for (const script of ['asks', 'chooses', 'misses'])
          expect({ script, ...(await hook(session, script)) }).toMatchObject({ script, is: 'refused' })
        expect(await hook(session, 'errors', 'all the same')).toEqual(output('all the same'))
        const unbound = await session.request('Test-VdpKmsReachability', { host: 'kms1', port: 1688 })
        expect(unbound).toMatchObject({ is: 'refused', error: { kind: 'arguments' } })
        expect(await hook(session, 'echo', 'still there')).toEqual(output('still there'))
      } finally {
        await session.close()
      }
    })

    test('an operation that ends the process leaves its act in doubt', async () => {
      const session = await open()
      expect(await hook(session, 'exits')).toMatchObject({ is: 'lost', reason: 'link', sent: true })
      await session.close()
    })

    test('a host that has accepted a higher fence refuses', async () => {
      await expect(open('overtaken')).rejects.toMatchObject({ code: 'FENCED' })
    })

    test('agents that PowerShell cannot read are refused with its words', async () => {
      await expect(open('r1', 'function {')).rejects.toMatchObject({
        code: 'SESSION_REFUSED',
        details: { why: expect.stringContaining('function') },
      })
    })

    test('agents that endpoint protection stops are told as such', async () => {
      const blocked = [
        "$extent = [Management.Automation.Language.Parser]::ParseInput('1', [ref] $null, [ref] $null).Extent",
        "$why = [Management.Automation.Language.ParseError]::new($extent, 'ScriptContainedMaliciousContent', 'Schadsoftware')",
        'throw [Management.Automation.ParseException]::new([Management.Automation.Language.ParseError[]] @($why))',
      ].join('\n')
      await expect(open('r1', blocked)).rejects.toMatchObject({ code: 'SCRIPT_BLOCKED', details: { host: 'W11' } })
    })

    test('end of stdin ends it', async () => {
      const session = await open()
      await session.close()
      expect(await hook(session, 'echo')).toMatchObject({ is: 'lost', sent: false })
    })

    test('in constrained language it says so and does nothing else', async () => {
      const constrained = bootstrap.replace(
        "$ProgressPreference = 'SilentlyContinue'",
        "$ProgressPreference = 'SilentlyContinue'\n$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'",
      )
      const opened = start(constrained, {
        host: 'W11',
        role: 'target',
        opening: { run: 'r1', owner: 'o1', fence: 7 },
        bundle: bundleOf(agents),
        patience: usualPatience,
        log: () => undefined,
      })
      await expect(opened).rejects.toMatchObject({ code: 'CONSTRAINED_LANGUAGE', details: { language: 'ConstrainedLanguage' } })
    })
  },
)

where(`stdin that ends in the middle ${missing ?? ''}`, () => {
  const bundle = bundleOf(agents)
  const hello = { type: 'hello', protocol: PROTOCOL, nonce: '0'.repeat(32), role: 'target', run: 'r1', owner: 'o1', fence: 7 }
  const first = encodeLine({ ...hello, bundle: { sha256: bundle.sha256, parts: bundle.parts.length } })
  const parts = bundle.parts.map(({ line }) => line)
  const args = { script: 'echo', parameters: { text: 'acted' }, timeoutSeconds: 5 }
  const act = encodeLine({ type: 'request', id: 1, op: 'Invoke-VdpHook', args, fence: 7, effect: 'e1', deadlineMs: 5000 })
  const cut = act.slice(0, act.length / 2)

  test.each([
    ['of the hello', [first.slice(0, first.length / 2)]],
    ['of the agents', [first, ...parts.slice(0, 1)]],
    ['of a part', [first, ...parts.slice(0, 1), parts.at(-1)?.slice(0, 100) ?? '']],
    ['of a request', [first, ...parts, cut]],
  ])('%s: the process ends by itself, and nothing is begun', async (_, lines) => {
    const link = encodedCommand(bootstrap)
    let said = ''
    link.output.on('data', (chunk: Buffer) => (said += chunk.toString()))
    for (const line of lines) link.write(line)
    link.end()
    expect(await link.ended).toMatchObject({ by: 'exit' })
    expect(said).toContain('VDP-HELLO')
    expect(said.split('\n').flatMap((line) => (messageOf(line)?.type === 'reply' ? [line] : []))).toEqual([])
  })
})

/** What a framed line of the hello above carries. */
function messageOf(line: string): { readonly type: string } | undefined {
  const frame = decodeFrame(line, '0'.repeat(32))
  return frame.is === 'frame' ? (frame.message as { type: string }) : undefined
}

test('the command line of the one-shot form is short enough too, and does name it', () => {
  const command = bootstrapCommand(bootstrap, 'one-shot')
  expect(command.length).toBeLessThan(7800)
  expect(Buffer.from(command.split(' ').at(-1) ?? '', 'base64').toString('utf16le')).toContain('@($input)')
})

test('the command line stays well under what cmd.exe takes, and names nothing that makes PowerShell read stdin itself', () => {
  expect(bootstrapCommand(bootstrap).length).toBeLessThan(7500)
  expect(bootstrapCommand(bootstrap)).toMatch(/^[A-Za-z0-9:\\. +/=-]+$/)
  const commandText = Buffer.from(bootstrapCommand(bootstrap).split(' ').at(-1) ?? '', 'base64').toString('utf16le')
  expect(commandText).not.toMatch(/\$input\b/i)
  expect(commandText).toMatch(/^[\x0a\x20-\x7e]+$/)
})
