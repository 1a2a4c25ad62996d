import type { Hands } from '../../engine/ports/by-hand.ts'
import type { Hosts, Opening, Session } from '../../engine/ports/hosts.ts'
import { Fault } from '../../faults/fault.ts'
import type { Request, Welcome } from '../../wire/messages.ts'
import type { Role } from '../../wire/operations/catalogue.ts'
import type { Inventory } from '../../workflow/inventory.ts'
import { installedFiles } from '../installed.ts'
import type { RemoteLog } from '../log.ts'
import { withoutKeys } from '../own-keys.ts'
import type { Secrets } from '../secrets.ts'
import { installedBundle } from '../session/bundle.ts'
import type { Heard } from '../session/conversation.ts'
import type { Greeting } from '../session/greeting.ts'
import { listen } from '../session/one-process.ts'
import { usualPatience } from '../session/patience.ts'
import { requestsOf } from '../session/requests.ts'
import type { Replied } from '../session/requests.ts'
import { asked } from './asked.ts'
import { HandDesk } from './desk.ts'
import type { Carried } from './desk.ts'
import { HandFolder } from './folder.ts'
import type { HandAnswer, Question } from './forms.ts'
import { agentsOf, Questions } from './questions.ts'

/** What hosts that are asked by hand are made of; texts are those of Bootstrap.ps1, Installed.ps1, Ask.ps1 and of a role's agents. */
export interface ByHand {
  readonly inventory: Inventory
  readonly hands: Hands
  readonly texts: { readonly bootstrap: string; readonly installed: string; readonly ask: string }
  readonly bundleFor: (role: Role) => Promise<string>
  readonly secrets: Secrets
  readonly log: RemoteLog
}

/** Hosts that are asked by hand, and what they have to know of those that a wire leads to. */
export interface HandHosts extends Hosts {
  /** A connection over a wire begins: its fence counts for the questions of the same run. */
  alongside(opening: Opening): void
  /** An act goes over a wire: what people have answered before it is not true any more. */
  acted(opening: Opening): void
}

/** The hosts of an inventory behind the engine's port, where people carry every question to its host and the answer back. Nothing here has a
 *  time limit. Throws BY_HAND_FOLDER when the folder that travels cannot be written. */
export function createHandHosts({ inventory, hands, texts, bundleFor, secrets, log }: ByHand): HandHosts {
  const folder = new HandFolder(hands.folder)
  const needed = new Map<string, ReadonlyMap<string, string>>([['.', new Map([['ask.ps1', texts.ask]])]])
  const desk = new HandDesk(folder, hands, () => {
    for (const [place, files] of needed) folder.equip(place, files)
  })
  const questions = new Questions(folder, desk, hands.leaving)
  return {
    async open(host, opening) {
      const entry = inventory.hosts[host]
      if (entry === undefined) throw new Fault('HOST_UNREACHABLE', { host, why: 'the inventory does not name it' })
      if (entry.role === 'jump') throw new Fault('HOST_UNREACHABLE', { host, why: 'it is only a way to other hosts (role jump)' })
      if (opening.signal?.aborted === true) throw new Fault('INTERRUPTED', { host, run: opening.run })
      questions.connected(opening)
      const { role } = entry
      const text = await bundleFor(role)
      const bundle = installedBundle(text)
      needed.set(`agents/${agentsOf({ role, bundle })}`, installedFiles({ ...texts, agents: text }))
      const greeting: Greeting = { host, role, opening, bundle, patience: usualPatience, log }
      return sessionBy((request, signal) => questions.ask(entry, greeting, request, signal), greeting, secrets)
    },
    alongside: (opening) => void questions.connected(opening),
    acted: (opening) => questions.connected(opening).putAway(),
    close() {
      questions.close()
      desk.close()
      return Promise.resolve()
    },
  }
}

type Carry = (
  request: Request,
  signal: AbortSignal | undefined,
) => Promise<{ readonly question: Question; readonly carried: Carried }>

/** A session whose every request is a process of its own on the host, started by people. It is lost with the first request that is. */
function sessionBy(carry: Carry, greeting: Greeting, secrets: Secrets): Session {
  const { host } = greeting
  const first = Promise.withResolvers<Welcome>()
  let welcome: Welcome | undefined
  let lost: string | undefined
  const greet = (said: Welcome) => {
    welcome ??= said
    first.resolve(welcome)
  }
  const send = async (request: Request, signal: AbortSignal | undefined): Promise<Heard<Replied>> => {
    if (lost !== undefined) return { is: 'nothing', reason: 'link', sent: false, detail: lost }
    if (signal?.aborted === true)
      return { is: 'nothing', reason: 'cancelled', sent: false, detail: 'cancelled before it was asked' }
    const { question, carried } = await carry(request, signal)
    const heard = carried.is === 'answered' ? understood(question, carried.answer, greeting, greet) : unheard(carried)
    if (heard.is === 'nothing') lost = heard.detail
    return heard
  }
  const close = () => {
    lost ??= 'the session was closed'
    return Promise.resolve()
  }
  const request = requestsOf(greeting, { send, close }, (exchange) => exchange())
  return {
    host,
    form: 'by-hand',
    greeted: first.promise,
    get welcome() {
      if (welcome === undefined) throw new Error(`${host} has not answered yet`)
      return welcome
    },
    request: async (...of) => withoutKeys(await request(...of), secrets),
    close,
  }
}

/** What the process on the host said, judged as if it had come over a wire. Throws the Fault of a host that is unfit or refuses. */
function understood(
  question: Question,
  { lines }: HandAnswer,
  greeting: Greeting,
  greet: (welcome: Welcome) => void,
): Heard<Replied> {
  const ear = listen(greeting, asked(question), question.id, greet)
  for (const line of lines) {
    const said = ear.accept(line)
    if (typeof said !== 'object') continue
    if (said.is === 'fault') throw said.fault
    if (said.is === 'reply') return { is: 'heard', value: said.reply }
  }
  const detail = `the answer ends before ${ear.awaited()}: it was begun and not seen to end`
  return { is: 'nothing', reason: 'link', sent: true, detail }
}

function unheard(carried: Exclude<Carried, { is: 'answered' }>): Heard<never> {
  return carried.is === 'off'
    ? { is: 'nothing', reason: 'link', sent: true, detail: 'people say that it cannot be asked' }
    : { is: 'nothing', reason: 'cancelled', sent: true, detail: carried.detail }
}
