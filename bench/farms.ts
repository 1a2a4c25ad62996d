import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import type { Hosts } from '../src/engine/ports/hosts.ts'
import { Fault } from '../src/faults/fault.ts'
import type { Clock } from '../src/engine/ports/clock.ts'
import { readAgents } from '../src/remote/agent-files.ts'
import { bundleOf, type Bundle } from '../src/remote/session/bundle.ts'
import type { Link, LinkEnd } from '../src/remote/session/link.ts'
import { openSession } from '../src/remote/session/open.ts'
import { usualPatience } from '../src/remote/session/patience.ts'
import type { Role } from '../src/wire/operations/catalogue.ts'
import type { Inventory } from '../src/workflow/inventory.ts'
import type { Asked, Told } from './farm.ts'

const AGENTS = join(import.meta.dirname, '../agents')

type Question = Asked extends infer A ? (A extends { id: number } ? Omit<A, 'id'> : never) : never

/** Simulated farms in a process of their own, so that their work is not counted as ours. */
export class Farms {
  readonly #child: ChildProcess
  readonly #answers = new Map<number, (told: Told & { is: 'done' }) => void>()
  readonly #links = new Map<number, { output: PassThrough; ended: (end: LinkEnd) => void }>()
  readonly #now = new Map<string, number>()
  readonly #onRequest = new Set<(farm: string) => void>()
  readonly #bundles = new Map<Role, Promise<Bundle>>()
  #id = 0

  constructor() {
    this.#child = fork(join(import.meta.dirname, 'farm.ts'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    this.#child.on('message', (told: Told) => this.#hear(told))
  }

  /** Starts a farm; with `dir` its hosts answer over SSH and its files lie there. Every operation takes `answerMs` of real time. */
  async start(farm: string, dir: string | null, answerMs: number): Promise<void> {
    this.#now.set(farm, (await this.#ask({ is: 'farm', farm, dir, answerMs })).now)
  }

  drop(farm: string): void {
    this.#child.send({ is: 'drop', farm } satisfies Asked)
  }

  /** The farm's time: a wait costs no more than the question. */
  clock(farm: string): Clock {
    return {
      now: () => this.#now.get(farm) ?? 0,
      wait: async (until, signal) => {
        signal.throwIfAborted()
        this.#now.set(farm, (await this.#ask({ is: 'wait', farm, until })).now)
      },
    }
  }

  /** Resolves when a host of the farm gets its next request. */
  async nextRequest(farm: string): Promise<void> {
    await new Promise<void>((resolve) => {
      const hear = (of: string) => {
        if (of !== farm) return
        this.#onRequest.delete(hear)
        resolve()
      }
      this.#onRequest.add(hear)
    })
  }

  /** The farm's hosts without SSH: the session's lines go to the other process as they are. */
  hosts(farm: string, { hosts }: Inventory): Hosts {
    return {
      open: async (host, opening) => {
        const role = hosts[host]?.role
        if (role === undefined || role === 'jump')
          throw new Fault('HOST_UNREACHABLE', { host, why: 'the inventory does not name it' })
        const session = (this.#id += 1)
        const link = this.#link(session)
        if (!(await this.#ask({ is: 'open', farm, host, session })).ok)
          throw new Fault('HOST_UNREACHABLE', { host, why: 'it is off' })
        const bundle = await this.#bundleFor(role)
        return await openSession(link, { host, role, opening, bundle, patience: usualPatience, log: () => undefined })
      },
      close: () => Promise.resolve(),
    }
  }

  close(): void {
    this.#child.disconnect()
  }

  /** One for all sessions of a role, as the program keeps it. */
  #bundleFor(role: Role): Promise<Bundle> {
    const bundle = this.#bundles.get(role) ?? readAgents(AGENTS, role).then(bundleOf)
    this.#bundles.set(role, bundle)
    return bundle
  }

  #link(session: number): Link {
    const output = new PassThrough()
    const { promise: ended, resolve } = Promise.withResolvers<LinkEnd>()
    const finish = (end: LinkEnd) => {
      this.#links.delete(session)
      output.end()
      resolve(end)
    }
    this.#links.set(session, { output, ended: finish })
    const send = (asked: Asked) => this.#child.send(asked)
    return {
      output,
      ended,
      write: (line) => this.#links.has(session) && send({ is: 'line', session, text: line }),
      end: () => void send({ is: 'eof', session }),
      destroy: () => {
        send({ is: 'lost', session })
        finish({ by: 'link', detail: 'broken here' })
      },
    }
  }

  #ask(question: Question): Promise<Told & { is: 'done' }> {
    const id = (this.#id += 1)
    return new Promise((resolve) => {
      this.#answers.set(id, resolve)
      this.#child.send({ ...question, id })
    })
  }

  #hear(told: Told): void {
    switch (told.is) {
      case 'done':
        this.#answers.get(told.id)?.(told)
        return void this.#answers.delete(told.id)
      case 'now':
        return void this.#now.set(told.farm, told.now)
      case 'request':
        for (const hear of [...this.#onRequest]) hear(told.farm)
        return
      case 'text':
        return void this.#links.get(told.session)?.output.write(told.text)
      case 'exit':
        return this.#links.get(told.session)?.ended({ by: 'exit', code: told.code, words: '' })
    }
  }
}
