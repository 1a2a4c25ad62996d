import { afterEach, describe, expect, test } from '@jest/globals'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { powerOff } from '../../src/lab/model/power.ts'
import { survey } from '../../src/engine/survey.ts'
import { forecast } from '../../src/procedure/forecast.ts'
import { closeLabs, lab, maria, type LabFarm } from './harness.ts'
import type { RunInLab } from './run-in-lab.ts'

afterEach(closeLabs)

const WINDOWS_11 = { os: 'windows-11-23h2', office: 'ltsc-2021' } as const

/** Exit codes of the hooks that really ran, by machine. */
function ran(farm: LabFarm): readonly string[] {
  return farm.ledger().flatMap((entry) => (entry.did === 'hook' ? [`${entry.machine} ${String(entry.exit)}`] : []))
}

function stagesOf(run: RunInLab): readonly string[] {
  return run.events.flatMap((event) => (event.type === 'stage.entered' ? [event.place] : []))
}

function lineOf(run: RunInLab, type: string, what: string): number {
  return run.events.findIndex((event) => event.type === type && JSON.stringify(event).includes(what))
}

const onTarget = { on: 'target', effect: 'once', mayReboot: false } as const
const node = JSON.stringify(process.execPath)

describe('hooks around steps', () => {
  test('run before and after their step, on target, server and this machine, and the rest of the run is as ever', async () => {
    const farm = await lab(WINDOWS_11)
    const mark = join(farm.folder, 'mark.txt')
    await writeFile(join(farm.folder, 'mark.cjs'), `require('fs').writeFileSync('mark.txt', process.env.VDP_text)`)
    const run = await farm.run('kms-new-image', {
      hooks: {
        cleanTokens: {
          before: [
            { name: 'Updates', ...onTarget, run: "Write-Output 'all updates are in'" },
            { name: 'Count', ...onTarget, run: 'exit 3010', success: [0, 3010] },
          ],
        },
        sealVDisk: { after: [{ name: 'Tell', on: 'pvs', run: 'exit 0' }] },
        verify: { before: [{ name: 'Mark', on: 'local', run: `${node} mark.cjs`, parameters: { text: 'sealed' } }] },
      },
    })

    expect(run.says).toBe('verified')
    expect(ran(farm)).toEqual(['W11-MASTER 0', 'W11-MASTER 3010', 'PVS01 0'])
    expect(await readFile(mark, 'utf8')).toBe('sealed')
    expect(Object.values(run.view.memory.hooks)).toMatchObject([
      { name: 'Updates', ended: 'succeeded', code: 0 },
      { name: 'Count', ended: 'succeeded', code: 3010 },
      { name: 'Tell', code: 0 },
      { name: 'Mark', code: 0 },
    ])
    expect(stagesOf(run).filter((place) => /\.(before|after)$/.test(place))).toEqual([
      'cleanTokens.before',
      'sealVDisk.after',
      'verify.before',
    ])
    expect(lineOf(run, 'stage.done', 'confirmSeal')).toBeLessThan(lineOf(run, 'intended', 'Tell'))
    expect(run.story()).toContain('cleanTokens.before: done: hook "Updates" ended with 0; hook "Count" ended with 3010')
    expect(JSON.stringify(run.events)).toContain('all updates are in')
  })

  test('of what a hook prints the last lines stand in the journal, without the secrets of this process', async () => {
    const farm = await lab(WINDOWS_11)
    farm.composition.redactor.learn('hunter2-hunter2')
    const script = `console.log('first ' + 'x'.repeat(5000)); console.log('the password is hunter2-hunter2')`
    await writeFile(join(farm.folder, 'say.cjs'), script)
    const run = await farm.run('kms-new-image', {
      hooks: { cleanTokens: { before: [{ name: 'Say', on: 'local', run: `${node} say.cjs` }] } },
    })
    expect(run.says).toBe('verified')
    const acted = run.events.find((event) => event.type === 'acted' && event.place === 'cleanTokens.before')
    const told = JSON.stringify(acted)
    expect(told).toContain('the password is [secret]')
    expect(told).not.toContain('first')
    expect(told.length).toBeLessThan(2000)
  })

  test('bring the sealed disk to the other servers of a local store, and the run goes on only once the copies are equal', async () => {
    const farm = await lab({ ...WINDOWS_11, store: 'local' })
    const seal = { replicate: 'hook' }
    const copy = (run: string) => ({
      seal,
      hooks: { sealVDisk: { after: [{ name: 'Copy', on: 'pvs', run, effect: 'idempotent' }] } },
    })
    const run = await farm.run('kms-new-image', copy('robocopy D:\\Store \\\\PVS02\\D$\\Store W11-Office.*'))
    expect(run.says).toBe('verified')
    expect(farm.ledger().filter(({ did }) => did === 'replicated')).toHaveLength(1)

    const idle = await lab({ ...WINDOWS_11, store: 'local' })
    const without = await idle.run('kms-new-image', copy('exit 0'))
    expect(without.says).toBe('REPLICA_STALE')
    expect(without.held?.place).toBe('sealVDisk.confirmCopies')
  })
})

