import { z } from 'zod'
import { Fault } from '../../faults/fault.ts'
import { PROTOCOL, welcome } from '../../wire/messages.ts'
import type { Hello, Refusal, Welcome } from '../../wire/messages.ts'
import { firstProblem } from './misfit.ts'
import { blocked } from './refuse.ts'
import type { Greeting } from './greeting.ts'

/** The hello of one process on the host; `nonce` marks what it answers. */
export function helloOf({ role, opening, bundle }: Greeting, nonce: string): Hello {
  const { run, owner, fence } = opening
  const agents = { sha256: bundle.sha256, parts: bundle.parts.length }
  return { type: 'hello', protocol: PROTOCOL, nonce, role, run, owner, fence, bundle: agents }
}

/** A welcome of any version: its number is judged before its shape. */
export const anyWelcome = z.looseObject({ type: z.literal('welcome'), protocol: z.int() })

/** A welcome that can be believed. Throws PROTOCOL_MISMATCH, or SESSION_REFUSED when it does not fit or names other agents. */
export function checkedWelcome(said: z.infer<typeof anyWelcome>, { host, bundle }: Greeting): Welcome {
  if (said.protocol !== PROTOCOL) throw new Fault('PROTOCOL_MISMATCH', { host, theirs: said.protocol, ours: PROTOCOL })
  const read = welcome.safeParse(said)
  if (!read.success) throw new Fault('SESSION_REFUSED', { host, why: `its welcome does not fit: ${firstProblem(read.error)}` })
  if (read.data.agents !== bundle.sha256) throw new Fault('SESSION_REFUSED', { host, why: 'it runs other agents than were sent' })
  return read.data
}

/** The fault of a host that refused the hello. */
export function refused({ protocol, error }: Refusal, greeting: Greeting): Fault {
  const { host, role, opening, bundle, installed: folder } = greeting
  if (error.kind === 'fenced') return new Fault('FENCED', { host, run: opening.run })
  if (protocol !== PROTOCOL) return new Fault('PROTOCOL_MISMATCH', { host, theirs: protocol, ours: PROTOCOL })
  if (folder !== undefined && error.kind === 'missing') return notInstalled(greeting, error.message)
  if (folder !== undefined && error.kind === 'refused' && error.details !== null)
    return new Fault('AGENTS_DIFFER', { host, role, folder, theirs: short(error.details), ours: short(bundle.sha256) })
  return blocked(host, `${error.details ?? ''} ${error.message}`) ?? new Fault('SESSION_REFUSED', { host, why: error.message })
}

/** The fault of a host whose installed agents did not start. */
export function notInstalled({ host, role, installed: folder }: Greeting, why: string): Fault {
  return new Fault('AGENTS_NOT_INSTALLED', { host, role, folder, why })
}

/** As much of a hash as a person compares. */
function short(sha256: string): string {
  return sha256.slice(0, 12)
}

/** The fault of a part whose receipt names other bytes. */
export function altered(host: string, n: number): Fault {
  return new Fault('SESSION_REFUSED', { host, why: `part ${n} of the agents arrived altered` })
}
