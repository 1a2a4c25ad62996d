import type { Answer, Hosts, Opening, Session } from '../../src/engine/ports/hosts.ts'

/** One request as it arrived. */
export interface Asked {
  readonly host: string
  readonly op: string
  readonly effect: string | null
  readonly fence: number
}

type Reply = (asked: Asked) => Answer<unknown> | Promise<Answer<unknown>>

/** Hosts that answer from a table of operations; what is not in it does not answer. `asked` is what arrived, in order. */
export function scriptedHosts(
  table: Readonly<Record<string, Reply>>,
): Hosts & { readonly asked: readonly Asked[]; readonly sessions: () => number } {
  const asked: Asked[] = []
  let opened = 0
  return {
    asked,
    sessions: () => opened,
    open(host, opening) {
      opened += 1
      return Promise.resolve(session(host, opening))
    },
    close: () => Promise.resolve(),
  }

  function session(host: string, opening: Opening): Session {
    const { fence } = opening
    return {
      host,
      welcome: {
        type: 'welcome',
        protocol: 1,
        computer: host,
        powershell: '5.1',
        culture: 'en-US',
        elevated: true,
        boot: '',
        agents: '',
        fence,
        lab: null,
      },
      async request(op, _args, act) {
        const one = { host, op, effect: act?.effect ?? null, fence }
        asked.push(one)
        const reply = table[op]
        const answer =
          reply === undefined ? { is: 'lost', reason: 'deadline', sent: true, detail: 'no answer' } : await reply(one)
        return answer as never
      },
      close() {
        opened -= 1
        return Promise.resolve()
      },
    }
  }
}

/** An answer with facts. */
export function facts(of: unknown): Answer<unknown> {
  return { is: 'facts', facts: of }
}
