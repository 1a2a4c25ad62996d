/** A simulated farm with twenty vDisks, each with a target and two canaries, and the workflow file that prepares them all: three of them ask
 *  for an approval. */
export function twentyDisks(): { readonly farm: unknown; readonly workflow: unknown } {
  const numbers = Array.from({ length: 20 }, (_, n) => String(n + 1).padStart(2, '0'))
  const farm = {
    farm: 'HQ',
    domain: 'hq',
    speed: 100,
    kms: { name: 'KMS1', address: 'kms1.hq', count: 41 },
    servers: ['PVS01', 'PVS02'],
    stores: [{ name: 'Store1', site: 'Main', servers: ['PVS01', 'PVS02'] }],
    images: {
      'windows-11': { os: 'windows-11-23h2', edition: 'Enterprise', office: 'ltsc-2021', products: ['ProPlus2021Volume'] },
    },
    disks: numbers.map((n) => ({
      name: `W11-${n}`,
      store: 'Store1',
      image: 'windows-11',
      writeCacheType: 9,
      writeCacheSizeMiB: 4096,
    })),
    devices: numbers.flatMap((n) => [
      { name: `W11-${n}-M`, role: 'master', disks: [`W11-${n}`] },
      { name: `W11-${n}-A`, role: 'canary' },
      { name: `W11-${n}-B`, role: 'canary' },
    ]),
  }
  const workflow = {
    extends: 'kms-new-image',
    inventory: 'lab/inventory.yaml',
    farm: 'HQ',
    site: 'Main',
    vdisk: { store: 'Store1', cache: { type: 'ram-with-overflow', size: '4GiB' } },
    vdisks: numbers.map((n) => ({
      vdisk: { name: `W11-${n}` },
      target: `W11-${n}-M`,
      canaries: [`W11-${n}-A`, `W11-${n}-B`],
      ...(['03', '11', '17'].includes(n) ? { approvals: { createVDisk: true } } : {}),
    })),
  }
  return { farm, workflow }
}
