import { noteTurn } from '../../src/engine/turn.ts'
import type { Hosts } from '../../src/engine/ports/hosts.ts'
import type { JournalEntry, StoredRun, Turn } from '../../src/engine/ports/store.ts'
import { stagesOf } from '../../src/procedure/stages.ts'
import { done } from '../../src/procedure/verdict.ts'
import type { ActReport } from '../../src/wire/receipt.ts'
import type { Mutant } from './simulation.ts'

/** The faults of an engine that this simulation has to see, each planted from outside through the ports or the chart's stages. */
export const mutants: readonly Mutant[] = [
  {
    name: 'the intent is written after the act',
    store: (inner) => {
      const late: JournalEntry[] = []
      return {
        ...inner,
        commit: (turn) => {
          const kept = turn.entries.filter(({ type }) => type !== 'intended')
          const entries = kept.some(({ type }) => type === 'acted') ? [...late.splice(0), ...kept] : kept
          late.push(...turn.entries.filter(({ type }) => type === 'intended'))
          return inner.commit({ ...turn, entries })
        },
      }
    },
  },
  {
    name: 'the result of an old attempt is accepted',
    store: (inner) => {
      let overtaken: string | null = null
      return {
        ...inner,
        commit: async (turn) => {
          const finish = turn.finish.filter(({ id }) => id !== overtaken)
          const result = await inner.commit({ ...turn, finish }).catch((thrown: unknown) => {
            overtaken = turn.finish.find(({ as }) => as === 'done')?.id ?? null
            throw thrown
          })
          overtaken = null
          return result
        },
        load: async (run) => {
          const stored = await inner.load(run)
          if (stored === undefined || overtaken === null) return stored
          return {
            ...stored,
            effects: [{ id: overtaken, kind: 'look', input: null, state: 'started', fence: null }, ...stored.effects],
          }
        },
      }
    },
  },
  {
    name: 'the fence is not raised for a new connection',
    store: (inner) => ({ ...inner, raise: (_run, by) => Promise.resolve(by) }),
  },
  {
    name: 'the host does not compare fences',
    agent: (host) => ({
      ...host,
      memory: () => {
        const memory = host.memory()
        memory?.fences.clear()
        return memory
      },
    }),
  },
  {
    name: 'an act in flight is taken for not done',
    hosts: (inner) =>
      seeing(inner, (facts) => ({
        ...facts,
        act: { ...facts.act, receipts: facts.act.receipts.filter(({ ended }) => ended !== null) },
      })),
  },
  {
    name: 'what may never be repeated is retried',
    chart: () => {
      const stages = [...stagesOf.rearmWindows, ...stagesOf.rearmOffice].filter(({ repeat }) => repeat === 'never')
      for (const stage of stages) Object.assign(stage, { repeat: 'safe' })
      return () => {
        for (const stage of stages) Object.assign(stage, { repeat: 'never' })
      }
    },
  },
  {
    name: 'timers are lost on resume',
    store: (inner) => {
      let resumed: string | null = null
      return {
        ...inner,
        commit: (turn) => {
          if (turn.entries.some(({ type, body }) => type === 'owner.claimed' && (body as { resumed: boolean }).resumed))
            resumed = turn.run
          return inner.commit(turn)
        },
        load: async (run) => {
          const stored = await inner.load(run)
          return stored === undefined || run !== resumed ? stored : { ...stored, timers: [] }
        },
      }
    },
  },
  {
    name: 'started is taken for pending',
    store: (inner) => ({
      ...inner,
      load: async (run) => {
        const stored = await inner.load(run)
        if (stored === undefined) return stored
        return {
          ...stored,
          effects: stored.effects.map((effect) => ({ ...effect, state: effect.state === 'started' ? 'pending' : effect.state })),
        }
      },
      start: async (...given) => {
        await inner.start(...given)
        return true
      },
    }),
  },
  {
    name: 'the commit does not check the lease',
    store: (inner) => ({ ...inner, commit: (turn) => inner.commit({ ...turn, by: null }) }),
  },
  {
    name: 'events are appended outside the transaction',
    store: (inner) => {
      const loaded = new Map<string, StoredRun>()
      return {
        ...inner,
        load: async (run) => {
          const stored = await inner.load(run)
          if (stored !== undefined) loaded.set(run, stored)
          return stored
        },
        commit: async (turn) => {
          const stored = loaded.get(turn.run)
          if (stored === undefined || turn.entries.length === 0) return await inner.commit(turn)
          const told: Turn = { ...noteTurn(stored, [], turn.by, turn.at), after: turn.after, entries: turn.entries }
          const { revision } = await inner.commit(told)
          return await inner.commit({ ...turn, after: revision, entries: [] })
        },
      }
    },
  },
  {
    name: 'mark-done does not look',
    chart: (simulation) => {
      const marked = () => [...simulation.watch.runs.values()].some(({ context }) => context.stage.phase === 'mark')
      const restore = Object.values(stagesOf)
        .flat()
        .map((stage) => {
          const judge = stage.judge.bind(stage)
          Object.assign(stage, {
            judge: (sight: Parameters<typeof judge>[0]) => (marked() ? done('a person says so') : judge(sight)),
          })
          return () => Object.assign(stage, { judge })
        })
      return () => {
        for (const each of restore) each()
      }
    },
  },
  {
    name: 'two runs work on one target',
    store: (inner) => ({
      ...inner,
      claim: (claim) => inner.claim({ ...claim, keys: claim.keys.map((key) => `${claim.run} ${key}`) }),
      release: (run, owner, keys) =>
        inner.release(
          run,
          owner,
          keys?.map((key) => `${run} ${key}`),
        ),
      leases: async () => (await inner.leases()).map((lease) => ({ ...lease, key: lease.key.slice(lease.key.indexOf(' ') + 1) })),
      list: () => Promise.resolve([]),
    }),
  },
  { name: 'a secret stays in what a host says', careless: true },
]

/** Hosts whose reports of their acts are altered on the way. */
function seeing(inner: Hosts, alter: (facts: { readonly act: ActReport }) => unknown): Hosts {
  return {
    ...inner,
    open: async (host, opening) => {
      const session = await inner.open(host, opening)
      return {
        ...session,
        request: async (op, args, act, signal) => {
          const answer = await session.request(op, args, act, signal)
          if (answer.is !== 'facts' || (op !== 'Get-VdpTargetState' && op !== 'Get-VdpServerState')) return answer
          return { is: 'facts', facts: alter(answer.facts as { readonly act: ActReport }) as typeof answer.facts }
        },
      }
    },
  }
}
