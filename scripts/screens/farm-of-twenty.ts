/** A simulated farm with twenty vDisks, each with a target and two canaries, and the workflow file that prepares them all: three of them ask
 *  for an approval. */
export function twentyDisks(site = 'Main', store = 'Store1') {
  const numbers = Array.from({ length: 20 }, (_, n) => String(n + 1).padStart(2, '0'))
  const farm = {
    farm: 'HQ',
    domain: 'hq',
    speed: 100,
    kms: { name: 'KMS1', address: 'kms1.hq', count: 41 },
    servers: ['PVS01', 'PVS02'],
    stores: [{ name: store, site, servers: ['PVS01', 'PVS02'] }],
    images: {
      'windows-11': {
        os: 'windows-11-23h2' as const,
        edition: 'Enterprise',
        office: 'ltsc-2021' as const,
        products: ['ProPlus2021Volume'],
      },
    },
    disks: numbers.map((n) => ({
      name: `W11-${n}`,
      store,
      image: 'windows-11',
      writeCacheType: 9,
      writeCacheSizeMiB: 4096,
    })),
    devices: numbers.flatMap((n) => [
      { name: `W11-${n}-M`, role: 'master' as const, disks: [`W11-${n}`] },
      { name: `W11-${n}-A`, role: 'canary' as const, disks: [] },
      { name: `W11-${n}-B`, role: 'canary' as const, disks: [] },
    ]),
  }
  const workflow = {
    extends: 'kms-new-image',
    inventory: 'lab/inventory.yaml',
    farm: 'HQ',
    site,
    vdisk: { store, cache: { type: 'ram-with-overflow', size: '4GiB' } },
    vdisks: numbers.map((n) => ({
      vdisk: { name: `W11-${n}` },
      target: `W11-${n}-M`,
      canaries: [`W11-${n}-A`, `W11-${n}-B`],
      ...(['03', '11', '17'].includes(n) ? { approvals: { createVDisk: true } } : {}),
    })),
  }
  return { farm, workflow }
}
