import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { offerFor } from '../../src/lab/model/locks.ts'
import { revertVersion } from '../../src/procedure/steps/restore/revertVersion.ts'
import { bootCanaries } from '../../src/procedure/steps/verify/bootCanaries.ts'
import { checkMakClones } from '../../src/procedure/steps/verify/checkMakClones.ts'
import { watchCanaries } from '../../src/procedure/steps/verify/watchCanaries.ts'
import { offerOf } from '../../src/procedure/steps/verify/wanted-version.ts'
import type { Plan } from '../../src/workflow/plan.ts'
import { healthyButOff, windowsProduct } from '../diagnosis/healthy-look.ts'
import { openFarm } from './product/farms.ts'
import { judged } from './sight.ts'

const accesses = fc.array(fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 7), { minLength: 1, maxLength: 6 })

describe('which device type gets a version', () => {
  test('a device of that type is given this very version, read-only, by the farm; a version nobody is given, no type gets', () => {
    fc.assert(
      fc.property(accesses, fc.nat(7), (list, wanted) => {
        const versions = list.map((access, version) => ({ version, access, isPending: false }))
        const offer = offerOf(wanted, versions)
        const given = ([0, 1] as const).map((type) => {
          const disk = { guid: 'd', enabled: true, mappedOn: null, writeCacheType: 9, versions }
          const device = { type, disks: [{ guid: 'd', enabled: true }] }
          return offerFor({ disks: [disk] } as never, device as never)
        })
        if ('why' in offer) expect(given[0]?.version === wanted && given[1]?.version === wanted).toBe(false)
        else expect(given[offer.type]).toMatchObject({ version: wanted, write: false })
      }),
    )
  })

  test('one that waits for its date is offered to nobody', () => {
    const versions = [{ version: 1, access: 7, isPending: true }]
    expect(offerOf(1, versions)).toEqual({ why: 'it is scheduled, and nobody gets it yet' })
  })
})

const row = (version: number, access: number, deviceCount = 0) => ({
  ...{ version, access, deviceCount, type: 1, isPending: false, goodInventory: true, description: '', createdAt: 'x' },
})
const sealedBy = { run: 'k8x2p', version: 1, windowsCmid: 'c0000000-0000-4000-8000-000000000002', officeCmid: null }

function looking(verify: Partial<Plan['verify']> = {}): Plan {
  const { plan } = healthyButOff()
  return { ...plan, scenario: 'verify-only', verify: { ...plan.verify, version: 1, ...verify } }
}

/** Both canaries stream the disk in these versions; `of` is the version of the disk in work. */
function streaming(...versions: readonly number[]) {
  const farm = openFarm()
  Object.values(farm.canaryDevices).forEach(({ device }, n) => {
    Object.assign(device, { active: true, disk: 'W11-Office', diskVersion: versions[n] ?? 0, bootFrom: 1 })
    Object.assign(farm.clones[device.name]?.pvs ?? {}, { diskName: `W11-Office.${String(versions[n] ?? 0)}.avhdx` })
  })
  Object.assign(farm.disk.disk, { writeCacheType: 9 })
  farm.disk.versions.push(row(0, 0), row(1, 7))
  return { devices: farm.canaryDevices, disk: farm.disk, canaries: farm.clones }
}

describe('a canary that streams another version than the one that is looked at', () => {
  test.each([bootCanaries, watchCanaries])('is unknown, and no proof: $name', (stage) => {
    const verdict = judged(stage, { plan: looking(), now: streaming(1, 0) })
    expect(verdict).toMatchObject({
      is: 'unknown',
      fault: { code: 'CANARY_OTHER_VERSION', details: { device: 'W11-T02', version: 0, wanted: 1 } },
    })
    expect('learn' in verdict).toBe(false)
  })

  test('is let to it by its type when it is off', () => {
    const now = streaming(1, 1)
    for (const { device } of Object.values(now.devices)) Object.assign(device, { active: false, type: 0 })
    expect(judged(bootCanaries, { plan: looking(), now })).toMatchObject({
      is: 'act',
      act: { ask: { op: 'Connect-VdpDevice', args: { type: 1 } }, undo: [{ is: 'device', type: 0 }, { is: 'assignment' }] },
    })
  })
})

describe('clones of a version', () => {
  test('that carry the CMID of the image as an earlier run recorded it prove it wrong, and the version is remembered by its number', () => {
    const verdict = judged(watchCanaries, { plan: looking({ sealedBy }), now: streaming(1, 1) })
    expect(verdict).toMatchObject({ is: 'fail', fault: { code: 'CMID_UNCHANGED', details: { canary: 'W11-T02' } } })
    expect(verdict).toMatchObject({ learn: { unfit: { version: 1, code: 'CMID_UNCHANGED' } } })
  })

  test('that differ say nothing against it', () => {
    expect(judged(watchCanaries, { plan: looking(), now: streaming(1, 1) })).toMatchObject({
      is: 'done',
      learn: { clones: [{}, {}] },
    })
  })
})

