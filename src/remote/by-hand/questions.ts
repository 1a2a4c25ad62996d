import { randomBytes } from 'node:crypto'
import type { Opening } from '../../engine/ports/hosts.ts'
import { encodeLine } from '../../wire/framing.ts'
import type { Request } from '../../wire/messages.ts'
import type { Role } from '../../wire/operations/catalogue.ts'
import type { HostEntry } from '../../workflow/inventory.ts'
import type { Greeting } from '../session/greeting.ts'
import { helloOf } from '../session/welcome.ts'
import type { Carried, HandDesk } from './desk.ts'
import type { HandFolder } from './folder.ts'
import { sealed } from './forms.ts'
import type { HandAnswer, Question } from './forms.ts'
import { RunMemory } from './memory.ts'
import { wordsOf } from './words.ts'

/** Makes questions of requests, finds those that lie there already, and knows which machine has answered for a host. */
export class Questions {
  readonly #folder: HandFolder
  readonly #desk: HandDesk
  /** Aborts when nobody waits for an act any more. */
  readonly #leaving: AbortSignal
  readonly #runs = new Map<string, RunMemory>()
  readonly #computers = new Map<string, string>()
  readonly #acts = new Set<Question>()
  #last: number

  constructor(folder: HandFolder, desk: HandDesk, leaving: AbortSignal) {
    this.#folder = folder
    this.#desk = desk
    this.#leaving = leaving
    this.#last = folder.lastNumber()
  }

  /** A connection of a run begins. */
  connected({ run, fence }: Opening): RunMemory {
    const memory = this.#runs.get(run) ?? new RunMemory(this.#folder, run, fence)
    this.#runs.set(run, memory)
    memory.connected(fence)
    return memory
  }

  async ask(
    entry: HostEntry,
    greeting: Greeting,
    request: Request,
    signal: AbortSignal | undefined,
  ): Promise<{ readonly question: Question; readonly carried: Carried }> {
    const { host, opening } = greeting
    const memory = this.connected(opening)
    const { old, before } = memory.begin(host, agentsOf(greeting), request)
    const question = old ?? this.#draft(entry, greeting, request, memory.fence)
    if (question.act) this.#acts.add(question)
    const signals = [...(signal === undefined ? [] : [signal]), ...(question.act ? [this.#leaving] : [])]
    const carried = await this.#desk.wait({ question, before, objection: (answer) => this.#objection(host, answer) }, signals)
    if (carried.is === 'left') memory.interrupted = true
    if (carried.is === 'answered') {
      this.#computers.set(host, carried.answer.computer)
      memory.answered(question)
    }
    return { question, carried }
  }

  /** Puts answers away unless people left while something was waiting, and takes acts back that have not been answered. */
  close(): void {
    for (const memory of this.#runs.values()) if (!memory.interrupted) memory.putAway()
    for (const act of this.#acts) if (this.#folder.answerTo(act) === undefined) this.#folder.retire(act)
  }

  #draft(entry: HostEntry, greeting: Greeting, request: Request, fence: number): Question {
    const { host, opening } = greeting
    const id = randomBytes(16).toString('hex')
    const names = [host, entry.device, this.#computers.get(host) ?? null].filter((name) => name !== null)
    const { does, cost } = wordsOf(request)
    this.#last = Math.max(this.#last, this.#folder.lastNumber()) + 1
    return sealed({
      id,
      n: this.#last,
      run: opening.run,
      host,
      computers: [...new Set(names)],
      agents: agentsOf(greeting),
      act: request.effect !== null,
      fence,
      effect: request.effect,
      does: cost === null ? does : `${does} (${cost})`,
      lines: [bare(helloOf(greeting, id)), bare(request)],
    })
  }

  /** A host is one machine for as long as this process lives; which one, its first answer says, and the checks judge it. */
  #objection(host: string, { computer }: HandAnswer): 'BY_HAND_OTHER_HOST' | undefined {
    const known = this.#computers.get(host)
    return known === undefined || known.toLowerCase() === computer.toLowerCase() ? undefined : 'BY_HAND_OTHER_HOST'
  }
}

/** The folder of a role's agents: the same agents, the same name. */
export function agentsOf({ role, bundle }: { readonly role: Role; readonly bundle: { readonly sha256: string } }): string {
  return `${role}-${bundle.sha256.slice(0, 16)}`
}

function bare(message: unknown): string {
  return encodeLine(message).trim()
}
