import { afterAll, describe, expect, test } from '@jest/globals'
import { chmodSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Fault } from '../../../src/faults/fault.ts'
import { connect } from '../../../src/store/sqlite/connect.ts'
import { openStore } from '../../../src/store/sqlite/open.ts'
import { migrations } from '../../../src/store/sqlite/migrations/list.ts'
import { pragma } from '../../../src/store/sqlite/statement.ts'
import { begin, loaded, turn } from '../../contract/store-rig.ts'
import { scratch } from './scratch.ts'

const place = scratch()
afterAll(() => place.clear())

const isWindows = process.platform === 'win32'
const onPosix = isWindows ? test.skip : test
const asOrdinaryUser = isWindows || process.getuid?.() === 0 ? test.skip : test

function refusal(path: string, options?: { readOnly: boolean }): { code: string; details: Record<string, unknown> } {
  try {
    place.keep(openStore(path, options))
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown
    throw thrown
  }
  throw new Error(`${path} opened`)
}

function byHand<T>(path: string, work: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(path)
  try {
    return work(db)
  } finally {
    db.close()
  }
}

async function filled(): Promise<string> {
  const path = place.path()
  const store = openStore(path)
  await begin(store)
  await store.close()
  return path
}

describe('opening a store', () => {
  onPosix('keeps it to its owner: new folders 0700, files 0600 (skipped on Windows: no such modes)', async () => {
    const path = place.path('new/deep/runs.db')
    await begin(place.keep(openStore(path)))
    const mode = (name: string) => (statSync(name).mode & 0o777).toString(8)
    expect([path, `${path}-wal`, `${path}-shm`].map(mode)).toEqual(['600', '600', '600'])
    expect([dirname(path), dirname(dirname(path))].map(mode)).toEqual(['700', '700'])
  })

  onPosix('leaves the mode of a folder that was there alone (skipped on Windows: no such modes)', () => {
    const folder = join(place.folder, 'shared')
    mkdirSync(folder)
    chmodSync(folder, 0o755)
    place.keep(openStore(join(folder, 'runs.db')))
    expect(statSync(folder).mode & 0o777).toBe(0o755)
  })

  test('writes through to the disk, waits in the event loop for a tenth of a second at most, and checks references', () => {
    const { db } = connect(place.path())
    const settings = ['journal_mode', 'synchronous', 'busy_timeout', 'foreign_keys'].map((name) => pragma(db, name))
    db.close()
    expect(settings).toEqual(['wal', 2, 100, 1])
  })

  test('gives an empty store of its own in memory', async () => {
    const [one, two] = [place.keep(openStore(':memory:')), place.keep(openStore(':memory:'))]
    await begin(one)
    expect([(await one.list()).length, (await two.list()).length]).toEqual([1, 0])
    expect(await one.audit('8k2')).toMatchObject({ lines: 1 })
  })

  test('can be closed twice and answers nothing after that', async () => {
    const store = openStore(place.path())
    await store.close()
    await store.close()
    await expect(store.list()).rejects.toThrow('not open')
  })

  test.each([
    ['a word', 'hello'],
    ['a page of text', 'x'.repeat(5000)],
    ['a header with nothing behind it', `SQLite format 3\0${'z'.repeat(4080)}`],
  ])('refuses a file that is no database: %s', (_, content) => {
    const path = place.path()
    writeFileSync(path, content)
    expect(refusal(path)).toMatchObject({ code: 'STORE_DAMAGED', details: { path } })
    expect(readFileSync(path, 'utf8')).toBe(content)
  })

  test('refuses a file that was cut short', async () => {
    const path = await filled()
    truncateSync(path, 4096 * 3)
    expect(refusal(path)).toMatchObject({ code: 'STORE_DAMAGED' })
  })

  test('refuses a file with a page overwritten', async () => {
    const path = await filled()
    const content = readFileSync(path)
    content.fill(0xa5, 4096, 8192)
    writeFileSync(path, content)
    expect(refusal(path)).toMatchObject({ code: 'STORE_DAMAGED' })
  })

  test("refuses another program's database and leaves it as it is", () => {
    const path = place.path()
    byHand(path, (db) => db.exec('create table run (mine text)'))
    expect(refusal(path)).toMatchObject({ code: 'STORE_DAMAGED', details: { why: 'it is a database of another program' } })
    expect(byHand(path, (db) => db.prepare('select name from sqlite_schema').all())).toEqual([{ name: 'run' }])
  })

  test('refuses a newer schema by name and leaves it as it is', async () => {
    const path = await filled()
    byHand(path, (db) => db.exec('pragma user_version = 99'))
    expect(refusal(path)).toMatchObject({ code: 'STORE_NEWER', details: { path, theirs: 99, ours: migrations.length } })
    expect(byHand(path, (db) => pragma(db, 'user_version'))).toBe(99)
  })

  test('refuses a folder, and a path through a file', async () => {
    const file = await filled()
    expect(refusal(place.folder).code).toBe('STORE_CANNOT_OPEN')
    expect(refusal(join(file, 'runs.db')).code).toBe('STORE_CANNOT_OPEN')
  })

  test('for reading shows everything, writes nothing and makes no file', async () => {
    const path = await filled()
    const store = place.keep(openStore(path, { readOnly: true }))
    expect(await loaded(store)).toMatchObject({ revision: 1 })
    expect(await store.audit('8k2')).toMatchObject({ lines: 1 })
    await expect(store.commit(turn())).rejects.toMatchObject({ code: 'STORE_READ_ONLY', details: { path } })
    expect(await loaded(store)).toMatchObject({ revision: 1 })
    expect(refusal(place.path('absent.db'), { readOnly: true }).code).toBe('STORE_CANNOT_OPEN')
  })

  asOrdinaryUser('of a file without write permission reads and refuses to write (skipped for root and on Windows)', async () => {
    const path = await filled()
    chmodSync(path, 0o400)
    const store = place.keep(openStore(path))
    expect(await loaded(store)).toMatchObject({ revision: 1 })
    await expect(store.commit(turn())).rejects.toMatchObject({ code: 'STORE_READ_ONLY' })
  })
})
