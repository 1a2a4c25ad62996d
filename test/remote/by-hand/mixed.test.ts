import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import { parse, stringify } from 'yaml'
import { readInventory } from '../../../src/workflow/read-workflow.ts'
import { closeLabs, lab, type LabFarm } from '../../run/harness.ts'
import { builtIn } from './built-in.ts'
import { operator } from './operator.ts'
import { processOf, stickOf } from './process.ts'

afterEach(closeLabs)

/** A farm whose inventory says that no wire leads to a host. */
async function farmWithout(nameIn: (farm: LabFarm) => string): Promise<LabFarm> {
  const farm = await lab({ os: 'windows-11-23h2', office: 'ltsc-2021' })
  const { inventory: file } = farm.lab.files
  const inventory = parse(readFileSync(file, 'utf8')) as { hosts: Record<string, { ssh?: unknown; hand?: true }> }
  const host = inventory.hosts[nameIn(farm)]
  if (host === undefined) throw new Error('the inventory does not name it')
  delete host.ssh
  host.hand = true
  writeFileSync(file, stringify(inventory))
  return farm
}

test('people go to the hosts of which the inventory says so; an act over a wire puts away what was answered before it', async () => {
  const farm = await farmWithout(() => 'KMS1')
  const inventory = readInventory(farm.lab.files.inventory, farm.composition.files)
  const names = Object.keys(inventory.hosts)
  await expect(farm.composition.hosts(inventory, names)).rejects.toMatchObject({
    code: 'BY_HAND_NEEDED',
    details: { host: 'KMS1' },
  })
  expect(existsSync(stickOf(farm))).toBe(false)

  const { hands, typed } = operator(stickOf(farm), builtIn(farm.model).type)
  const hosts = await farm.composition.hosts(inventory, names, hands)
  try {
    const server = await hosts.open('PVS01', { run: 'r1', owner: 'o1', fence: 1 })
    const kms = await hosts.open('KMS1', { run: 'r1', owner: 'o1', fence: 2 })
    const said = await Promise.all([server.request('Get-VdpServerState', {}), kms.request('Get-VdpKmsHostState', {})])
    expect([said.map(({ is }) => is), server.form, kms.form]).toEqual([['facts', 'facts'], undefined, 'by-hand'])
    expect(typed).toEqual([expect.stringContaining('ask.ps1 KMS1')])
    const putAway = () => readdirSync(join(stickOf(farm), 'done')).length
    expect(putAway()).toBe(0)
    await server.request('Start-VdpService', { name: 'StreamService' }, { effect: 'r1/e1' })
    expect(putAway()).toBeGreaterThan(0)
  } finally {
    await hosts.close()
  }
})

const deep = process.env['VDISKPREP_DEEP'] === '1' ? test : test.skip
deep(
  `one run reaches the servers over a wire and its target by hand, and ends verified ${deep === test ? '' : '(skipped: VDISKPREP_DEEP=1 runs it)'}`,
  async () => {
    const farm = await farmWithout(({ names }) => names.master)
    const { view, person, events } = await processOf(farm, null)
    expect([view.outcome, person.wrong]).toEqual(['verified', []])
    expect(new Set(person.typed.map((line) => line.split(' ').at(-1)))).toEqual(new Set([farm.names.master]))
    const forms = events.flatMap((event) => (event.type === 'connected' ? [`${event.host} ${event.form ?? 'wire'}`] : []))
    expect(forms).toEqual(expect.arrayContaining([`${farm.names.master} by-hand`, 'PVS01 wire']))
    expect(farm.ledger(farm.names.master).rearms.map(({ product }) => product)).toEqual(['Office', 'Windows'])
  },
)