test('a plan shows each hook with its host, also where the step itself cannot be foreseen', async () => {
  const farm = await lab(WINDOWS_11)
  const hooks = {
    cleanTokens: { before: [{ name: 'Updates', ...onTarget, run: 'x' }], after: [{ name: 'Tell', on: 'local', run: 'x' }] },
  }
  const plan = await farm.plan('kms-update-image', { hooks })
  const world = await farm.world()
  try {
    const foreseen = await survey(world.hosts, forecast(plan, maria), new AbortController().signal)
    expect(foreseen.steps.find(({ step }) => step === 'cleanTokens')).toMatchObject({
      outlook: 'will-act',
      acts: [
        { what: 'run hook "Updates"', host: farm.names.master },
        { what: 'run hook "Tell"', host: 'this machine' },
      ],
      until: { step: 'createVDisk' },
    })
    expect(ran(farm)).toEqual([])
  } finally {
    await world.hosts.close()
    await world.store.close()
  }
})

describe('a hook that fails', () => {
  const failing = { hooks: { cleanTokens: { before: [{ name: 'Updates', ...onTarget, run: 'exit 5' }] } } }

  test('holds the run; a retry alone does not run it again; a person may', async () => {
    const farm = await lab(WINDOWS_11)
    const run = await farm.run('kms-new-image', failing)
    expect(run.held).toMatchObject({
      fault: { code: 'HOOK_FAILED', details: { hook: 'Updates', step: 'cleanTokens', code: 5 } },
      options: [{ name: 'hook-done' }, { name: 'hook-again' }],
    })
    await run.answer('retry')
    expect(run.says).toBe('HOOK_FAILED')
    expect(ran(farm)).toEqual(['W11-MASTER 5'])
    await run.answer('approve', { option: 'hook-again' })
    expect(run.says).toBe('HOOK_FAILED')
    expect(ran(farm)).toEqual(['W11-MASTER 5', 'W11-MASTER 5'])
    await run.answer('approve', { option: 'hook-done' })
    expect(run.says).toBe('verified')
    expect(ran(farm)).toHaveLength(2)
    expect(run.view.memory.hooks).toMatchObject({ 'cleanTokens.before.1': { ended: 'taken-as-done', code: null } })
  })

  test('taken as done says nothing of the next one', async () => {
    const farm = await lab(WINDOWS_11)
    const [first] = failing.hooks.cleanTokens.before
    const run = await farm.run('kms-new-image', { hooks: { cleanTokens: { before: [first, { ...first, name: 'More' }] } } })
    await run.answer('approve', { option: 'hook-done' })
    expect(run.held?.fault).toMatchObject({ code: 'HOOK_FAILED', details: { hook: 'More' } })
  })

  test('by its time is stopped, on the target and on this machine, and holds', async () => {
    const farm = await lab(WINDOWS_11)
    const hooks = [{ name: 'Slow', ...onTarget, run: 'Start-Sleep 600', timeout: '1m' }]
    const run = await farm.run('kms-new-image', { hooks: { cleanTokens: { before: hooks } } })
    expect(run.held?.fault).toMatchObject({ code: 'HOOK_FAILED', details: { code: 'no exit code: stopped after its 60 s' } })
    await run.answer('abort')
    expect(run.outcome).toBe('aborted')
  })

  test('that may be done again is run again by a retry', async () => {
    const farm = await lab(WINDOWS_11)
    const hooks = [{ name: 'Updates', ...onTarget, effect: 'idempotent', run: 'exit 5' }]
    const run = await farm.run('kms-new-image', { hooks: { cleanTokens: { before: hooks } } })
    await run.answer('retry')
    expect(run.says).toBe('HOOK_FAILED')
    expect(ran(farm)).toEqual(['W11-MASTER 5', 'W11-MASTER 5'])
  })
})

