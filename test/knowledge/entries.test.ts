import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { entrySchema, switchSchema } from '../../scripts/knowledge-schema.ts'
import { checks } from '../../src/diagnosis/diagnose.ts'
import { faultTable, type FaultCode } from '../../src/faults/table.ts'
import { allEntries } from '../../src/knowledge/entries.ts'
import { explainEntry, explainFault, joinedFaults } from '../../src/knowledge/explained.ts'
import { allSwitches } from '../../src/knowledge/switches.ts'

const entries = allEntries()
const ids = new Set(entries.map(({ id }) => id))
const checkIds = new Set(checks.map(({ id }) => id))
const rows = joinedFaults()
const isThere = (id: string) => ids.has(id) || Object.hasOwn(faultTable, id)

describe('the knowledge base', () => {
  test('has the form of its schema, and each id once', () => {
    expect(entries.filter((entry) => !entrySchema.safeParse(entry).success)).toEqual([])
    expect(allSwitches().filter((one) => !switchSchema.safeParse(one).success)).toEqual([])
    expect(ids.size).toBe(entries.length)
  })

  test('has at least 120 entries with a meaning of their own, and every error number of PVS', () => {
    const meanings = new Set(entries.map(({ means }) => means))
    expect(meanings.size).toBeGreaterThan(280)
    expect(entries.filter(({ id }) => id.startsWith('PVS ')).length).toBe(234)
  })

  test('sends nobody to a check that the doctor does not have', () => {
    const named = entries.flatMap((entry) => explainEntry(entry).checks.map((check) => `${entry.id}: ${check}`))
    expect(named.length).toBeGreaterThan(200)
    expect(named.filter((one) => !checkIds.has(one.split(': ')[1] ?? ''))).toEqual([])
  })
})

describe('faults, checks and entries', () => {
  test('every fault says in entries/faults.json where it is met and what belongs to it', () => {
    expect(Object.keys(faultTable).filter((code) => !Object.hasOwn(rows, code))).toEqual([])
    expect(Object.keys(rows).filter((code) => !Object.hasOwn(faultTable, code))).toEqual([])
  })

  test('what belongs to a fault is there', () => {
    const dangling = Object.entries(rows).flatMap(([code, row]) => [
      ...row.checks.filter((check) => !checkIds.has(check)).map((check) => `${code}: ${check}`),
      ...row.see.filter((id) => !isThere(id)).map((id) => `${code}: ${id}`),
    ])
    const led = entries.flatMap(({ id, see = [] }) => see.filter((one) => !isThere(one)).map((one) => `${id}: ${one}`))
    expect([...dangling, ...led]).toEqual([])
  })

  test('a fault is explained in the words of the fault table, not in a copy', () => {
    for (const code of Object.keys(faultTable) as FaultCode[]) {
      expect(explainFault(code).means[0]).toBe(
        faultTable[code].says
          .replaceAll(/\{\w+\?\}/g, '')
          .replaceAll('{', '<')
          .replaceAll('}', '>'),
      )
    }
    const data = readdirSync(join(import.meta.dirname, '../../src/knowledge/entries')).map((file) =>
      readFileSync(join(import.meta.dirname, '../../src/knowledge/entries', file), 'utf8'),
    )
    expect(Object.values(faultTable).filter(({ says }) => data.some((text) => text.includes(says)))).toEqual([])
  })
})
