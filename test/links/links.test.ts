import { afterEach, expect, test } from '@jest/globals'
import { closeLabs, lab } from '../run/harness.ts'
import { links, reportOf } from './links.ts'
import type { Proxy } from './proxy.ts'
import { wire } from './rig.ts'

const flagship = { os: 'windows-11-23h2', office: 'ltsc-2021' } as const
afterEach(closeLabs)

/** Cuts the link to a host at the nth look of a stage, before any byte of the request. */
function cutting(place: string, host: string, proxies: () => ReadonlyMap<string, Proxy>) {
  let cuts = 0
  const at = (now: { place: string; point: string; when: string; host: string | null }) => {
    if (cuts > 0 || now.place !== place || now.point !== 'send' || now.when !== 'before' || now.host !== host) return
    cuts += 1
    proxies().get(host)?.lay({ toward: 'host', bytes: 0, how: 'reset', ms: 0, refuse: 1 })
  }
  return { at, cuts: () => cuts }
}

test.each([
  ['preflight.checks', 'PVS01'],
  ['createVDisk.checkTarget', 'W11-MASTER'],
  ['sealVDisk.checkPrivilege', 'PVS02'],
])('a link that breaks once while %s looks at %s holds nothing', async (place, host) => {
  const farm = await lab(flagship)
  const wired = await wire(farm, (boundary) => cut.at(boundary))
  const cut = cutting(place, host, () => wired.proxies)
  try {
    const run = await farm.run('kms-new-image')
    expect(cut.cuts()).toBe(1)
    expect(run.says).toBe('verified')
  } finally {
    await wired.close()
  }
})

test('links that break at any point of the wire: each run ends verified, or is held where the host stays away', async () => {
  const harvest = await links({ runs: 25, seed: 4 })
  process.stdout.write(`${reportOf(harvest).split('\n').at(-1) ?? ''}\n`)
  expect(harvest.failures).toEqual([])
  // Of the fifteen ways to break a link the long form leaves none out; here chance may pass over a few.
  expect(harvest.zero.length).toBeLessThanOrEqual(3)
}, 300_000)
