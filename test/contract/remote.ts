import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Opening, Session } from '../../src/engine/ports/hosts.ts'
import type { RemoteLog } from '../../src/remote/log.ts'
import type { Patience } from '../../src/remote/session/patience.ts'

/** What a test may ask of a transport: a new session with the fake host. */
export interface Asked {
  readonly opening: Opening
  readonly patience: Partial<Patience>
  readonly log: RemoteLog
}

/** One transport with the fake host behind it, which reads `manner` and writes `acts` in `folder`. */
export interface Rig {
  readonly folder: string
  open(asked: Asked): Promise<Session>
  close(): Promise<void>
}

/** The text of agents that a rig sends; longer than three parts. */
export const AGENTS = `# ${'agents '.repeat(5000)}`

/** What every transport has to keep, whatever the host does. */
export function remoteContract(name: string, start: () => Promise<Rig>): void {
  describe(name, () => {
    let rig: Rig
    beforeAll(async () => {
      rig = await start()
    })
    afterAll(async () => {
      await rig.close()
    })

    const noted: string[] = []
    async function open(manner = 'healthy', asked: Partial<Asked> = {}): Promise<Session> {
      noted.length = 0
      await writeFile(join(rig.folder, 'manner'), manner)
      await writeFile(join(rig.folder, 'acts'), '')
      const log: RemoteLog = ({ event, detail }) => void noted.push(`${event}: ${detail}`)
      return await rig.open({ opening: { run: 'r1', owner: 'o1', fence: 7 }, patience: {}, log, ...asked })
    }
    async function withSession(manner: string, body: (session: Session) => Promise<void>, asked: Partial<Asked> = {}) {
      const session = await open(manner, asked)
      try {
        await body(session)
      } finally {
        await session.close()
      }
    }
    async function acts(): Promise<string[]> {
      const text = await readFile(join(rig.folder, 'acts'), 'utf8')
      return text.split('\n').filter((line) => line !== '')
    }
    const hook = (session: Session, script: string, text = 'hello', signal?: AbortSignal) =>
      session.request('Invoke-VdpHook', { script, parameters: { text }, timeoutSeconds: 5 }, { effect: 'hook-1' }, signal)
    const output = (text: string) => ({
      is: 'facts',
      facts: { program: { exitCode: 0, output: text, timedOut: false }, bootGuid: null },
    })
    const soon = { patience: { limitMs: () => 400, marginMs: 0 } }

    test('a session is welcomed with its agents and answers in order', async () => {
      await withSession('healthy', async (session) => {
        expect(session.welcome).toMatchObject({ computer: 'FAKE', culture: 'de-DE', fence: 7, lab: null })
        const answers = await Promise.all(['one', 'two', 'three'].map((text) => hook(session, 'echo', text)))
        expect(answers).toEqual([output('one'), output('two'), output('three')])
      })
    })

    test('fence and effect travel with the request', async () => {
      await withSession('healthy', async (session) => {
        await hook(session, 'echo')
        expect(await acts()).toEqual([JSON.stringify({ script: 'echo', fence: 7, effect: 'hook-1' })])
      })
    })

    test('any text comes back as it was sent', async () => {
      await withSession('healthy', async (session) => {
        const text = 'Änderung "$env:X" `n %PATH% \u0000 \u{1f980} 日本 \r\n \'; exit'
        expect(await hook(session, 'echo', text)).toEqual(output(text))
      })
    })

    test('an answer of 5 MB arrives whole', async () => {
      await withSession('healthy', async (session) => {
        expect(await hook(session, 'big', '5000000')).toEqual(output('x'.repeat(5_000_000)))
      })
    })

    test('what the host refuses is told with its reason', async () => {
      await withSession('healthy', async (session) => {
        expect(await hook(session, 'fails', 'not here')).toMatchObject({
          is: 'refused',
          error: { kind: 'refused', message: 'not here' },
        })
        expect(await hook(session, 'echo', 'still there')).toEqual(output('still there'))
      })
    })

    test('log lines of an operation go to the diary', async () => {
      await withSession('healthy', async (session) => {
        await hook(session, 'logs')
        expect(noted.filter((line) => !line.startsWith('ignored'))).toEqual(['Invoke-VdpHook: one', 'Invoke-VdpHook: two'])
      })
    })

    test('arguments that do not fit are not sent', async () => {
      await withSession('healthy', async (session) => {
        const answer = await session.request('Invoke-VdpHook', { script: 'echo', parameters: {}, timeoutSeconds: -1 })
        expect(answer).toMatchObject({ is: 'misfit', operation: 'Invoke-VdpHook', field: 'args.timeoutSeconds' })
        expect(await acts()).toEqual([])
      })
    })

    test('facts that do not fit name operation and field', async () => {
      await withSession('healthy', async (session) => {
        const answer = await hook(session, 'misfit')
        expect(answer).toMatchObject({ is: 'misfit', operation: 'Invoke-VdpHook', field: 'facts.program.exitCode' })
        expect(await hook(session, 'odd-reply')).toMatchObject({ is: 'misfit', field: 'reply.ok' })
        expect(await hook(session, 'echo', 'still there')).toEqual(output('still there'))
      })
    })

    test.each(['foreign-nonce', 'other-id', 'twice', 'noise', 'floods-lines', 'shouts-on-stderr'])(
      'a host that answers with %s is understood, before and after',
      async (script) => {
        await withSession('healthy', async (session) => {
          expect(await hook(session, 'echo', 'before')).toEqual(output('before'))
          expect(await hook(session, script, 'the answer')).toEqual(output('the answer'))
          expect(await hook(session, 'echo', 'after')).toEqual(output('after'))
        })
      },
    )

    test.each(['silent', 'truncates', 'foreign-only'])(
      'a host that is %s misses its deadline, and the session is dead',
      async (script) => {
        await withSession(
          'healthy',
          async (session) => {
            expect(await hook(session, script)).toMatchObject({ is: 'lost', reason: 'deadline', sent: true })
            expect(await hook(session, 'echo')).toMatchObject({ is: 'lost', sent: false })
            expect(await acts()).toHaveLength(1)
          },
          soon,
        )
      },
    )

    test.each([
      ['drops-before', 0],
      ['drops-after', 1],
      ['truncates-and-drops', 1],
    ])('of a host that %s the act it is not known whether it happened', async (script, done) => {
      await withSession('healthy', async (session) => {
        expect(await hook(session, script)).toMatchObject({ is: 'lost', reason: 'link', sent: true })
        expect(await acts()).toHaveLength(done)
        expect(await hook(session, 'echo')).toMatchObject({ is: 'lost', reason: 'link', sent: false })
        expect(await acts()).toHaveLength(done)
      })
    })

    test('an endless line kills the session within bounded memory', async () => {
      await withSession('healthy', async (session) => {
        expect(await hook(session, 'floods')).toMatchObject({ is: 'lost', reason: 'link', sent: true })
        expect(await hook(session, 'echo')).toMatchObject({ is: 'lost', sent: false })
      })
    })

    test('a request that is cancelled ends the session at once', async () => {
      await withSession('healthy', async (session) => {
        const abort = new AbortController()
        const answer = hook(session, 'silent', '', abort.signal)
        while ((await acts()).length === 0) continue
        abort.abort()
        expect(await answer).toMatchObject({ is: 'lost', reason: 'cancelled', sent: true })
        expect(await hook(session, 'echo')).toMatchObject({ is: 'lost', sent: false })
      })
    })

    test('a request cancelled before its turn is not sent, and the session lives', async () => {
      await withSession('healthy', async (session) => {
        expect(await hook(session, 'echo', '', AbortSignal.abort())).toMatchObject({
          is: 'lost',
          reason: 'cancelled',
          sent: false,
        })
        expect(await hook(session, 'echo', 'alive')).toEqual(output('alive'))
      })
    })

    test('a login that greets with noise, and a 32-bit Windows, are taken', async () => {
      for (const manner of ['login-noise', 'windows-7-32-bit']) {
        await withSession(manner, async (session) => {
          expect(await hook(session, 'echo', manner)).toEqual(output(manner))
        })
      }
    })

    test.each([
      ['constrained', 'CONSTRAINED_LANGUAGE', { language: 'ConstrainedLanguage' }],
      ['powershell-2', 'POWERSHELL_TOO_OLD', { version: '2.0' }],
      ['wow64', 'POWERSHELL_32_BIT', {}],
      ['not-elevated', 'NOT_ELEVATED', {}],
      ['no-powershell', 'SESSION_REFUSED', { why: expect.stringContaining('cannot find the path') }],
      ['silent', 'SESSION_REFUSED', { why: expect.stringContaining('its first line') }],
      ['drops-in-hello', 'SESSION_REFUSED', { why: expect.stringContaining('exit code') }],
      ['alters-part', 'SESSION_REFUSED', { why: expect.stringContaining('altered') }],
      ['other-agents', 'SESSION_REFUSED', { why: expect.stringContaining('other agents') }],
      ['odd-welcome', 'SESSION_REFUSED', { why: expect.stringContaining('lab') }],
      ['no-welcome', 'SESSION_REFUSED', { why: expect.stringContaining('its welcome') }],
      ['refuses', 'SESSION_REFUSED', { why: 'not today' }],
      ['protocol-2', 'PROTOCOL_MISMATCH', { theirs: 2, ours: 1 }],
      ['fenced', 'FENCED', { run: 'r1' }],
    ])('a host that is %s is refused by name: %s', async (manner, code, details) => {
      const patience = {
        ...(manner === 'silent' ? { bannerMs: 300 } : {}),
        ...(manner === 'no-welcome' ? { welcomeMs: 300 } : {}),
      }
      await expect(open(manner, { patience })).rejects.toMatchObject({ code, details })
    })

    test('an opening that is cancelled is interrupted', async () => {
      const abort = new AbortController()
      const opened = open('silent', { opening: { run: 'r1', owner: 'o1', fence: 7, signal: abort.signal } })
      setImmediate(() => abort.abort())
      await expect(opened).rejects.toMatchObject({ code: 'INTERRUPTED' })
    })

    test('closing does not wait for a host that never ends', async () => {
      const session = await open('never-ends', { patience: { closeMs: 200 } })
      await session.close()
      expect(await hook(session, 'echo')).toMatchObject({ is: 'lost', sent: false })
    })
  })
}
