import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { styleText, stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import type { Look } from '../../src/diagnosis/check.ts'
import { checks } from '../../src/diagnosis/diagnose.ts'
import { examine } from '../../src/diagnosis/examine.ts'
import { reportOf } from '../../src/report/doctor/doctor-report.ts'
import { checkLines } from '../../src/ui/cli/screens/check.ts'
import { doctorScreen } from '../../src/ui/cli/screens/doctor.ts'
import { healthy, healthyButOff, serviceOf } from '../diagnosis/healthy-look.ts'

const occasion = { program: '0.1.0', file: 'w11.yaml', at: '2026-11-02T12:00:00Z', milliseconds: 4210 }
const plain = (_: string, text: string) => text

function screen(looks: readonly Look[], width: number, all = false, paint = plain): readonly string[] {
  const found = examine(looks, { only: [], skip: [] })
  const exitCode = found.worst === 'fail' ? 5 : 0
  return doctorScreen(
    reportOf(found, { ...occasion, exitCode }, ({ check }) =>
      check === 'rearm.skip' ? 'remove the registry value SkipRearm' : null,
    ),
    looks,
    { all },
    { width, paint },
  )
}

/** The farm of the screens that are kept: something of every kind. */
function troubled() {
  const look = healthy()
  Object.assign(serviceOf(look.servers.PVS02, 'StreamService'), {
    tokenHolds: false,
    policyGrants: { granted: false, via: null },
  })
  look.reach.probes = [{ host: 'kms1.hq', port: 1688, resolves: true, open: true, clockSkewSeconds: 190 }]
  look.target.windowsLicense.skipRearm = 1
  look.servers.PVS01.mounted = { unknown: 'no answer' }
  look.disk.disk.autoUpdate = true
  return look
}

function silent() {
  const look = healthy()
  const missing = { target: { code: 'HOST_UNREACHABLE', details: { why: 'timed out' } } } as const
  return { ...look, target: null, missing }
}

function expectGolden(name: string, lines: readonly string[]): void {
  const file = join(import.meta.dirname, 'golden', `${name}.txt`)
  const text = `${lines.join('\n')}\n`
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, text)
  expect(text).toBe(readFileSync(file, 'utf8'))
}

/** Lines that are wider than the terminal and no command: one stands alone, below its host or behind `Fix`, and is never broken. */
function tooWide(lines: readonly string[], width: number): readonly string[] {
  return lines.filter(
    (line, at) =>
      line.length > width && !/^ *(Fix {2})?on \S+:$/.test(lines[at - 1] ?? '') && !/^ *(Fix {2})?vdiskprep /.test(line),
  )
}

describe('the screen of the doctor', () => {
  test('at 80 columns: host by host, the worst first, with effect and remedy', () => {
    expectGolden('doctor', screen([troubled()], 80))
  })

  test('on a wide terminal the remedy stands beside the finding', () => {
    expectGolden('doctor-wide', screen([troubled()], 160))
  })

  test('of a silent target: one entry for all that is not known for this reason', () => {
    expectGolden('doctor-silent', screen([silent()], 80))
  })

  test('says in three lines that nothing is wrong', () => {
    expect(screen([healthyButOff()], 80).slice(3)).toEqual([
      '',
      expect.stringMatching(/^ Nothing would hold a run\. \d+ checks gave \d+ results: \d+ pass, \d+ not$/),
      expect.stringMatching(/^ applicable \(\d+ as \S+ is off\); --all shows them\. Exit code 0\.$/),
    ])
  })

  test('no line is wider than the terminal but a command that is to be copied', () => {
    for (const width of [60, 80, 100, 119]) {
      const wide = [troubled(), silent(), healthyButOff()].flatMap((look) => tooWide(screen([look], width, true), width))
      expect(wide).toEqual([])
    }
  })

  test('with --all every check is shown', () => {
    const text = screen([healthyButOff()], 100, true).join('\n')
    for (const { id } of checks) expect(text).toContain(id)
  })

  test('two troubles in the same words stay two', () => {
    const look = healthy()
    look.target.windowsLicense.rearmsLeft = 0
    look.target.office.rearmsLeft = 0
    expect(screen([look], 100).filter((line) => /^ FAIL .*none left$/.test(line))).toHaveLength(2)
  })

  test('colour only repeats what the words say', () => {
    const paint = (style: string, text: string) =>
      styleText(({ bad: 'red', good: 'green', warn: 'yellow', faint: 'dim', strong: 'bold' } as const)[style as 'bad'], text, {
        validateStream: false,
      })
    for (const width of [80, 160]) {
      const coloured = screen([troubled()], width, true, paint)
      expect(coloured.map(stripVTControlCharacters)).toEqual(screen([troubled()], width, true))
      expect(coloured.join('')).not.toBe(screen([troubled()], width, true).join(''))
    }
  })

  test('is plain ASCII', () => {
    for (const width of [80, 160]) expect(screen([troubled()], width, true).join('\n')).toMatch(/^[\x20-\x7e\n]*$/)
  })

  test('names the vDisk where a finding is not of all of them', () => {
    const twin = troubled()
    twin.plan.title = 'Twin'
    twin.disk.disk.autoUpdate = false
    const lines = screen([troubled(), twin], 100)
    expect(lines.find((line) => line.includes('disk.autoUpdate'))).toMatch(/automatic update is on \(W11-Office\)$/)
    expect(lines.filter((line) => line.includes('privilege.stream'))).toHaveLength(1)
  })
})

test('every check can be explained without a farm: nothing is left to fill in', () => {
  for (const check of checks) {
    const text = checkLines(check, { width: 80, paint: plain }).join('\n')
    expect(text).toContain(check.id)
    expect(text).not.toMatch(/\{\w+\}/)
  }
})