describe('the reverting of a version that was proved wrong', () => {
  const plan = looking({ onFailure: 'revert', sealedBy })
  const unfit = { version: 1, code: 'DUPLICATE_CMID' }
  const verdict = (versions: readonly ReturnType<typeof row>[], said: { plan?: Plan; locks?: unknown[]; end?: never } = {}) => {
    const { disk } = healthyButOff()
    const now = { disk: { ...disk, versions, locks: said.locks ?? [] } }
    return judged(revertVersion, { plan, memory: { unfit }, now, ...said })
  }

  test('asks for an approval and names the run whose receipt it goes by', () => {
    expect(verdict([row(0, 0), row(1, 7)])).toMatchObject({
      is: 'act',
      act: {
        ask: { op: 'Undo-VdpVersion', args: { version: 1, madeBy: 'k8x2p' } },
        approval: expect.stringContaining('DUPLICATE_CMID'),
      },
    })
  })

  test.each([
    ['it was released meanwhile', [row(0, 0), row(1, 0)], /stays: it was released meanwhile/],
    ['another one stands above it', [row(0, 0), row(1, 7), row(2, 1)], /stays: version 2 stands above it/],
    ['it is gone', [row(0, 0)], /is gone/],
  ])('does nothing where %s', (_title, versions, says) => {
    expect(verdict(versions)).toMatchObject({ is: 'done', because: [expect.stringMatching(says)] })
  })

  test('does nothing to a version that no run of this journal made', () => {
    const stranger = looking({ onFailure: 'revert', sealedBy: { ...sealedBy, version: 7 } })
    expect(verdict([row(1, 7)], { plan: stranger })).toMatchObject({
      is: 'done',
      because: [expect.stringMatching(/no run of this/)],
    })
  })

  test('waits while a device uses it, or a canary or a writer holds a lock, and says who', () => {
    const lock = (ownerName: string, exclusive: boolean) => ({
      ownerName,
      exclusive,
      readOnly: false,
      ownerKind: 'device',
      ownerId: 'x',
    })
    expect(verdict([row(1, 7, 2)])).toMatchObject({
      is: 'retry',
      overdue: { code: 'VERSION_IN_USE', details: { by: ['2 devices'] } },
    })
    for (const locks of [[lock('W11-T01', false)], [lock('W11-P07', true)]])
      expect(verdict([row(1, 7)], { locks }).is).toBe('retry')
    expect(verdict([row(1, 7)], { locks: [lock('W11-P07', false)] }).is).toBe('act')
  })
})

describe('clones of a vDisk that is sealed for MAK', () => {
  const plan = { ...looking(), seal: { ...looking().seal, licenseMode: 1 as const } }
  const withKey = (description: string, status: number) => {
    const now = streaming(1, 1)
    Object.assign(now.disk.disk, { licenseMode: 1 })
    for (const { windowsLicense } of Object.values(now.canaries))
      Object.assign(windowsLicense ?? {}, { products: [windowsProduct({ description, status })] })
    return now
  }

  test('are judged by mode, channel and licence, and what a MAK leaves open is said; equal CMIDs are nothing', () => {
    const now = withKey('Windows(R) Operating System, VOLUME_MAK channel', 5)
    for (const { windowsLicense } of Object.values(now.canaries))
      Object.assign(windowsLicense ?? {}, { cmid: sealedBy.windowsCmid })
    expect(judged(checkMakClones, { plan, now })).toMatchObject({
      is: 'done',
      because: [
        'LicenseMode 1; each of 2 canaries has a MAK',
        '0 of 2 are licensed',
        'PVS says: W11-T01 MAK not used, W11-T02 MAK not used',
        expect.stringMatching(/activations are left/),
      ],
      learn: { weaker: [expect.stringMatching(/not proved here/)], clones: [{ channel: 'VOLUME_MAK' }, { status: 5 }] },
    })
  })

  test('fail without a MAK, and hold where the licence mode is another one', () => {
    const now = withKey('Windows(R) Operating System, VOLUME_KMSCLIENT channel', 1)
    expect(judged(checkMakClones, { plan, now })).toMatchObject({ is: 'fail', fault: { code: 'CANARY_NO_MAK' } })
    Object.assign(now.disk.disk, { licenseMode: 2 })
    expect(judged(checkMakClones, { plan, now })).toMatchObject({ is: 'hold', fault: { code: 'NOT_PROVED' } })
  })
})
