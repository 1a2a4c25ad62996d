import { describe, expect, test } from '@jest/globals'
import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { isCurrent, migrate } from '../../../src/store/sqlite/migrate.ts'
import { migrations } from '../../../src/store/sqlite/migrations/list.ts'
import { pragma } from '../../../src/store/sqlite/statement.ts'

describe('migrations', () => {
  test('are numbered without gaps, one file each, all of them listed', () => {
    const files = readdirSync(new URL('../../../src/store/sqlite/migrations/', import.meta.url)).filter((name) =>
      /^\d/.test(name),
    )
    expect(files.map((name) => Number(name.slice(0, 4)))).toEqual(migrations.map((_, index) => index + 1))
  })

  test('that were published never change: a store somewhere was built by them', () => {
    expect(migrations.map((sql) => createHash('sha256').update(sql).digest('hex'))).toEqual(PUBLISHED)
  })

  test('run from where a store stands, each once', () => {
    const db = new DatabaseSync(':memory:')
    const steps = ['create table a (x)', 'create table b (x)', 'create table c (x)']
    migrate(db, 'x.db', steps.slice(0, 1))
    expect(isCurrent(db, 'x.db', steps)).toBe(false)
    migrate(db, 'x.db', steps)
    expect(isCurrent(db, 'x.db', steps)).toBe(true)
    expect(pragma(db, 'user_version')).toBe(3)
    expect(db.prepare('select name from sqlite_schema order by name').all()).toEqual([
      { name: 'a' },
      { name: 'b' },
      { name: 'c' },
    ])
    db.close()
  })
})

/** SHA-256 of each migration's text. */
const PUBLISHED = [
  '1f5e9efb62e034acc61201c16dd80c915b158343efe84d5f1f2fc77e5155d886',
  '4a192f667a1dbba19fba379d95b58017a0fb3dc4a33ac9c00e03c57364aa56b0',
  'bc045fe23710644ac2c4ad23bd4d8e70816e248e0cfd0042ec038293dc874ea1',
]
