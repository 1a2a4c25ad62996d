import { describe, expect, test } from '@jest/globals'
import type { Look } from '../../src/diagnosis/check.ts'
import { blocking, checks, diagnose, partsToAsk, tally } from '../../src/diagnosis/diagnose.ts'
import { examine } from '../../src/diagnosis/examine.ts'
import { TARGET_OFF } from '../../src/diagnosis/subjects.ts'
import type { TargetState } from '../../src/wire/operations/target-state.ts'
import { operations } from '../../src/wire/operations/catalogue.ts'
import { healthy, healthyButOff, serviceOf } from './healthy-look.ts'

const loud = (look: Look) => diagnose(look).filter((one) => !['pass', 'na'].includes(one.verdict))

describe('the table of checks', () => {
  test('there are at least 41, each under an id of its own in the form "word.word"', () => {
    expect(checks.length).toBeGreaterThanOrEqual(41)
    expect(new Set(checks.map((check) => check.id)).size).toBe(checks.length)
    for (const check of checks) expect(check.id).toMatch(/^[a-z]+\.[a-zA-Z]+$/)
  })

  test('each says where its knowledge comes from, and its title is no sentence', () => {
    for (const check of checks) {
      expect(check.source).not.toBe('')
      expect(check.title).not.toMatch(/[.?]$/)
    }
  })

  test('the healthy farm of these tests is what hosts may answer', () => {
    const look = healthy()
    expect(operations['Get-VdpTargetState'].facts.safeParse(look.target).error).toBeUndefined()
    for (const server of Object.values(look.servers))
      expect(operations['Get-VdpServerState'].facts.safeParse(server).error).toBeUndefined()
    expect(operations['Get-VdpDiskState'].facts.safeParse(look.disk).error).toBeUndefined()
    expect(operations['Get-VdpDeviceState'].facts.safeParse(look.device).error).toBeUndefined()
    expect(operations['Test-VdpKmsReachability'].facts.safeParse(look.reach).error).toBeUndefined()
    expect(operations['Get-VdpKmsHostState'].facts.safeParse(look.kms).error).toBeUndefined()
  })
})

describe('a healthy farm', () => {
  test('has nothing to be said about it while the image is open', () => {
    expect(loud(healthy())).toEqual([])
    expect(tally(diagnose(healthy())).pass).toBeGreaterThan(70)
  })

  test('has nothing to be said about it while the disk is sealed and the target off', () => {
    const look = healthyButOff()
    expect(loud(look)).toEqual([])
    const target = diagnose(look, ['windows', 'office', 'target'])
    expect(target.filter((one) => one.verdict !== 'na')).toEqual([])
    expect(new Set(target.map((one) => one.says))).toEqual(new Set([TARGET_OFF]))
  })

  test.each(['update-image', 'repair-activation', 'maintenance-version'] as const)('a sealed one is fine for %s', (scenario) => {
    const look = healthyButOff()
    look.plan.scenario = scenario
    expect(loud(look)).toEqual([])
  })

  test.each(['verify-only', 'copied-image'] as const)('a sealed one with clones streaming it is fine for %s', (scenario) => {
    const look = healthyButOff()
    look.plan.scenario = scenario
    look.disk.locks = [
      {
        exclusive: false,
        readOnly: true,
        ownerKind: 'device',
        ownerId: look.canaryDevices['W11-T01'].device.id,
        ownerName: 'W11-T01',
      },
    ]
    look.disk.disk.deviceCount = 1
    look.canaryDevices['W11-T01'].device.active = true
    expect(loud(look)).toEqual([])
  })
})

describe('what was not seen', () => {
  test('a target that is silent although its device is active fails, and everything in it is unknown', () => {
    const look = {
      ...healthy(),
      target: null,
      missing: { target: { code: 'HOST_UNREACHABLE', details: { why: 'timed out' } } } as const,
    }
    const findings = diagnose(look, ['target', 'windows', 'office'])
    expect(findings.find((one) => one.check === 'target.reachable')).toMatchObject({
      verdict: 'fail',
      says: 'W11-MASTER cannot be reached: timed out.',
    })
    expect(new Set(findings.filter((one) => one.check !== 'target.reachable').map((one) => one.verdict))).toEqual(
      new Set(['unknown']),
    )
  })

  test('a silent target whose device record was not read either is unknown, not failed', () => {
    const silent = { code: 'HOST_UNREACHABLE', details: { why: 'timed out' } } as const
    const look = { ...healthy(), target: null, device: null, missing: { target: silent, device: silent } }
    expect(new Set(diagnose(look, ['target', 'windows', 'office']).map((one) => one.verdict))).toEqual(new Set(['unknown']))
  })

  test('a part that was not asked for makes its checks not applicable, Office after its rearm with the reason', () => {
    const target: TargetState = { ...healthy().target, officeRearmed: true }
    delete target.office
    delete target.updates
    const look = { ...healthy(), target }
    const findings = diagnose(look, ['office', 'updates', 'rearm.office'])
    expect(new Set(findings.map((one) => one.verdict))).toEqual(new Set(['na']))
    expect(findings.find((one) => one.check === 'office.running')?.says).toMatch(/nothing of Office is touched/)
  })

  test('once Office was rearmed its part is left out of the request', () => {
    expect(partsToAsk(false)).toContain('office')
    expect(partsToAsk(true)).toEqual(partsToAsk(false).filter((part) => part !== 'office'))
  })

  test('nothing asked, nothing claimed', () => {
    const look: Look = {
      ...healthy(),
      target: null,
      servers: {},
      disk: null,
      files: {},
      device: null,
      canaryDevices: {},
      reach: null,
      kms: null,
    }
    const claimed = diagnose(look).filter((one) => one.verdict !== 'na')
    expect(claimed.map((one) => one.check)).toEqual(['farm.server', 'canary.count'])
    expect(new Set(claimed.map((one) => one.verdict))).toEqual(new Set(['pass']))
  })
})

