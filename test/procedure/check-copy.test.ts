import { describe, expect, test } from '@jest/globals'
import { emptyMemory } from '../../src/procedure/memory.ts'
import type { Verdict } from '../../src/procedure/verdict.ts'
import { checkCopy } from '../../src/procedure/steps/verify/checkCopy.ts'
import { healthyButOff } from '../diagnosis/healthy-look.ts'

/** What the stage makes of a sealed copy on the local stores of two servers. */
function judged(change: (look: ReturnType<typeof healthyButOff>) => unknown = () => undefined) {
  const look = healthyButOff()
  look.plan.scenario = 'copied-image'
  change(look)
  const { plan, disk, files } = look
  return checkCopy.judge({ plan, now: { disk, files } } as never)
}

test('a copy is whole when its files are alike on every server of the store', () => {
  expect(judged()).toMatchObject({ is: 'done' })
  expect(JSON.stringify(judged())).toContain('alike on PVS01, PVS02')
})

test('a .pvp that differs holds it, although PVS calls every copy up to date', () => {
  const verdict = judged(({ files }) => Object.assign(files['PVS02']?.files[0] ?? {}, { sha256: 'cd34' }))
  expect(verdict).toMatchObject({ is: 'hold', fault: { code: 'REPLICA_STALE' } })
  expect(JSON.stringify(verdict)).toContain('W11-Office.pvp differs by hash: PVS01 / PVS02')
})

test('a server that does not hold the store, and a share, have nothing to compare', () => {
  const strange = judged(({ files, disk }) => {
    disk.inventory = disk.inventory.slice(0, 1)
    files['PVS02']?.files.splice(0)
  })
  expect(strange).toMatchObject({ is: 'done' })
  const shared = judged(({ files }) => {
    for (const one of Object.values(files)) Object.assign(one, { shared: true, files: [] })
  })
  expect(JSON.stringify(shared)).toContain('one copy on a share')
})

/** A comparison of contents, look after look, until it says something else than to wait; `hashOf` is what a server reads. */
function compared(
  hashOf: (server: string, file: string, from: number) => unknown,
  { between = () => undefined, granted = [] }: Partial<Course> = {},
): { readonly verdict: Verdict; readonly looks: number } {
  const look = healthyButOff()
  Object.assign(look.plan, { verify: { ...look.plan.verify, copies: 'content' } })
  for (const { files } of Object.values(look.files)) Object.assign(files[1] ?? {}, { bytes: 5 * 2 ** 30 })
  let memory = emptyMemory
  for (let looks = 1; ; looks++) {
    between(look, looks)
    const probe = checkCopy.probe({ plan: look.plan, memory, intent: null, end: null })
    const asked = Object.entries(probe['slices'] as Record<string, { args: { file: string; offset: number } }>)
    const slices = asked.map(([server, { args }]) => [server, { sha256: hashOf(server, args.file, args.offset) }])
    const now = { disk: look.disk, files: look.files, slices: Object.fromEntries(slices) as unknown }
    const verdict = checkCopy.judge({ plan: look.plan, memory, now, granted } as never)
    if (verdict.is !== 'retry') return { verdict, looks }
    memory = { ...memory, ...verdict.learn }
  }
}

interface Course {
  readonly between: (look: ReturnType<typeof healthyButOff>, looks: number) => unknown
  readonly granted: readonly string[]
}

describe('the contents of the copies', () => {
  test('are read whole, a piece of each server at a time, and alike they are told', () => {
    const read: string[] = []
    const { verdict, looks } = compared((server, file, from) => {
      read.push(`${server} ${file} ${String(from / 2 ** 30)}`)
      return 'ab'
    })
    expect(JSON.stringify(verdict)).toContain('contents alike on PVS01, PVS02: 5 of 5 GiB by SHA-256')
    expect(verdict).toMatchObject({ is: 'done', learn: { content: null } })
    expect(looks).toBe(4)
    expect(read).toEqual([0, 2, 4].flatMap((gib) => ['PVS01', 'PVS02'].map((one) => `${one} W11-Office.vhdx ${String(gib)}`)))
  })

  test('that differ in one piece are named with its place, and the rest is not read', () => {
    const { verdict, looks } = compared((server, _, from) => (from === 2 * 2 ** 30 ? server : 'ab'))
    expect(verdict).toMatchObject({ is: 'hold', fault: { code: 'REPLICA_STALE' }, learn: { content: null } })
    expect(verdict.because).toEqual(['W11-Office.vhdx differs by content between 2 and 4 GiB: PVS01 / PVS02'])
    expect(looks).toBe(3)
  })

  test('that cannot be read leave it unproved, and a later look goes on where this one was', () => {
    const why = '0x80070020 The process cannot access the file'
    const { verdict } = compared((server, _, from) => (from > 0 && server === 'PVS02' ? { unknown: why } : 'ab'))
    expect(verdict).toMatchObject({ is: 'hold', fault: { code: 'CONTENT_UNPROVED' } })
    expect(verdict.because).toEqual([`W11-Office.vhdx on PVS02: ${why}`])
    expect(verdict).not.toHaveProperty('learn')
  })

  test('that change meanwhile leave it unproved, and it begins anew', () => {
    const between: Course['between'] = ({ files }, looks) => {
      if (looks === 3)
        for (const one of Object.values(files)) Object.assign(one.files[1] ?? {}, { modified: '2026-01-01T00:00:00Z' })
    }
    const { verdict } = compared(() => 'ab', { between })
    expect(verdict).toMatchObject({ is: 'hold', fault: { code: 'CONTENT_UNPROVED' }, learn: { content: null } })
  })

  test('may be left by a person, and that is told', () => {
    const { verdict } = compared(() => 'ab', { granted: ['leave-contents'] })
    expect(JSON.stringify(verdict)).toContain('contents not compared: a person has left it')
  })

  test('are compared in every scenario that asks for them, whatever the licence mode', () => {
    const { verdict } = compared(() => 'ab', { between: ({ disk }) => Object.assign(disk.disk, { licenseMode: 0 }) })
    expect(verdict).toMatchObject({ is: 'done' })
  })
})
