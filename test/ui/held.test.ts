import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { join } from 'node:path'
import type { ChildProcess } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { desk, EXAMPLE, expectScreen, lines, printed, type Desk, type Ended } from './vdiskprep.ts'

let at: Desk
let lab: ChildProcess & { readonly ended: Promise<Ended> }
const decide = (...args: string[]) => at.vdp('decide', ...args)
const newest = async () => String(lines((await at.vdp('list', '--json')).out)[0]?.['run'])

/** The target is on and runs from the disk, so that the plan can see SkipRearm before anything is changed. */
beforeAll(async () => {
  at = await desk({ NO_COLOR: '1' })
  const farm = readFileSync(join(at.home, EXAMPLE, 'lab.yaml'), 'utf8')
    .replace('writeCacheType: 9', 'writeCacheType: 0')
    .replace('edition: Enterprise', 'edition: Enterprise\n    activated: true')
    .replace('name: W11-MASTER, role: master,', 'name: W11-MASTER, role: master, power: on,')
  writeFileSync(join(at.home, 'lab.yaml'), `${farm}\nfaults: [{ fault: skip-rearm-left-over }]\n`)
  writeFileSync(
    join(at.home, 'w11.yaml'),
    `extends: ${join(EXAMPLE, 'w11.yaml')}\ninventory: lab/inventory.yaml\napprovals: { sealVDisk: { reason: four eyes } }\n`,
  )
  lab = at.begin('lab', '--farm', 'lab.yaml', '--speed', '500', '--json')
  await printed(lab, '"ready":true')
}, 60_000)

afterAll(async () => {
  lab.kill('SIGTERM')
  await lab.ended
  await at.clear()
})

test('a plan foresees the hold, the approval and the counters', async () => {
  const { code, out } = await at.vdp('plan', 'w11.yaml')
  expect(code).toBe(4)
  expectScreen('plan-blocked', out, at.home)
})

test('Ctrl-C stops a plan at once, whatever it waits for, and says that it changed nothing', async () => {
  const silent = createServer().listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const connected = once(silent, 'connection')
  const port = `port: ${String((silent.address() as AddressInfo).port)}`
  const inventory = readFileSync(join(at.home, 'lab', 'inventory.yaml'), 'utf8').replaceAll(/port: \d+/g, port)
  writeFileSync(join(at.home, 'lab', 'silent.yaml'), inventory)
  writeFileSync(join(at.home, 'silent.yaml'), `extends: ${join(EXAMPLE, 'w11.yaml')}\ninventory: lab/silent.yaml\n`)
  const plan = at.begin('plan', 'silent.yaml')
  const [socket] = (await connected) as [Socket]
  plan.kill('SIGINT')
  const { code, err } = await plan.ended
  expect([code, err]).toEqual([130, expect.stringMatching(/A plan only reads[\s\S]*vdiskprep plan [^\n]*silent\.yaml/)])
  socket.destroy()
  silent.close()
})

test('a run is held before its first change, with every way on', async () => {
  const { code, out } = await at.vdp('run', 'w11.yaml', '--quiet')
  expect(code).toBe(4)
  expectScreen('held', out, at.home)
})

test('explain --run says why it is held, with its own facts, and changes nothing', async () => {
  const { code, out } = await at.vdp('explain', '--run', 'w11-office')
  expect([code, out.replaceAll(/\s+/g, ' ')]).toEqual([
    0,
    expect.stringMatching(/is held at step 0 preflight.*CHECKS_FAILED .*rearm\.skip/),
  ])
  const [told] = lines((await at.vdp('explain', '--run', await newest(), '--json')).out)
  expect(told).toMatchObject({ state: 'held', fault: { code: 'CHECKS_FAILED' }, told: { effect: expect.any(String) } })
})

test('what is printed for another store names that store, and status and explain tell the same ways on', async () => {
  const store = join('state', 'runs.db')
  const said = [await at.vdp('status', '--store', store), await at.vdp('explain', '--run', '--store', store)]
  for (const { out } of said) {
    expect(out).toMatch(/decide \w+@\d+ retry --store state.runs\.db\n +It looks again, and acts again only where that is safe\./)
    expect(out).not.toMatch(/vdiskprep (decide|show) (?!.*--store)/)
  }
})

