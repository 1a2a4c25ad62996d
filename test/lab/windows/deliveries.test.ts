import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Agents } from '../../../src/lab/lab.ts'
import { readAgents, readBootstrap, readInstalled } from '../../../src/remote/agent-files.ts'
import { installedFiles } from '../../../src/remote/installed.ts'
import { AGENTS_FOLDER, pwshMissing } from '../../fixtures/powershell.ts'
import { directFarm, type DirectFarm } from './direct.ts'
import { spot } from './writers.ts'

const missing = pwshMissing()
const FRONTS: readonly Agents[] = missing === undefined ? ['built-in', 'powershell'] : ['built-in']
const OWN = { run: '8k2', fence: 1 }
const MASTER = 'W11-MASTER'
const SIGNATURE = '\r\n# SIG # Begin signature block\r\n# MIIFuQYJKoZI\r\n# SIG # End signature block\r\n'

describe.each(FRONTS)('the lab with its %s agents', (front) => {
  let farm: DirectFarm
  let folder: string
  beforeEach(async () => {
    farm = await directFarm(front, { os: 'windows-11-23h2', office: 'ltsc-2021' })
    spot(farm)
    folder = await mkdtemp(join(tmpdir(), 'vdp agents '))
    const [bootstrap, installed] = [await readBootstrap(AGENTS_FOLDER), await readInstalled(AGENTS_FOLDER)]
    const files = installedFiles({ bootstrap, installed, agents: await readAgents(AGENTS_FOLDER, 'target') })
    for (const [name, text] of files) await writeFile(join(folder, name), text)
  })
  afterEach(async () => {
    await farm.close()
    await rm(folder, { recursive: true })
  })

  test.each([
    ['sent, in the one-shot form', false, 'one-shot'],
    ['installed', true, 'session'],
    ['installed, in the one-shot form', true, 'one-shot'],
  ] as const)('agents that are %s look, act, and leave a receipt', async (_, isInstalled, form) => {
    const session = await farm.open(MASTER, OWN, { form, ...(isInstalled ? { installed: folder } : {}) })
    const act = await session.request('Set-VdpKmsHost', { machine: 'kms1.hq', port: null }, { effect: '8k2/1' })
    expect(act).toMatchObject({ is: 'facts', facts: { after: { kms: { machine: 'kms1.hq' } } } })
    expect(await session.request('Get-VdpTargetState', { parts: ['service'] })).toMatchObject({
      is: 'facts',
      facts: { act: { fence: 1, receipts: [{ effect: '8k2/1', error: null, ended: expect.any(String) }] } },
    })
    expect(farm.unmodelled()).toEqual([])
  })

  test('installed agents with a signature are the same, others are refused, and so is a folder that lacks them', async () => {
    await appendFile(join(folder, 'Agents.ps1'), SIGNATURE)
    await (await farm.open(MASTER, OWN, { installed: folder })).close()
    await writeFile(join(folder, 'Agents.ps1'), 'function Get-VdpOther { }')
    await expect(farm.open(MASTER, OWN, { installed: folder })).rejects.toMatchObject({ code: 'AGENTS_DIFFER' })
    await rm(join(folder, 'Agents.ps1'))
    await expect(farm.open(MASTER, OWN, { installed: folder })).rejects.toMatchObject({
      code: 'AGENTS_NOT_INSTALLED',
      details: { why: `there is no ${join(folder, 'Agents.ps1')}` },
    })
    await expect(farm.open(MASTER, OWN, { installed: join(folder, 'none') })).rejects.toMatchObject({
      code: 'AGENTS_NOT_INSTALLED',
      details: { why: expect.stringContaining('-File parameter does not exist') },
    })
  })

  test('5 MB of events with every kind of letter arrive whole', async () => {
    const { events } = spot(farm).running.image
    const text = 'Das Gerät \u{1f980} hat 日本語 und "Zeichen" \\ gesendet.\r\n'.repeat(60)
    const at = farm.clock.now()
    for (let record = 1; record <= 2000; record += 1) events.push({ id: 12_289, at, record, fields: ['0x0', '1'], text })
    const session = await farm.open(MASTER, OWN)
    const answer = await session.request('Get-VdpActivationEvents', { since: '2026-01-01T00:00:00.000Z', ids: [12_289] })
    if (answer.is !== 'facts') throw new Error(JSON.stringify(answer))
    expect(JSON.stringify(answer.facts).length).toBeGreaterThan(5_000_000)
    expect(answer.facts.events).toHaveLength(2000)
    expect(new Set(answer.facts.events.map((one) => one.text))).toEqual(new Set([text]))
  }, 120_000)
})

if (missing !== undefined) test.skip(`the same with the shipped agents (${missing})`, () => undefined)