describe('what another check hides', () => {
  const gone = () =>
    ({ ...healthy(), disk: { ...healthy().disk, found: 0, disk: undefined } }) as unknown as ReturnType<typeof healthy>
  const on = (look: Look, check: string, only: readonly string[] = []) => diagnose(look, only).find((one) => one.check === check)

  test('is unknown because of that one, which is named and explained, and counts no more than that one', () => {
    expect(on(gone(), 'disk.licenceMode')).toMatchObject({
      verdict: 'unknown',
      because: 'disk.found',
      says: 'unknown because of disk.found: no vDisk found',
      remedy: ['vdiskprep doctor --explain disk.found'],
    })
    expect(blocking(diagnose(gone()), []).map((one) => one.check)).toEqual(['disk.found'])
  })

  test('has its root named, not what lies between', () => {
    const look = {
      ...healthy(),
      device: null,
      missing: { device: { code: 'HOST_REFUSED', details: { operation: 'x', message: 'y' } } } as const,
    }
    serviceOf(look.servers.PVS01, 'soapserver').state = 'stopped'
    expect(on(look, 'device.record')?.because).toBe('service.soap')
    expect(on(look, 'target.identity')?.because).toBe('service.soap')
  })

  test('does not apply where that one does not, and is unknown for itself where that one is in order', () => {
    const creating = gone()
    creating.plan.vdisk.create = 'imaging-wizard'
    expect(on(creating, 'disk.licenceMode')).toMatchObject({ verdict: 'na', because: null, says: 'no vDisk found' })
    const look = {
      ...healthy(),
      device: null,
      missing: { device: { code: 'HOST_REFUSED', details: { operation: 'x', message: 'y' } } } as const,
    }
    expect(on(look, 'device.record')).toMatchObject({ verdict: 'unknown', because: null })
  })

  test('decides again when that one is waived, or was not asked', () => {
    const waived = blocking(diagnose(gone()), ['disk.found']).map((one) => one.check)
    expect(waived).toContain('disk.licenceMode')
    expect(waived).not.toContain('disk.found')
    expect(blocking(diagnose(gone(), ['disk.licenceMode']), []).map((one) => one.check)).toEqual(['disk.licenceMode'])
    const examined = (only: readonly string[]) => examine([gone()], { only, skip: [] }).worst
    expect([examined([]), examined(['disk.licenceMode'])]).toEqual(['fail', 'unknown'])
  })

  test('stands for itself when the target is off, until others stream the disk', () => {
    const look = healthyButOff()
    expect(on(look, 'windows.query')?.verdict).toBe('na')
    look.disk.disk.deviceCount = 2
    expect(on(look, 'windows.query')).toMatchObject({ verdict: 'unknown', because: 'disk.streaming' })
  })
})

describe('the choice and order of findings', () => {
  test('a check is asked for by id, by the word before its dot or by its group', () => {
    const ids = (...only: string[]) => new Set(diagnose(healthy(), only).map((one) => one.check))
    expect(ids('privilege.stream')).toEqual(new Set(['privilege.stream']))
    expect(ids('privilege')).toEqual(new Set(['privilege.stream', 'privilege.soap']))
    expect(ids('office')).toEqual(new Set(checks.filter((one) => one.group === 'office').map((one) => one.id)))
    expect(ids('nothing')).toEqual(new Set())
  })

  test('the worst comes first, then host by host', () => {
    const look = healthy()
    serviceOf(look.servers.PVS02, 'StreamService').tokenHolds = false
    look.servers.PVS01.mounted = { unknown: 'no answer' }
    look.target.identity.staticAddress = true
    look.target.windowsLicense.skipRearm = 1
    expect(loud(look).map((one) => [one.verdict, one.host, one.check])).toEqual([
      ['fail', 'PVS02', 'privilege.stream'],
      ['fail', 'W11-MASTER', 'rearm.skip'],
      ['warn', 'W11-MASTER', 'target.address'],
      ['unknown', 'PVS01', 'mount.slot'],
    ])
  })

  test('what failed or is unknown stops a run until it is waived; warnings never do', () => {
    const look = healthy()
    look.target.windowsLicense.skipRearm = 1
    look.servers.PVS01.mounted = { unknown: 'no answer' }
    look.target.identity.staticAddress = { unknown: 'no answer' }
    look.disk.disk.autoUpdate = true
    const findings = diagnose(look)
    expect(blocking(findings, []).map((one) => one.check)).toEqual(['rearm.skip', 'mount.slot'])
    expect(blocking(findings, ['mount.slot']).map((one) => one.check)).toEqual(['rearm.skip'])
    expect(blocking(findings, ['mount.slot', 'rearm.skip'])).toEqual([])
  })
})
