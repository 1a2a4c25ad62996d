import { afterEach, expect, test } from '@jest/globals'
import { resumeRun } from '../../src/engine/begin.ts'
import { Connections } from '../../src/engine/connections.ts'
import { drive } from '../../src/engine/drive.ts'
import { act as performed } from '../../src/engine/effects/act.ts'
import type { Clock } from '../../src/engine/ports/clock.ts'
import type { Store } from '../../src/engine/ports/store.ts'
import { stamped } from '../../src/procedure/fold.ts'
import { actOf, hooksAt } from '../../src/procedure/steps/hooks/hook.ts'
import { act } from '../../src/procedure/verdict.ts'
import { openStore } from '../../src/store/sqlite/open.ts'
import type { Hook } from '../../src/workflow/plan.ts'
import { HERE } from '../../src/wire/here.ts'
import { ask } from '../../src/procedure/asking.ts'
import { facts, scriptedHosts } from './scripted-hosts.ts'
import { maria, plan, standing, stored } from './standing.ts'

const open: Store[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((store) => store.close()))
})

const clock: Clock = { now: () => 10_000, wait: () => Promise.resolve() }
const usual: Hook = {
  name: 'Tell',
  on: 'local',
  script: 'tell',
  parameters: {},
  timeoutMs: 60_000,
  success: [0],
  effect: 'once',
  mayReboot: false,
}

/** What a run that is taken up finds when the process before it died while a hook ran on this machine. */
async function takenUp(effect: Hook['effect'], attempts = 3) {
  const place = 'cleanTokens.before'
  const policy = { ...plan.policy, cleanTokens: { ...plan.policy.cleanTokens, attempts } }
  const hooked = { ...plan, policy, hooks: { cleanTokens: { before: [{ ...usual, effect }], after: [] } } }
  const [placed] = hooksAt(hooked, 'cleanTokens', 'before')
  if (placed === undefined) throw new Error('no hook')
  const wanted = actOf(placed, hooked)
  const { ask, what, key, repeat = 'safe' } = wanted
  const intent = { key, effect: `${place}/${key}/1`, what, host: ask.host, op: ask.op, baseline: null, repeat } as const
  const input = { place, effect: intent.effect, ask }
  const run = standing({
    place,
    inner: 'acting',
    plan: hooked,
    stage: { intent, phase: 'confirm', verdict: act(wanted, 'it runs'), acts: { [key]: 1 } },
    context: { intents: 1, begun: { [key]: 1 } },
    effects: [{ id: '1.1', kind: 'act', input, state: 'started', fence: 1 }],
  })
  const store = openStore(':memory:')
  open.push(store)
  await stored(store, run)
  await store.start(run.run, '1.1', 0, 1000)
  const hosts = scriptedHosts({})
  const own = await resumeRun(
    { store, hosts, clock, farmClock: clock },
    { run: () => '', owner: () => 'one', gone: () => true },
    run.run,
    maria,
  )
  await drive({ store, hosts, clock, farmClock: clock }, own, maria, new AbortController().signal)
  const events = (await Array.fromAsync(store.journal(run.run))).map((line) => stamped(line).event)
  return { asked: hosts.asked, held: events.find((event) => event.type === 'held') }
}

test('a hook of this machine that was under way when the program died counts as in doubt, never as not begun', async () => {
  const { asked, held } = await takenUp('once')
  expect(asked).toEqual([])
  expect(held).toMatchObject({
    fault: { code: 'HOOK_OUTCOME_UNKNOWN', details: { hook: 'Tell', host: 'this machine' } },
    options: [{ name: 'hook-done' }, { name: 'hook-again' }],
  })
})

test('one that may be repeated is held all the same where the policy allows one attempt', async () => {
  const { asked, held } = await takenUp('idempotent', 1)
  expect(asked).toEqual([])
  expect(held).toMatchObject({
    fault: { code: 'HOOK_OUTCOME_UNKNOWN' },
    options: [{ name: 'hook-done' }, { name: 'hook-again' }],
  })
})

test('a hook of this machine is not begun by an owner that was replaced since its last one', async () => {
  const store = openStore(':memory:')
  open.push(store)
  await stored(store, standing({ place: 'cleanTokens.before', inner: 'acting' }))
  const own = { run: 'k7w2m', owner: 'one', fence: (await store.load('k7w2m'))?.fence ?? 0 }
  const program = { exitCode: 0, timedOut: false, output: '' }
  const hosts = scriptedHosts({ 'Invoke-VdpHook': () => facts({ program, bootGuid: null }) })
  const connections = new Connections(hosts, store, own)
  const hook = ask(HERE, 'Invoke-VdpHook', { script: 'tell', parameters: {}, timeoutSeconds: 60 })
  const begin = (effect: string) =>
    performed({ place: 'cleanTokens.before', effect, ask: hook }, connections, new AbortController().signal)
  expect(await begin('e1')).toMatchObject({ is: 'done' })
  await store.raise('k7w2m', own.fence)
  expect(await begin('e2')).toMatchObject({ is: 'failed', failure: { fault: { code: 'FENCED' } } })
  expect(hosts.asked).toHaveLength(1)
})
