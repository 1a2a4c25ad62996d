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

/** Which cases a transport runs that is slow to start, or which it cannot have, by the beginnings of their names; what is not run counts as
 *  skipped, for the reason given. */
type Short = { readonly otherwise: string } & ({ readonly cases: readonly string[] } | { readonly without: readonly string[] })

/** What every transport has to keep, whatever the host does. Throws when a case of the short form is not in the contract. */
export function remoteContract(name: string, start: () => Promise<Rig>, short?: Short): void {
  describe(name, () => {
    const named = short === undefined ? [] : 'cases' in short ? short.cases : short.without
    const missed = new Set(named)
    const it = (title: string, body: () => Promise<void>) => {
      const one = named.find((start) => title.startsWith(start))
      if (one !== undefined) missed.delete(one)
      if (short === undefined || (one !== undefined) === 'cases' in short) test(title, body)
      else test.skip(`${title} (skipped: ${short.otherwise})`, body)
    }

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

    it('a session is welcomed with its agents and answers in order', async () => {
      await withSession('healthy', async (session) => {
        expect(session.welcome).toMatchObject({ computer: 'FAKE', culture: 'de-DE', fence: 7, lab: null })
        const answers = await Promise.all(['one', 'two', 'three'].map((text) => hook(session, 'echo', text)))
        expect(answers).toEqual([output('one'), output('two'), output('three')])
      })
    })

    it('fence and effect travel with the request', async () => {
      await withSession('healthy', async (session) => {
        await hook(session, 'echo')
        expect(await acts()).toEqual([JSON.stringify({ script: 'echo', fence: 7, effect: 'hook-1' })])
      })
    })

    it('any text comes back as it was sent', async () => {
      await withSession('healthy', async (session) => {
        const text = 'Änderung "$env:X" `n %PATH% \u0000 \u{1f980} 日本 \r\n \'; exit'
        expect(await hook(session, 'echo', text)).toEqual(output(text))
      })
    })

    it('an answer of 5 MB arrives whole', async () => {
      await withSession('healthy', async (session) => {
        expect(await hook(session, 'big', '5000000')).toEqual(output('x'.repeat(5_000_000)))
      })
    })

    it('what the host refuses is told with its reason', async () => {
      await withSession('healthy', async (session) => {
        expect(await hook(session, 'fails', 'not here')).toMatchObject({
          is: 'refused',
          error: { kind: 'refused', message: 'not here' },
        })
        expect(await hook(session, 'echo', 'still there')).toEqual(output('still there'))
      })
    })

    it('log lines of an operation go to the diary', async () => {
      await withSession('healthy', async (session) => {
        await hook(session, 'logs')
        expect(noted.filter((line) => !line.startsWith('ignored'))).toEqual(['Invoke-VdpHook: one', 'Invoke-VdpHook: two'])
      })
    })

    it('arguments that do not fit are not sent', async () => {
      await withSession('healthy', async (session) => {
        const answer = await session.request('Invoke-VdpHook', { script: 'echo', parameters: {}, timeoutSeconds: -1 })
        expect(answer).toMatchObject({ is: 'misfit', operation: 'Invoke-VdpHook', field: 'args.timeoutSeconds' })
        expect(await acts()).toEqual([])
      })
    })

    it('facts that do not fit name operation and field', async () => {
      await withSession('healthy', async (session) => {
        const answer = await hook(session, 'misfit')
        expect(answer).toMatchObject({ is: 'misfit', operation: 'Invoke-VdpHook', field: 'facts.program.exitCode' })
        expect(await hook(session, 'odd-reply')).toMatchObject({ is: 'misfit', field: 'reply.ok' })
        expect(await hook(session, 'echo', 'still there')).toEqual(output('still there'))
      })
    })

    for (const script of ['foreign-nonce', 'other-id', 'twice', 'noise', 'floods-lines', 'shouts-on-stderr']) {
      it(`a host that answers with ${script} is understood, before and after`, async () => {
        await withSession('healthy', async (session) => {
          expect(await hook(session, 'echo', 'before')).toEqual(output('before'))
          expect(await hook(session, script, 'the answer')).toEqual(output('the answer'))
          expect(await hook(session, 'echo', 'after')).toEqual(output('after'))
        })
      })
    }

    for (const script of ['silent', 'truncates', 'foreign-only']) {
      it(`a host that is ${script} misses its deadline, and the session is dead`, async () => {
        await withSession(
          'healthy',
          async (session) => {
            expect(await hook(session, script)).toMatchObject({ is: 'lost', reason: 'deadline', sent: true })
            expect(await hook(session, 'echo')).toMatchObject({ is: 'lost', sent: false })
            expect(await acts()).toHaveLength(1)
          },
          soon,
        )
      })
    }

    for (const [script, done] of [
      ['drops-before', 0],
      ['drops-after', 1],
      ['truncates-and-drops', 1],
    ] as const) {
      it(`of a host that ${script} the act it is not known whether it happened`, async () => {
        await withSession('healthy', async (session) => {
          expect(await hook(session, script)).toMatchObject({ is: 'lost', reason: 'link', sent: true })
          expect(await acts()).toHaveLength(done)
          expect(await hook(session, 'echo')).toMatchObject({ is: 'lost', reason: 'link', sent: false })
          expect(await acts()).toHaveLength(done)
        })
      })
    }

    it('an endless line kills the session within bounded memory', async () => {
      await withSession('healthy', async (session) => {
        expect(await hook(session, 'floods')).toMatchObject({ is: 'lost', reason: 'link', sent: true })
        expect(await hook(session, 'echo')).toMatchObject({ is: 'lost', sent: false })
      })
    })

    it('a request that is cancelled ends the session at once', async () => {
      await withSession('healthy', async (session) => {
        const abort = new AbortController()
        const answer = hook(session, 'silent', '', abort.signal)
        while ((await acts()).length === 0) continue
        abort.abort()
        expect(await answer).toMatchObject({ is: 'lost', reason: 'cancelled', sent: true })
        expect(await hook(session, 'echo')).toMatchObject({ is: 'lost', sent: false })
      })
    })

    it('a request cancelled before its turn is not sent, and the session lives', async () => {
      await withSession('healthy', async (session) => {
        expect(await hook(session, 'echo', '', AbortSignal.abort())).toMatchObject({
          is: 'lost',
          reason: 'cancelled',
          sent: false,
        })
        expect(await hook(session, 'echo', 'alive')).toEqual(output('alive'))
      })
    })

    it('a login that greets with noise, and a 32-bit Windows, are taken', async () => {
      for (const manner of ['login-noise', 'windows-7-32-bit']) {
        await withSession(manner, async (session) => {
          expect(await hook(session, 'echo', manner)).toEqual(output(manner))
        })
      }
    })

    const refusals: readonly (readonly [manner: string, code: string, details: object])[] = [
      ['constrained', 'CONSTRAINED_LANGUAGE', { language: 'ConstrainedLanguage' }],
      ['powershell-2', 'POWERSHELL_TOO_OLD', { version: '2.0' }],
      ['wow64', 'POWERSHELL_32_BIT', {}],
      ['not-elevated', 'NOT_ELEVATED', {}],
      ['blocked', 'SCRIPT_BLOCKED', {}],
      ['blocked-agents', 'SCRIPT_BLOCKED', {}],
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
    ]
    for (const [manner, code, details] of refusals) {
      it(`a host that is ${manner} is refused by name: ${code}`, async () => {
        const patience = {
          ...(manner === 'silent' ? { bannerMs: 300 } : {}),
          ...(manner === 'no-welcome' ? { welcomeMs: 300 } : {}),
        }
        await expect(open(manner, { patience })).rejects.toMatchObject({ code, details })
      })
    }

    it('an opening that is cancelled is interrupted', async () => {
      const abort = new AbortController()
      const opened = open('silent', { opening: { run: 'r1', owner: 'o1', fence: 7, signal: abort.signal } })
      setImmediate(() => abort.abort())
      await expect(opened).rejects.toMatchObject({ code: 'INTERRUPTED' })
    })

    it('closing breaks a request under way, of which it is not known whether it happened', async () => {
      const session = await open('healthy', { patience: { closeMs: 200 } })
      const answer = hook(session, 'silent')
      const late = hook(session, 'echo')
      const settled: unknown[] = []
      void answer.then((one) => settled.push(one))
      while ((await acts()).length === 0) continue
      await session.close()
      await new Promise(setImmediate)
      expect(settled).toHaveLength(1)
      expect(await late).toMatchObject({ is: 'lost', sent: false })
      expect(await acts()).toHaveLength(1)
      expect(await answer).toMatchObject({ is: 'lost', sent: true })
      expect(await hook(session, 'echo')).toMatchObject({ is: 'lost', sent: false })
    })

    it('closing does not wait for a host that never ends', async () => {
      const session = await open('never-ends', { patience: { closeMs: 200 } })
      await session.close()
      expect(await hook(session, 'echo')).toMatchObject({ is: 'lost', sent: false })
    })

    if (missed.size > 0) throw new Error(`no such case: ${[...missed].join(', ')}`)
  })
}
