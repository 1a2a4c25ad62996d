import { afterEach, describe, expect, test } from '@jest/globals'
import { decide } from '../../src/engine/decide.ts'
import { takeOver } from '../../src/engine/take-over.ts'
import { faultOf } from '../../src/faults/fault.ts'
import { describeFault } from '../../src/faults/table.ts'
import { connect } from '../../src/store/sqlite/connect.ts'
import { storeOn } from '../../src/store/sqlite/open.ts'
import { aylin, closeLabs, jonas, lab, maria, type LabFarm } from './harness.ts'
import type { RunInLab } from './run-in-lab.ts'

afterEach(closeLabs)

const flagship = { os: 'windows-11-23h2', office: 'ltsc-2021' } as const
const once = [
  { product: 'Office', effective: true },
  { product: 'Windows', effective: true },
]

async function thrownBy(work: Promise<unknown>) {
  return await work.then(
    () => null,
    (thrown: unknown) => faultOf(thrown),
  )
}

describe('several people at one run', () => {
  test('started by one, approved by another, resumed by a third after its owner died: the record tells who and when', async () => {
    const farm = await lab(flagship)
    const run = await farm.run('kms-new-image', { approvals: { rearmOffice: { anotherPerson: true } } }, maria)
    expect(run.stop).toBe('waiting')
    expect(await run.decide('approve', { by: jonas, reason: 'counters checked' })).toBeNull()
    await run.dieUnder(maria)
    await run.resume(aylin)

    expect(run.outcome).toBe('verified')
    expect(farm.ledger(farm.names.master).rearms).toEqual(once)
    const { view } = run
    expect(view.startedBy?.login).toBe('maria')
    expect(view.decisions).toMatchObject([{ decision: 'approve', by: jonas, reason: 'counters checked' }])
    const owners = run.lines.flatMap(({ at, event }) =>
      event.type === 'owner.claimed' ? [{ at, login: event.by.login, resumed: event.resumed }] : [],
    )
    expect(owners.map(({ login, resumed }) => [login, resumed])).toEqual([
      ['maria', false],
      ['maria', true],
      ['aylin', true],
    ])
    const times = run.lines.map(({ at }) => at)
    expect(times).toEqual(times.toSorted((one, other) => one - other))
    const story = run.story()
    expect(story).toContain('maria@ops1 started W11-Office')
    expect(story).toContain('waits for approval')
    expect(story).toContain('jonas@ops2 decided: approve ("counters checked")')
    expect(story).toContain('aylin@ops3 resumed the run')
  })

  test('of two who decide at once one wins, and the other is told who did what', async () => {
    const farm = await lab(flagship)
    const run = await farm.run('kms-new-image', { approvals: { rearmOffice: true } })
    const [one, other] = [await farm.world(), await farm.world()]
    const saying = { option: null, reason: 'now' }
    const answers = await Promise.all([
      thrownBy(decide(one, run.id, { type: 'approve', by: jonas, ...saying })),
      thrownBy(decide(other, run.id, { type: 'abort', by: aylin, ...saying })),
    ])
    await Promise.all([one.store.close(), other.store.close()])

    const lost = answers.filter((answer) => answer !== null)
    expect(lost).toHaveLength(1)
    await run.resume()
    const [winner] = run.view.decisions
    expect(run.view.decisions).toHaveLength(1)
    expect(['MOVED_ON', 'NOTHING_TO_DECIDE', 'RUN_ENDED']).toContain(lost[0]?.code)
    const told = describeFault(lost[0]?.code ?? 'INTERNAL', lost[0]?.details ?? {})
    expect(told.says).toContain(winner?.by.login ?? 'nobody')
    expect(told.says).toContain(winner?.decision ?? 'nothing')
  })

  test('one who comes late is told who decided what', async () => {
    const farm = await lab(flagship)
    const run = await farm.run('kms-new-image', { approvals: { rearmOffice: true } })
    expect(await run.decide('approve', { by: jonas })).toBeNull()
    const late = await run.decide('approve', { by: aylin })

    expect(late?.code).toBe('NOTHING_TO_DECIDE')
    expect(describeFault('NOTHING_TO_DECIDE', late?.details ?? {}).says).toContain('jonas@ops2')
  })

  test('a second run on one vDisk is told who holds it since when, and leaves nothing behind', async () => {
    const farm = await lab(flagship)
    const run = await farm.run('kms-new-image', { approvals: { rearmOffice: true } }, maria)
    const refused = await thrownBy(farm.run('kms-new-image', {}, jonas))

    expect(refused?.code).toBe('BUSY')
    expect(refused?.details).toMatchObject({ holder: run.id, who: 'maria@ops1' })
    expect(String(refused?.details['since'])).toMatch(/^2026-/)
    const { store, hosts } = await farm.world()
    expect((await store.list()).map((one) => one.run)).toEqual([run.id])
    await Promise.all([store.close(), hosts.close()])

    await run.answer('approve', { by: jonas })
    expect(run.outcome).toBe('verified')
  })
})

describe('a store that cannot be written', () => {
  /** Resumes over that store until it refuses; what was begun has its intent in the journal. */
  async function stopsUnwritten(farm: LabFarm, run: RunInLab, openStore: LabFarm['openStore'], code: string) {
    const usual = farm.openStore
    const before = farm.ledger(farm.names.master).rearms.length
    farm.openStore = openStore
    const fault = await thrownBy(run.resume(aylin))
    farm.openStore = usual
    expect(fault?.code).toBe(code)

    const world = await farm.world()
    if ((await world.store.leases()).length > 0) await takeOver(world, farm.composition.ids, run.id, aylin, 'it could not write')
    await run.reread()
    await Promise.all([world.store.close(), world.hosts.close()])
    const intended = run.acts().filter((what) => what.startsWith('rearm ')).length
    expect(farm.ledger(farm.names.master).rearms.length).toBeLessThanOrEqual(Math.max(before, intended))
  }

  test('because it is full stops the run before its next act; with room it goes on from the last commit', async () => {
    const farm = await lab(flagship)
    const run = await farm.run('kms-new-image', { approvals: { rearmOffice: true } })
    await run.decide('approve', { by: jonas })
    for (const spare of [0, 2, 4, 6]) {
      const tight = () => {
        const connection = connect(farm.storeFile, {})
        const pages = Number(connection.db.prepare('pragma page_count').get()?.['page_count'])
        connection.db.exec(`pragma max_page_count = ${String(pages + spare)}`)
        return storeOn(connection)
      }
      await stopsUnwritten(farm, run, tight, 'STORE_FULL')
    }
    await run.resume(aylin)
    expect(run.outcome).toBe('verified')
    expect(farm.ledger(farm.names.master).rearms).toEqual(once)
  })

  test('because it is read-only does not begin to go on', async () => {
    const farm = await lab(flagship)
    const run = await farm.run('kms-new-image', { approvals: { rearmOffice: true } })
    await run.decide('approve', { by: jonas })
    const acts = farm.ledger().length
    await stopsUnwritten(farm, run, () => farm.composition.openStore(farm.storeFile, true), 'STORE_READ_ONLY')
    expect(farm.ledger()).toHaveLength(acts)

    await run.resume(aylin)
    expect(run.outcome).toBe('verified')
    expect(farm.ledger(farm.names.master).rearms).toEqual(once)
  })
})