describe('a hook whose answer is lost', () => {
  const lost = (when: 'before' | 'after', effect: 'once' | 'idempotent', on: 'target' | 'pvs' = 'target') => ({
    faults: [{ fault: `link-lost-${when}-act`, op: 'Invoke-VdpHook' }],
    hooks: { cleanTokens: { before: [{ name: 'Updates', on, effect, mayReboot: false, run: 'exit 0' }] } },
  })

  test.each([
    ['target', 'W11-MASTER'],
    ['pvs', 'PVS01'],
  ] as const)('and that ended is known by its receipt and not run again (on %s)', async (on, machine) => {
    const { faults, hooks } = lost('after', 'once', on)
    const farm = await lab({ ...WINDOWS_11, faults })
    const run = await farm.run('kms-new-image', { hooks })
    expect(run.says).toBe('verified')
    expect(ran(farm)).toEqual([`${machine} 0`])
    expect(run.events.find(({ type }) => type === 'settled')).toMatchObject({ receipt: 'ended' })
  })

  test('before it began is begun once more, also where it may run only once', async () => {
    const { faults, hooks } = lost('before', 'once')
    const farm = await lab({ ...WINDOWS_11, faults })
    const run = await farm.run('kms-new-image', { hooks })
    expect(run.says).toBe('verified')
    expect(ran(farm)).toEqual(['W11-MASTER 0'])
  })

  test('while it ran, and was killed with its link, is not run again where it may run only once', async () => {
    const farm = await lab({ ...WINDOWS_11, world: { linkLossKillsAct: 'yes' } })
    const begun = await beginAndCut(farm, 'once')
    expect(begun.held).toMatchObject({
      fault: { code: 'HOOK_OUTCOME_UNKNOWN', details: { hook: 'Updates', host: 'W11-MASTER', effect: 'once' } },
      options: [{ name: 'hook-done' }, { name: 'hook-again' }],
    })
    expect(ran(farm)).toEqual([])
    await begun.answer('retry')
    expect(begun.says).toBe('HOOK_OUTCOME_UNKNOWN')
    await begun.answer('approve', { option: 'hook-again' })
    expect(begun.says).toBe('verified')
    expect(ran(farm)).toEqual(['W11-MASTER 0'])
  })

  test('while it ran is run again where it may be, as often as the policy says', async () => {
    const farm = await lab({ ...WINDOWS_11, world: { linkLossKillsAct: 'yes' } })
    const run = await beginAndCut(farm, 'idempotent', { cleanTokens: { attempts: 2 } })
    expect(run.says).toBe('verified')
    expect(ran(farm)).toEqual(['W11-MASTER 0'])
    expect(run.events.filter((event) => event.type === 'intended' && event.place === 'cleanTokens.before')).toHaveLength(2)
  })
})

/** A run whose hook on the target loses its link a minute after it began, once. */
async function beginAndCut(farm: LabFarm, effect: string, policy: object = {}): Promise<RunInLab> {
  // What a machine that goes down does to its connections, without going down.
  inTheFirstHook(farm, () => farm.model.onPower.forEach((call) => call(farm.master, false)))
  const hooks = { cleanTokens: { before: [{ name: 'Updates', on: 'target', effect, mayReboot: false, run: 'Start-Sleep 300' }] } }
  return await farm.run('kms-new-image', { hooks, policy })
}

/** Lets something happen a minute after the first hook has begun. */
function inTheFirstHook(farm: LabFarm, happen: () => void): void {
  const open = farm.openStore
  let begun = false
  farm.openStore = () => {
    const store = open()
    const start: typeof store.start = async (run, id, ...rest) => {
      const input = (await store.load(run))?.effects.find((effect) => effect.id === id)?.input
      if (!begun && JSON.stringify(input).includes('Invoke-VdpHook')) {
        begun = true
        farm.model.time.after(60_000, happen)
      }
      return await store.start(run, id, ...rest)
    }
    return { ...store, start }
  }
}

describe('a hook and the boot of the target', () => {
  test('one that reboots it before the window is waited for, and the next hook finds the target back', async () => {
    const farm = await lab(WINDOWS_11)
    const run = await farm.run('kms-new-image', {
      hooks: {
        cleanTokens: {
          before: [
            { name: 'Updates', on: 'target', run: 'Restart-Computer', mayReboot: true },
            { name: 'Again', ...onTarget, run: 'exit 0' },
          ],
        },
      },
    })
    expect(run.says).toBe('verified')
    expect(farm.ledger(farm.names.master).shutdowns.slice(0, 1)).toEqual(['reboot'])
    expect(run.view.memory.hooks['cleanTokens.before.1']?.says).toContain('answers after a reboot')
  })

  test('one that may reboot it and does not costs a minute of waiting', async () => {
    const farm = await lab(WINDOWS_11)
    const hooks = [{ name: 'Updates', on: 'target', run: 'exit 0' }]
    const run = await farm.run('kms-new-image', { hooks: { cleanTokens: { before: hooks } } })
    expect(run.says).toBe('verified')
    expect(run.view.memory.hooks['cleanTokens.before.1']?.says).toContain('was not rebooted')
  })

  test('a reboot inside the window is caught, whatever the hook has promised, and it is not run again unasked', async () => {
    const farm = await lab(WINDOWS_11)
    inTheFirstHook(farm, () => powerOff(farm.model, farm.master, true))
    const hooks = [{ name: 'Tidy', ...onTarget, run: 'Start-Sleep 300' }]
    const run = await farm.run('kms-new-image', { hooks: { sealVDisk: { before: hooks } } })
    expect(run.says).toBe('REARM_LOST')
    await run.answer('approve', { option: 'rearm-again' })
    expect(run.held).toMatchObject({ place: 'sealVDisk.before', fault: { code: 'HOOK_OUTCOME_UNKNOWN' } })
    await run.answer('approve', { option: 'hook-done' })
    expect(run.says).toBe('verified')
    expect(ran(farm)).toEqual([])
  })

  test('on a target that nobody has booted yet holds with its name', async () => {
    const farm = await lab({ ...WINDOWS_11 })
    const hooks = [{ name: 'Early', ...onTarget, run: 'exit 0' }]
    const run = await farm.run('kms-update-image', { office: { present: 'none' }, hooks: { createVDisk: { before: hooks } } })
    expect([run.says, run.held?.fault.details['hook'] ?? null]).toEqual(['HOOK_TARGET_OFF', 'Early'])
  })
})
