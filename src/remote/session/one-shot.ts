import type { Session } from '../../engine/ports/hosts.ts'
import { Fault } from '../../faults/fault.ts'
import type { Request } from '../../wire/messages.ts'
import type { Heard } from './conversation.ts'
import { leave } from './link.ts'
import type { Link } from './link.ts'
import { runOnce } from './one-process.ts'
import { told } from './open.ts'
import type { Greeting } from './greeting.ts'
import { createSession } from './requests.ts'
import type { Replied } from './requests.ts'

/** Starts a process on the host that reads its stdin to the end. Rejects with a Fault when the host is not to be reached. */
export type Start = (signal: AbortSignal | undefined) => Promise<Link>

/** A session with a process of its own for each request. Slower, since the snap-in loads each time; for hosts that hand over stdin only at
 *  its end. A process without a request opens it. Rejects as `openSession` does. */
export async function openOneShot(start: Start, greeting: Greeting): Promise<Session> {
  const { host, opening, patience } = greeting
  const leaving = new Set<Promise<void>>()
  const under = new Set<Promise<unknown>>()
  const closing = new AbortController()
  let lost: string | undefined

  const run = async (request: Request | null, signal: AbortSignal | undefined) => {
    const link = await start(signal)
    if (lost !== undefined) {
      link.destroy()
      throw new Fault('HOST_UNREACHABLE', { host, why: lost })
    }
    const ran = await runOnce(link, greeting, request, signal)
    if (ran.heard.is === 'nothing') lost = ran.heard.detail
    const left = leave(link, patience.closeMs).then(() => void leaving.delete(left))
    leaving.add(left)
    return ran
  }
  const send = async (request: Request, signal: AbortSignal | undefined): Promise<Heard<Replied>> => {
    const unsent = (reason: 'link' | 'cancelled', detail: string) => ({ is: 'nothing', reason, sent: false, detail }) as const
    if (lost !== undefined) return unsent('link', lost)
    if (signal?.aborted === true) return unsent('cancelled', 'cancelled before it was sent')
    const work = run(request, AbortSignal.any(signal === undefined ? [closing.signal] : [closing.signal, signal]))
    under.add(work)
    try {
      const { heard } = await work
      if (heard.is === 'nothing') return heard
      if (heard.value.is === 'reply') return { is: 'heard', value: heard.value.reply }
      lost = 'the process that should have answered was not the one that was sent'
      return { is: 'nothing', reason: 'link', sent: true, detail: lost }
    } catch (thrown) {
      if (!(thrown instanceof Fault)) throw thrown
      lost = typeof thrown.details['why'] === 'string' ? thrown.details['why'] : thrown.code
      return unsent('link', lost)
    } finally {
      under.delete(work)
    }
  }

  const { heard, talk, awaited } = await run(null, opening.signal)
  const said = told(heard, awaited, talk, greeting)
  if (said.is === 'fault') throw said.fault
  if (said.is !== 'welcome') throw new Error('an opening was answered like a request')
  const close = async () => {
    lost ??= 'the session was closed'
    const late = setTimeout(() => closing.abort(), patience.closeMs)
    await Promise.allSettled(under)
    clearTimeout(late)
    await Promise.all(leaving)
  }
  return { ...createSession(greeting, said.welcome, { send, close }), form: 'one-shot' }
}
