import { describe, expect, test } from '@jest/globals'
import { checks, diagnose } from '../../src/diagnosis/diagnose.ts'
import { renderFindings } from '../../src/diagnosis/render.ts'
import { healthy, healthyButOff, serviceOf } from './healthy-look.ts'

function troubled() {
  const look = healthy()
  Object.assign(serviceOf(look.servers.PVS02, 'StreamService'), {
    tokenHolds: false,
    policyGrants: { granted: false, via: null },
  })
  look.reach.probes = [{ host: 'kms1.hq', port: 1688, resolves: true, open: true, clockSkewSeconds: 190 }]
  look.servers.PVS01.mounted = { unknown: 'no answer' }
  return diagnose(look)
}

describe('the findings as text', () => {
  test('what is wrong stands first with effect and remedy; what is in order is counted', () => {
    expect(renderFindings(troubled(), { width: 80, all: false })).toBe(
      [
        ' FAIL  PVS02      privilege.stream  HQ\\svc-pvs lacks SE_MANAGE_VOLUME_NAME: the',
        '                  running process does not hold it',
        '                  KmsPrep will fail there with "An unexpected MAP error',
        '                  occurred"; clones would share one CMID.',
        '                  Fix  secpol.msc > User Rights Assignment > Perform volume',
        '                         maintenance tasks > add HQ\\svc-pvs (a domain policy',
        '                         overrides it)',
        '                       Restart the SOAP service; the Stream service in a window',
        '                         after draining.',
        ' WARN  W11-MASTER clock.skew        3 min 10 s away from kms1.hq (limit 4 h)',
        '                  Beyond 4 hours activation fails with 0xC004F06C, also on the',
        '                  clones.',
        '                  Fix  on W11-MASTER: w32tm /resync',
        ' ????  PVS01      mount.slot        mounted vDisk: not known (no answer)',
        '                  If it is not in order: A server has one mount slot: KmsPrep',
        '                  would fail there. Nothing is dismounted by itself.',
        '                  Fix  on PVS01: Get-PvsMountedDisk',
        '                       vdiskprep plan w11.yaml',
        ` ${String(troubled().filter((one) => one.verdict === 'pass').length)} pass, 1 not applicable   run with --all to see them`,
      ].join('\n'),
    )
  })

  test('no line is wider than the terminal, unless a single word is', () => {
    for (const width of [60, 80, 120]) {
      for (const line of renderFindings(troubled(), { width, all: true }).split('\n')) {
        if (line.length > width) expect(line.replace(/^ +(Fix +)?/, '')).not.toContain(' ')
      }
    }
  })

  test('with --all every check is shown', () => {
    const findings = troubled()
    const text = renderFindings(findings, { width: 120, all: true })
    for (const one of findings) expect(text).toContain(one.check)
    expect(text).not.toContain('--all')
  })

  test('many checks that are unknown for one reason take one entry', () => {
    const look = {
      ...healthy(),
      target: null,
      missing: { target: { code: 'HOST_UNREACHABLE', details: { why: 'timed out' } } },
    } as const
    const text = renderFindings(diagnose(look), { width: 100, all: false })
    expect(text.match(/\?\?\?\?/g)).toHaveLength(1)
    expect(text).toMatch(/\?\?\?\? {2}W11-MASTER \d\d checks +W11-MASTER cannot be reached: timed out\./)
    expect(text).toMatch(/rearm\.windows/)
  })

  test('checks that a target which is off leaves out are named together', () => {
    const text = renderFindings(diagnose(healthyButOff()), { width: 100, all: true })
    expect(text).toMatch(/n\/a {3}W11-MASTER \d\d checks +the target is off/)
    for (const check of checks) expect(text).toContain(check.id)
  })

  test('two troubles in the same words stay two', () => {
    const look = healthy()
    look.target.windowsLicense.rearmsLeft = 0
    look.target.office.rearmsLeft = 0
    const text = renderFindings(diagnose(look), { width: 100, all: false })
    expect(text.match(/^ FAIL .*none left$/gm)).toHaveLength(2)
  })

  test('nothing to say is one line', () => {
    expect(renderFindings([], { width: 80, all: false })).toBe(' 0 pass')
  })
})
