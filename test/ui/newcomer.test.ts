import { readdirSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { desk, EXAMPLE, lines, printed, type Desk } from './vdiskprep.ts'

const FIRST_RUN = ['run', join(EXAMPLE, 'w11.yaml'), '--lab', join(EXAMPLE, 'lab.yaml')]
let at: Desk
let temporary = ''

beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'vdp-newcomer-'))
  at = await desk({ NO_COLOR: '1', TMPDIR: temporary })
})

afterEach(async () => {
  await at.clear()
  await rm(temporary, { recursive: true, force: true })
})

async function begun(): Promise<ReturnType<Desk['begin']>> {
  const run = at.begin(...FIRST_RUN)
  await printed(run, 'open W11-Office in Private mode')
  return run
}

const listed = async () => lines((await at.vdp('list', '--json')).out)

describe('the first run, on a farm that lives as long as the command', () => {
  test("stopped at once leaves no keys behind, is told as gone, and stands in nobody's way", async () => {
    const first = await begun()
    first.kill('SIGINT')
    first.kill('SIGINT')
    expect((await first.ended).code).toBe(130)
    expect(readdirSync(temporary)).toEqual([])
    expect(await listed()).toMatchObject([{ standing: 'gone' }])
    expect(await at.vdp('resume')).toMatchObject({ code: 2, err: expect.stringMatching(/^LAB_ENDED/) })
    const { run } = (await listed())[0] as { run: string }
    const decided = await at.vdp('decide', run, 'abort', '--reason', 'over')
    expect(decided).toMatchObject({ code: 2, err: expect.stringMatching(/^LAB_ENDED/) })

    const second = await begun()
    second.kill('SIGTERM')
    expect((await second.ended).code).toBe(130)
  }, 60_000)

  test('stops at a safe point when its terminal is closed', async () => {
    const run = await begun()
    run.kill('SIGHUP')
    const { code, out } = await run.ended
    expect([code, out]).toEqual([130, expect.stringContaining('stopped at a safe point')])
    expect((await at.vdp('show')).out).toMatch(/\S+@\S+: stopped at a safe point\n/)
  }, 60_000)

  test('goes on to its end when nobody reads what it prints', async () => {
    const run = await begun()
    run.stdout?.destroy()
    await run.ended
    expect(await listed()).toMatchObject([{ outcome: 'verified' }])
  }, 120_000)
})

test('hosts that cannot be reached are told once each, not once for every check', async () => {
  const inventory = ['PVS01', 'PVS02', 'W11-MASTER', 'W11-T01', 'W11-T02', 'KMS1'].map(
    (name) =>
      `  ${name}: { role: ${name.startsWith('PVS') ? 'pvs' : name === 'KMS1' ? 'kms' : 'target'}, ssh: { address: 127.0.0.1, port: 1, user: x, auth: { password: env:PATH } } }`,
  )
  writeFileSync(
    join(at.home, 'off.yaml'),
    ['farms: { HQ: { sites: { Main: { servers: [PVS01, PVS02] } } } }', 'hosts:', ...inventory, ''].join('\n'),
  )
  const { code, out } = await at.vdp('plan', join(EXAMPLE, 'w11.yaml'), '--inventory', 'off.yaml')
  expect(code).toBe(4)
  expect(out).toMatch(/and \d+ more:\s/)
  expect(out.split('\n').length).toBeLessThan(90)
}, 60_000)