describe('a decision', () => {
  test('that a colleague will ask about needs a reason', async () => {
    for (const decision of ['mark-done', 'skip', 'abort', 'take-over']) {
      const { code, err } = await decide(await newest(), decision)
      expect([code, err]).toEqual([2, expect.stringMatching(/^DECISION_REFUSED[\s\S]*needs a reason[\s\S]*--reason/)])
    }
  })

  test('to skip is refused where the procedure does not allow it', async () => {
    const { code, err } = await decide(await newest(), 'skip', '--reason', 'in a hurry')
    expect([code, err]).toEqual([2, expect.stringContaining('may not be skipped')])
  })

  test('to approve has to name what is offered', async () => {
    const run = await newest()
    expect((await decide(run, 'approve')).err).toContain('--option')
    expect((await decide(run, 'approve', '--option', 'everything')).err).toMatch(/"everything" is not offered here/i)
  })

  test('is recorded once, with the position of the screen it rests on: the second is told what has happened since', async () => {
    const run = await newest()
    const shown = /decide (\w+@\d+) approve/.exec((await at.vdp('status')).out)?.[1] ?? ''
    const never = await decide(`${run}@9999`, 'retry')
    expect([never.code, never.err]).toEqual([2, expect.stringContaining('has no line 9999')])
    const check = (lines((await at.vdp('status', '--json')).out)[0]?.['held'] as { options: { name: string }[] }).options[0]
    const first = await decide(shown, 'approve', '--option', check?.name ?? '', '--reason', 'known', '--as', 'maria', '--json')
    expect([first.code, lines(first.out)]).toEqual([0, [expect.objectContaining({ decision: 'approve', reason: 'known' })]])
    const second = await decide(run, 'approve', '--option', check?.name ?? '')
    expect([second.code, second.err]).toEqual([2, expect.stringMatching(/^(DECISION_REFUSED|NOTHING_TO_DECIDE)/)])
    const late = await decide(shown, 'retry')
    expect([late.code, late.err]).toEqual([7, expect.stringMatching(/^MOVED_ON[^]*\(says: maria\)\s+did\s+approve/)])
  })

  test('lets the run go on to the step itself, which asks before it removes the value', async () => {
    const { code, out } = await at.vdp('resume')
    expect(code).toBe(4)
    expect(out).toMatch(/HELD {2}SKIP_REARM_SET/)
    expect(out.match(/^--- above: .*\n.* resumed the run$/gm)).toHaveLength(1)
    const late = await decide(`${await newest()}@40`, 'retry')
    expect([late.code, late.err]).toEqual([7, expect.stringMatching(/^MOVED_ON/)])
    expect((await decide(await newest(), 'approve', '--option', 'remove-skip-rearm')).code).toBe(0)
  }, 120_000)

  test('of an approval is told apart from a hold, and the run ends verified', async () => {
    const asked = await at.vdp('resume', '--json')
    expect(asked.code).toBe(4)
    expect(lines(asked.out)).toContainEqual(expect.objectContaining({ type: 'approval.wanted' }))
    const status = (await at.vdp('status')).out
    expect(status).toMatch(/ worked \d[^]*WAITS FOR APPROVAL[^]* - the workflow asks for it: four eyes\n[^]* - waiting \d/)
    expect((await at.vdp('list')).out).toMatch(/^ NEEDS YOU/)
    const approved = await decide(await newest(), 'approve', '--reason', 'seen')
    expect([approved.code, approved.out]).toEqual([
      0,
      expect.stringMatching(/^Recorded: approve by .*\nNothing runs until: {2}vdiskprep resume \w{5}\n/),
    ])
    expect((await at.vdp('resume', '--quiet')).code).toBe(0)
    const story = (await at.vdp('show')).out
    expect(story).toMatch(/\(says: maria\) decided: approve \S+ \("known"\)/)
  }, 120_000)
})

test('a run is taken over from an owner that lives: that one stops, another goes on', async () => {
  const slow = at.begin('lab', '--farm', join(EXAMPLE, 'lab.yaml'), '--dir', 'slow', '--speed', '100', '--json')
  await printed(slow, '"ready":true')
  try {
    const first = at.begin('run', join(EXAMPLE, 'w11.yaml'), '--inventory', 'slow/inventory.yaml')
    await printed(first, 'start W11-MASTER')
    const run = await newest()
    const busy = await at.vdp('resume', run)
    expect([busy.code, busy.err.split(' ')[0]]).toEqual([7, 'BUSY'])
    expect((await decide(run, 'take-over', '--reason', 'its laptop is going home')).code).toBe(0)
    const stopped = await first.ended
    expect([stopped.code, stopped.err]).toEqual([7, expect.stringContaining('FENCED')])

    expect((await decide(run, 'take-over', '--reason', 'again')).err).toContain('Nobody holds run')
    expect((await decide(run, 'abort', '--reason', 'enough seen')).code).toBe(0)
    const ended = await at.vdp('resume', run)
    expect(ended.code).toBe(6)
    expect((await at.vdp('show', run)).out).toMatch(/decided: take-over \("its laptop is going home"\)/)
  } finally {
    slow.kill('SIGTERM')
    await slow.ended
  }
}, 120_000)

test('Ctrl-C stops a run at a safe point and says how to go on', async () => {
  const first = at.begin('run', join(EXAMPLE, 'w11.yaml'), '--lab', join(EXAMPLE, 'lab.yaml'))
  await printed(first, 'open W11-Office in Private mode')
  first.kill('SIGINT')
  const { code, out, err } = await first.ended
  expect(code).toBe(130)
  expect(err).toContain('Stopping at the next safe point')
  expect(out).toMatch(/stopped at a safe point\. {2}Next: {2}vdiskprep resume \w{5}\n$/)
  expect(err).toContain('The simulated farm ended with this command')
}, 60_000)
