import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { resumeRun } from '../../src/engine/begin.ts'
import { decide } from '../../src/engine/decide.ts'
import { drive } from '../../src/engine/drive.ts'
import type { Store } from '../../src/engine/ports/store.ts'
import { faultOf } from '../../src/faults/fault.ts'
import { describeFault } from '../../src/faults/table.ts'
import type { Person } from '../../src/procedure/events.ts'
import type { Plan } from '../../src/workflow/plan.ts'
import { database, journalOf, names, worldOf } from './rim.ts'
import { scriptedHosts } from './scripted-hosts.ts'
import { jonas, maria, plan, standing, stored } from './standing.ts'

const aylin: Person = { login: 'aylin', host: 'ops3', claim: null }
/** Every stage waits as long as a look or two. */
const hasty = {
  ...plan,
  policy: Object.fromEntries(Object.entries(plan.policy).map(([step, of]) => [step, { ...of, deadlineMs: 2 * of.pollMs }])),
} as Plan
const held = standing({
  plan: hasty,
  place: 'verify.watchCanaries',
  inner: 'held',
  stage: { heldFor: { code: 'DEADLINE_PASSED', details: {} } },
})
const unready = () => ({ is: 'misfit', operation: 'Get-VdpTargetState', field: 'boot', problem: 'not yet' }) as const
const signal = fc.constantFrom('retry' as const, 'abort' as const, 'mark-done' as const, 'skip' as const)
const never = new AbortController().signal

/** The calls of one client of a store, each let through when the schedule says so and told to `log`: between two of them others may come. */
function scheduled(store: Store, s: fc.Scheduler, who: string, log: string[]): Store {
  const take =
    <A extends unknown[], R>(name: string, call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      await s.schedule(Promise.resolve(), `${who} ${name}`)
      log.push(`${who} ${name}`)
      return call(...args)
    }
  return {
    ...store,
    load: take('load', (...of: Parameters<Store['load']>) => store.load(...of)),
    commit: take('commit', (...of: Parameters<Store['commit']>) => store.commit(...of)),
    start: take('start', (...of: Parameters<Store['start']>) => store.start(...of)),
    raise: take('raise', (...of: Parameters<Store['raise']>) => store.raise(...of)),
    release: take('release', (...of: Parameters<Store['release']>) => store.release(...of)),
  }
}

async function faultIn(work: Promise<unknown>) {
  return work.then(
    () => null,
    (thrown: unknown) => faultOf(thrown),
  )
}

test('of two people who decide on what they both read exactly one wins, whatever the engine does; the other is told who did what', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), signal, signal, async (s, first, second) => {
      const plain = database()
      const log: string[] = []
      const [one, two, robot] = ['jonas', 'aylin', 'robot'].map((who) => scheduled(plain, s, who, log)) as [Store, Store, Store]
      await stored(plain, held)
      const own = await resumeRun(worldOf(plain), names('robot'), 'k7w2m', maria)
      const world = worldOf(robot, scriptedHosts({ 'Get-VdpTargetState': unready }))
      const ends = await s.waitFor(
        Promise.all([
          faultIn(decide(worldOf(one), 'k7w2m', { type: first, by: jonas, reason: null, option: null })),
          faultIn(decide(worldOf(two), 'k7w2m', { type: second, by: aylin, reason: null, option: null })),
          faultIn(drive(world, own, maria, never)),
        ]),
      )
      const decided = (await journalOf(plain)).filter((event) => event.type === 'decided')
      const audit = await plain.audit('k7w2m')

      const lost = ends.slice(0, 2).filter((end) => end !== null)
      expect([ends[2], audit]).toEqual([null, { lines: expect.any(Number), head: expect.any(String) }])
      expect(decided).toHaveLength(2 - lost.length)
      expect(decided.length).toBeGreaterThan(0)
      const bothRead = Math.max(log.indexOf('jonas load'), log.indexOf('aylin load'))
      if (bothRead < log.findIndex((call) => call === 'jonas commit' || call === 'aylin commit')) expect(decided).toHaveLength(1)
      for (const { code, details } of lost) {
        const { says } = describeFault(code, details)
        expect(says).toContain(`${String(decided[0]?.by.login)}@`)
        expect(says).toContain(decided[0]?.decision)
      }
    }),
    { numRuns: 100 },
  )
})
