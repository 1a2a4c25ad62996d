import { afterEach, describe, expect, test } from '@jest/globals'
import { sealedBy } from '../../src/engine/seals.ts'
import { powerOn } from '../../src/lab/model/power.ts'
import { machineLine } from '../../src/report/events/event-schema.ts'
import { driveRuns, driving } from '../../src/ui/cli/commands/drive-runs.ts'
import { sealSince, tellDrift } from '../../src/ui/cli/commands/verify-since.ts'
import type { FleetLook } from '../../src/ui/cli/screens/clone-watch.ts'
import { watchFleet } from '../../src/ui/cli/watch-fleet.ts'
import type { Terminal } from '../../src/ui/cli/terminal.ts'
import { verificationOf } from '../../src/workflow/verification.ts'
import { closeLabs, lab, maria, type LabFarm } from './harness.ts'
import { RunInLab } from './run-in-lab.ts'

afterEach(closeLabs)

/** Looks at the vDisk of a farm until `enough`, as `verify --watch 10m` does. */
async function watched(farm: LabFarm, enough: (look: FleetLook) => boolean): Promise<readonly FleetLook[]> {
  const plan = verificationOf(await farm.plan('kms-new-image'))
  const [world, stop, looks] = [await farm.world(), new AbortController(), [] as FleetLook[]]
  await watchFleet(
    [{ plans: [plan], hosts: world.hosts }],
    { store: world.store, clock: world.farmClock },
    600_000,
    stop.signal,
    (look) => {
      looks.push(look)
      if (enough(look)) stop.abort()
    },
  )
  await world.hosts.close()
  await world.store.close()
  return looks
}

function printing(): { readonly terminal: Terminal; readonly lines: string[] } {
  const lines: string[] = []
  const out = (text: string) => void lines.push(text)
  return { lines, terminal: { width: 80, interactive: false, out, err: out, paint: (_style, text) => text } as Terminal }
}

describe('a vDisk after its seal', () => {
  test('is watched without a run: nothing is known while its canaries are off, then grace, then right; its drift is told by the run that sealed it', async () => {
    const farm = await lab({ os: 'windows-11-23h2', office: 'ltsc-2021' })
    const sealing = await farm.run('kms-new-image')
    const before = farm.ledger().length
    expect((await watched(farm, () => true))[0]?.lines).toMatchObject([
      {
        title: 'W11-Office',
        verdict: 'unknown',
        says: expect.stringMatching(/^nothing to look at/),
        last: { run: sealing.id, outcome: 'verified' },
      },
    ])
    expect(farm.ledger()).toHaveLength(before)

    const product = farm.disk.versions[0]?.image?.office?.products.pop()?.product
    for (const canary of farm.lab.cast.canaries) {
      canary.disks.unshift({ guid: farm.disk.guid, enabled: true })
      powerOn(farm.model, canary)
    }
    const looks = await watched(farm, ({ lines }) => lines[0]?.verdict === 'pass')
    const verdicts = looks.map(({ lines }) => lines[0]?.verdict)
    expect(verdicts.slice(0, -1)).toContain('warn')
    expect(looks.at(-1)?.lines[0]).toMatchObject({ code: null, says: '2 distinct CMIDs, all licensed' })
    expect((looks.at(-1)?.at ?? 0) - (looks[0]?.at ?? 0)).toBeGreaterThan(600_000)

    const store = farm.openStore()
    const plan = await farm.plan('kms-new-image')
    const known = await sealedBy(store, plan, null)
    expect(known).toMatchObject({ run: sealing.id, version: null })
    const looking = await RunInLab.begin(farm, verificationOf(plan, known === null ? {} : { sealedBy: known }), maria)
    const { terminal, lines } = printing()
    await tellDrift(store, looking.id, await sealSince(store, plan, true), terminal, {})
    await tellDrift(store, looking.id, await sealSince(store, plan, sealing.id.slice(0, 3)), terminal, { json: true })
    await expect(sealSince(store, plan, '7')).rejects.toMatchObject({ code: 'NOTHING_SEALED' })
    const job = { label: 'W11', run: looking.id, ended: true, claim: () => Promise.reject(new Error('it is over')) }
    const machine = printing()
    const seal = await sealSince(store, plan, true)
    const lastWords = () => tellDrift(store, looking.id, seal, machine.terminal, { json: true })
    await driveRuns([job], await farm.world(), maria, machine.terminal, {
      ...driving({ json: true }, farm.composition),
      lastWords,
    })
    const types = machine.lines.map((line) => (JSON.parse(line) as { type: string }).type)
    expect(types.slice(-2)).toEqual(['drift', 'result'])
    await store.close()
    expect(machineLine.safeParse(JSON.parse(lines.at(-1) ?? '')).success).toBe(true)
    const told = JSON.parse(lines.pop() ?? '') as { drifts: { subject: string; is: string; then: readonly string[] }[] }
    expect(told.drifts.filter(({ is }) => is === 'changed').map(({ subject }) => subject)).toEqual(['office', 'officeKeys'])
    expect(told.drifts[0]?.then).toContain(product)
    expect(lines.join('\n')).toMatch(/since run \w{5} sealed it on .*: 2 changed, 1 not known\n {2}CHANGED {2}Office/)
    expect(lines.every((line) => line.length <= 80)).toBe(true)
  })
})
