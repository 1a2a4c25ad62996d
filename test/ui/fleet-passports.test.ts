import { expect, test } from '@jest/globals'
import type { Fleet } from '../../src/report/fleet/fleet.ts'
import { fleetScreen } from '../../src/ui/cli/screens/passport-fleet.ts'

const screen = { width: 80, paint: (_style: unknown, text: string) => text, said: {} }
const count = (value: number) => ({ value, nearEnd: value <= 2 })
const told = (name: string, windows: number, office: number): Fleet['vdisks'][number] => {
  const passport = { run: `of-${name}`.slice(0, 5), at: '2026-10-17T22:15:00Z', kind: 'passport' as const, says: 'x' }
  return {
    ...{ farm: 'F', site: 'S', store: 'D', name, simulated: false, guid: null, version: null, passport, changedBy: null },
    ...{ days: 1, last: passport, versions: [], runs: 1, rearms: { windows: count(windows), office: count(office) } },
  }
}
const shown = (...vdisks: Fleet['vdisks']) =>
  fleetScreen({ format: 'vdiskprep-fleet/1', program: 'x', asOf: '2026-11-22T00:00:00Z', runs: 9, vdisks }, screen)

test('the vDisk that is near the end of its Office rearms comes first, by name, with the check of Office', () => {
  const lines = shown(told('W10-CAD', 1000, 5), told('W10-Shop', 1000, 1))
  expect(lines[0]).toBe(' 1 of 2 vDisks NEAR THE END of the rearms: W10-Shop')
  expect(lines.findIndex((line) => line.startsWith(' W10-Shop'))).toBeLessThan(
    lines.findIndex((line) => line.startsWith(' W10-CAD')),
  )
  const text = lines.join('\n')
  expect(text).toMatch(/Next: {2}vdiskprep doctor --explain rearm\.office[^]*vdiskprep report of-W1 {3}W10-Shop/)
  expect(text).not.toContain('rearm.windows')
})

test('where none is near the end nothing is said of it but in the legend', () => {
  const lines = shown(told('W10-CAD', 1000, 5))
  expect(lines[0]).toMatch(/^ vDisk /)
  expect(lines.join('\n')).not.toContain('--explain')
})
