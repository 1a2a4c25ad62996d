import { afterAll, describe, expect, test } from '@jest/globals'
import { DatabaseSync } from 'node:sqlite'
import { connect } from '../../../src/store/sqlite/connect.ts'
import { storeOn } from '../../../src/store/sqlite/open.ts'
import { pragma } from '../../../src/store/sqlite/statement.ts'
import { begin, linesOf, loaded, turn } from '../../contract/store-rig.ts'
import { scratch } from './scratch.ts'

const place = scratch()
afterAll(() => place.clear())

/** A store with one run, and its connection to set limits on. */
async function opened() {
  const connection = connect(place.path())
  const store = place.keep(storeOn(connection))
  await begin(store)
  return { store, ...connection }
}

describe('a store that cannot write', () => {
  test('because the disk is full says so and has written nothing of the turn', async () => {
    const { store, db, path } = await opened()
    const before = await loaded(store)
    db.exec(`pragma max_page_count = ${String(pragma(db, 'page_count'))}`)
    const large = turn({
      entries: [
        { type: 'small', at: 1, body: null },
        { type: 'large', at: 1, body: 'x'.repeat(100_000) },
      ],
      effects: [{ id: 'rearm', kind: 'act', input: null }],
      timers: [{ id: 'deadline', dueAt: 1, event: null }],
    })
    await expect(store.commit(large)).rejects.toMatchObject({ code: 'STORE_FULL', details: { path } })
    expect(await loaded(store)).toEqual(before)
    expect(await linesOf(store)).toHaveLength(1)

    db.exec('pragma max_page_count = 1000000')
    expect(await store.commit(large)).toEqual({ revision: 2, seq: 3 })
    expect(await store.audit('8k2')).toMatchObject({ lines: 3 })
  })

  test('a turn that JSON cannot hold is refused before anything is written', async () => {
    const { store } = await opened()
    await expect(store.commit(turn({ snapshot: 1n }))).rejects.toThrow(TypeError)
    await expect(store.commit(turn({ entries: [{ type: 'x', at: 1, body: { n: 1n } }] }))).rejects.toThrow(TypeError)
    expect(await loaded(store)).toMatchObject({ revision: 1, seq: 1 })
  })
})

describe('a store changed behind its back', () => {
  test('with a snapshot that is no JSON is called damaged, not guessed', async () => {
    const { store, db } = await opened()
    db.exec(`update run set snapshot = '{"value":'`)
    await expect(store.load('8k2')).rejects.toMatchObject({ code: 'STORE_DAMAGED' })
  })

  test.each(['not JSON', '{"by": 1}', '{"a":1,"a":1}'])('names the line whose body is now %s', async (text) => {
    const { store, db } = await opened()
    await store.commit(turn())
    db.prepare('update journal set body = ? where seq = 2').run(text)
    expect(await store.audit('8k2')).toMatchObject({ broken: 2 })
  })

  test('with an index that disagrees with its table fails its audit as a whole', async () => {
    const { store, db, path } = await opened()
    await store.claim({ run: '8k2', keys: ['vdisk'], owner: 'p1', who: 'maria', at: 1, until: 2 })
    await store.close()
    const hand = new DatabaseSync(path, { defensive: false })
    hand.exec('pragma writable_schema = on')
    hand.exec(`update sqlite_schema set sql = replace(sql, '(run, owner)', '(owner, run)') where name = 'lease_of_run'`)
    hand.close()
    expect(db.isOpen).toBe(false)
    expect(() => connect(path)).not.toThrow()
    const reopened = place.keep(storeOn(connect(path)))
    await expect(reopened.audit('8k2')).rejects.toMatchObject({ code: 'STORE_DAMAGED' })
  })
})
