import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { nightly } from '../../examples/api/nightly.ts'
import { decide, events, plan, resume, run, validate, type Place } from '../../src/index.ts'
import { startLab, type Lab } from '../../src/lab/lab.ts'

const EXAMPLE = join(import.meta.dirname, '../../examples/missing-privilege')
const WORKFLOW = join(EXAMPLE, 'w11.yaml')

let folder: string
let lab: Lab
let place: Place

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vdp-api-'))
  lab = await startLab(join(EXAMPLE, 'lab.yaml'), { dir: join(folder, 'lab'), speed: 5000 })
  place = { env: { HOME: folder, VDISKPREP_HOME: folder }, inventory: lab.files.inventory, as: 'the nightly job' }
}, 60_000)

afterAll(async () => {
  await lab.close()
  await rm(folder, { recursive: true, force: true })
})

describe('a program', () => {
  test('that follows the example ends what is held, and leaves the signals of its process alone', async () => {
    const before = process.listenerCount('SIGINT')
    const said: string[] = []
    let most = before
    const exit = await nightly(WORKFLOW, place, (line) => {
      said.push(line)
      most = Math.max(most, process.listenerCount('SIGINT'))
    })
    expect([exit, most]).toEqual([4, before])
    expect(said[0]).toMatch(/^W11-Office: preflight blocked, /)
    expect(said.at(-1)).toMatch(/ is held: CHECKS_FAILED$/)
  })

  test('reads the journal of a run, whole or from a place on, also while another drives it', async () => {
    const work = run(WORKFLOW, { ...place, waitFor: 'done' })
    const live: string[] = []
    let id = ''
    for await (const line of work.events()) {
      live.push(line.type)
      id = line.run
      if (line.type === 'owner.left') await decide({ ...place, run: id, decision: 'abort', reason: 'seen enough' })
    }
    expect(await work.result).toMatchObject({ exit: 6, why: 'done', runs: [{ run: id, outcome: 'aborted' }] })
    const lines = await Array.fromAsync(events(id, { ...place, follow: true }))
    expect(lines.map(({ type }) => type)).toEqual(live)
    expect(lines.at(-1)).toMatchObject({ v: 1, run: id, seq: lines.length, type: 'run.ended' })
    expect(await Array.fromAsync(events(id, { ...place, after: lines.length - 1 }))).toEqual(lines.slice(-1))
  })

  test('stops runs by a signal of its own', async () => {
    const stop = new AbortController()
    const work = run(WORKFLOW, { ...place, waitFor: 'done', signal: stop.signal })
    for await (const { type } of work.events()) if (type === 'held') stop.abort()
    const { exit, why, runs } = await work.result
    expect([exit, why]).toEqual([4, 'interrupted'])
    await decide({ ...place, run: runs[0]?.run ?? '', decision: 'abort', reason: 'enough' })
    expect((await resume(runs[0]?.run ?? '', place).result).exit).toBe(6)
  })

  test('is told by name what went wrong', async () => {
    expect(await validate(WORKFLOW, place)).toMatchObject({ ok: true, vdisks: [{ title: 'W11-Office', farm: 'HQ' }] })
    expect(await validate('nowhere.yaml', place)).toMatchObject({ ok: false, problems: [{ message: 'there is no such file' }] })
    const thrown = { name: 'VdiskprepError', code: 'INPUT_INVALID', effect: 'Nothing was started and no host was contacted.' }
    await expect(plan('nowhere.yaml', place)).rejects.toMatchObject(thrown)
    await expect(run('nowhere.yaml', place).result).rejects.toMatchObject(thrown)
    await expect(decide({ ...place, run: 'zzzzz', decision: 'retry' })).rejects.toMatchObject({ code: 'UNKNOWN_RUN' })
    await expect(Array.fromAsync(events('zzzzz', place))).rejects.toMatchObject({
      code: 'UNKNOWN_RUN',
      details: { run: 'zzzzz' },
    })
  })
})
