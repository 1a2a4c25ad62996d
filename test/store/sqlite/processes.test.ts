import { afterAll, describe, expect, test } from '@jest/globals'
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface, type Interface } from 'node:readline'
import { openStore } from '../../../src/store/sqlite/open.ts'
import { begin, linesOf, loaded, turn } from '../../contract/store-rig.ts'
import { scratch } from './scratch.ts'

const place = scratch()
const children: ChildProcess[] = []
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await place.clear()
})

interface Contender {
  readonly child: ChildProcess
  readonly line: () => Promise<string>
  readonly go: () => void
}

/** A process at the starting line. */
async function contender(what: string, path: string, name: string, times = 0): Promise<Contender> {
  const child = fork(new URL('../fixtures/contender.ts', import.meta.url), [what, path, name, String(times)], {
    stdio: ['pipe', 'pipe', 'inherit', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  children.push(child)
  const lines: Interface = createInterface({ input: child.stdout as NodeJS.ReadableStream })
  const reader = lines[Symbol.asyncIterator]()
  const line = async () => {
    const next = await reader.next()
    if (next.done === true) throw new Error(`${name} ended without an answer`)
    return next.value
  }
  expect(await line()).toBe('ready')
  return { child, line, go: () => child.stdin?.write('go\n') }
}

/** Lets two processes do the same at the same moment and tells what each of them won. */
async function race(what: string, path: string, times: number): Promise<[number[], number[]]> {
  const both = await Promise.all(['one', 'two'].map((name) => contender(what, path, name, times)))
  for (const { go } of both) go()
  const results = await Promise.all(both.map(({ line }) => line()))
  const [one = [], two = []] = results.map((result) => JSON.parse(result) as number[])
  return [one, two]
}

const ascending = (numbers: number[]) => numbers.toSorted((a, b) => a - b)
const range = (from: number, length: number) => Array.from({ length }, (_, n) => from + n)

describe('two processes on one store', () => {
  test('that open a new file at once both get it', async () => {
    const [one, two] = await race('open', place.path(), 100)
    expect([one.length, two.length]).toEqual([100, 100])
  })

  test('that commit at once each win some revisions, none twice, and the journal has no gap', async () => {
    const store = place.keep(openStore(place.path('commit.db')))
    await begin(store)
    const [one, two] = await race('commit', place.path('commit.db'), 100)
    expect(ascending([...one, ...two])).toEqual(range(2, 200))
    const lines = await linesOf(store)
    expect(lines.map(({ seq }) => seq)).toEqual(range(1, 201))
    const ofOne = lines.filter(({ body }) => (body as { name?: string }).name === 'one').map(({ seq }) => seq)
    expect(ofOne).toEqual(one)
    expect(await store.audit('8k2')).toMatchObject({ lines: 201 })
  })

  test('that claim at once never both get a key', async () => {
    const store = place.keep(openStore(place.path('claim.db')))
    const [one, two] = await race('claim', place.path('claim.db'), 100)
    expect(ascending([...one, ...two])).toEqual(range(0, 100))
    const leases = await store.leases()
    expect(leases).toHaveLength(200)
    for (const lease of leases) expect(one.includes(Number(lease.key.split('-')[1]))).toBe(lease.owner === 'one')
  })

  test('that begin the same effects begin each one once', async () => {
    const store = place.keep(openStore(place.path('start.db')))
    const effects = range(0, 100).map((n) => ({ id: `effect-${String(n)}`, kind: 'act', input: null }))
    await begin(store, '8k2', { effects })
    await store.claim({ run: '8k2', keys: ['vdisk'], owner: 'p1', who: 'maria', at: 1000, until: 2000 })
    const [one, two] = await race('start', place.path('start.db'), 100)
    expect(ascending([...one, ...two])).toEqual(range(0, 100))
    expect((await loaded(store)).effects.every(({ state }) => state === 'started')).toBe(true)
  })
})

/** A process that has the write lock. */
async function holding(path: string): Promise<Contender> {
  const holder = await contender('hold', path, 'holder')
  holder.go()
  expect(await holder.line()).toBe('holding')
  return holder
}

describe('a process beside this one', () => {
  test('that holds the store does not keep this one from closing it', async () => {
    const path = place.path('close.db')
    const store = openStore(path)
    await begin(store)
    await holding(path)
    const commit = expect(store.commit(turn())).rejects.toMatchObject({ code: 'STORE_BUSY' })
    await store.close()
    await commit
  })

  test('that holds the store for three seconds only delays a commit', async () => {
    const path = place.path('delay.db')
    const store = place.keep(openStore(path))
    await begin(store)
    const holder = await holding(path)
    const began = performance.now()
    setTimeout(() => holder.child.stdin?.end(), 3000)
    expect(await store.commit(turn())).toEqual({ revision: 2, seq: 2 })
    expect(performance.now() - began).toBeGreaterThanOrEqual(3000)
  })

  test('that holds the store longer than anybody waits makes a commit fail by name, and a killed one lets go', async () => {
    const path = place.path('hold.db')
    const store = place.keep(openStore(path, { patienceMs: 500 }))
    await begin(store)
    const holder = await holding(path)
    await expect(store.commit(turn())).rejects.toMatchObject({ code: 'STORE_BUSY', details: { path, doubt: 'nothing' } })
    expect(await loaded(store)).toMatchObject({ revision: 1 })
    holder.child.kill('SIGKILL')
    await once(holder.child, 'exit')
    expect(await store.commit(turn())).toEqual({ revision: 2, seq: 2 })
  })

  test('that is killed while it writes leaves every commit it was told of, and a journal that is whole', async () => {
    const path = place.path('kill.db')
    await begin(place.keep(openStore(path)))
    const writer = await contender('commit', path, 'writer', 1_000_000)
    let told = 1
    writer.child.on('message', (revision) => {
      told = Number(revision)
      if (told === 50) writer.child.kill('SIGKILL')
    })
    writer.go()
    await once(writer.child, 'exit')
    const store = place.keep(openStore(path))
    const { revision } = await loaded(store)
    expect(told).toBeGreaterThanOrEqual(50)
    expect(revision).toBeGreaterThanOrEqual(told)
    expect(await store.audit('8k2')).toMatchObject({ lines: revision })
    await store.commit(turn({ after: revision }))
  })
})
