import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { CheckedFinding, Look } from '../../../src/diagnosis/check.ts'
import { checks, diagnose } from '../../../src/diagnosis/diagnose.ts'
import { healthy, type Draft } from '../healthy-look.ts'
import { allTroubles } from './all-troubles.ts'
import type { Trouble } from './troubles.ts'

const troubles = allTroubles

function lookWith(chosen: readonly Trouble[]): Look {
  const draft: Draft = healthy()
  const replaced = chosen.reduce((parts, one) => ({ ...parts, ...one.change(draft) }), {})
  return { ...draft, ...replaced }
}

describe.each(checks.map((check) => check.id))('%s', (id) => {
  test.each(troubles.filter((one) => one.check === id).map((one) => [`${one.verdict}: ${one.when}`, one] as const))(
    '%s',
    (_, one) => {
      const found = diagnose(lookWith([one]), [id]).find((finding) => finding.host === one.host)
      expect(found?.verdict).toBe(one.verdict)
      expect(found?.says).toMatch(one.says)
      if (one.remedy !== undefined) expect(found?.remedy.join('\n')).toMatch(one.remedy)
    },
  )

  test('has a case in which it is not content', () => {
    expect(troubles.filter((one) => one.check === id && (one.verdict === 'fail' || one.verdict === 'warn'))).not.toEqual([])
  })
})

describe('whatever the hosts answer', () => {
  const key = (finding: CheckedFinding) => `${finding.check} on ${finding.host}`

  test('every finding that is not content says what it means and what to do, with nothing left to fill in', () => {
    for (const one of troubles) {
      for (const finding of diagnose(lookWith([one]))) {
        const text = [finding.says, finding.effect ?? '', ...finding.remedy].join('\n')
        expect(text).not.toMatch(/\{\w+\}|<(run|host|server|why|code)>|undefined|null/)
        if (finding.verdict === 'pass' || finding.verdict === 'na') continue
        expect(finding.effect).toMatch(/\w+/)
        if (finding.verdict !== 'warn') expect(finding.remedy.length).toBeGreaterThan(0)
      }
    }
  })

  test('a check that only warns never fails', () => {
    for (const one of troubles) {
      expect(diagnose(lookWith([one])).filter((finding) => finding.severity === 'warn' && finding.verdict === 'fail')).toEqual([])
    }
  })

  test('values that cannot be read never make a check throw, and never turn into pass or fail', () => {
    fc.assert(
      fc.property(fc.subarray([...troubles], { maxLength: 6 }), fc.infiniteStream(fc.boolean()), (chosen, coin) => {
        const whole = lookWith(chosen)
        const before = new Map(diagnose(whole).map((finding) => [key(finding), finding]))
        const isRearmed = before.get('windows.query on W11-MASTER')?.verdict === 'na'
        for (const finding of diagnose(forgetting(whole, coin))) {
          const was = before.get(key(finding))
          // Nobody asks what the licence store tells while it waits for the seal.
          if (isRearmed && finding.verdict === 'na') continue
          if (finding.verdict === 'unknown' || finding.verdict === was?.verdict) continue
          // What passed may become a warning that says which part of it is not known.
          expect([finding.verdict, finding.says, was?.verdict]).toEqual(['warn', expect.stringContaining('not known'), 'pass'])
        }
      }),
      { numRuns: 300 },
    )
  })

  test('hosts that did not answer never make a check throw, and nothing about them passes', () => {
    const groups = ['target', 'disk', 'device', 'reach', 'kms'] as const
    const codes = ['HOST_UNREACHABLE', 'HOST_KEY_UNKNOWN', 'NOT_ELEVATED', 'FACTS_MISFIT', 'PVS_ERROR', 'INTERNAL'] as const
    fc.assert(
      fc.property(
        fc.subarray([...groups], { minLength: 1 }),
        fc.constantFrom(...codes),
        fc.subarray([...troubles], { maxLength: 3 }),
        (gone, code, chosen) => {
          const missing = Object.fromEntries(
            gone.map((group) => [group, { code, details: { host: 'X', why: 'it did not answer' } }]),
          )
          const look: Look = { ...lookWith(chosen), ...Object.fromEntries(gone.map((group) => [group, null])), missing }
          const findings = diagnose(look)
          const passed = (group: string) =>
            findings.filter((one) => checks.find((check) => check.id === one.check)?.group === group && one.verdict === 'pass')
          if (gone.includes('target')) expect(passed('windows')).toEqual([])
          if (gone.includes('disk')) expect(passed('disk')).toEqual([])
        },
      ),
    )
  })
})

/** The same look with some of its readable values gone: those for which the operation's schema allows "unknown". */
function forgetting(look: Look, coin: Iterator<boolean, undefined>): Look {
  const copy = structuredClone(look)
  for (const [holder, name] of readings(copy)) if (coin.next().value === true) holder[name] = { unknown: 'access denied' }
  return copy
}

type Holder = Record<string, unknown>

/** Every place in a look that holds a Reading. */
function readings({ target, servers, disk, reach, kms }: Look): readonly (readonly [Holder, string])[] {
  const of = (holder: object | null | undefined, ...names: string[]) =>
    holder ? names.map((name) => [holder as Holder, name] as const) : []
  const store = disk?.store
  return [
    ...of(target?.os, 'evaluation'),
    ...of(target?.boot, 'hiberbootEnabled', 'hibernationEnabled'),
    ...of(target?.identity, 'staticAddress', 'personalityDevice'),
    ...of(target?.windowsLicense, 'cmid', 'rearmsLeft', 'skipRearm', 'products', 'kms'),
    ...of(target?.office, 'products', 'cmid', 'rearmsLeft'),
    ...of(target?.pvs, 'attached', 'writeCacheType', 'diskName', 'personality', 'systemVolumeOnVdisk'),
    ...of(target?.updates, 'pendingReboot', 'installerRunning', 'staged'),
    ...of(target?.security, 'bitLocker', 'machinePasswordChangeDisabled'),
    ...Object.values(servers).flatMap((server) => [
      ...of(server, 'farm', 'pvsVersion', 'role', 'mounted', 'pendingReboot'),
      ...server.services.flatMap((service) => of(service, 'account', 'tokenHolds', 'policyGrants')),
      ...server.drivers.flatMap((driver) => of(driver, 'running')),
    ]),
    ...of(store, 'freeMiB').filter(([holder]) => 'freeMiB' in holder),
    ...of(disk, 'store', 'recentChanges'),
    ...of(reach, 'records'),
    ...(reach?.probes ?? []).flatMap((probe) => of(probe, 'open', 'clockSkewSeconds')),
    ...of(kms, 'products', 'port', 'listening', 'publishesSrv'),
  ]
}
