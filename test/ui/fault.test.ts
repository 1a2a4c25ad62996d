import { expect, test } from '@jest/globals'
import { faultLines } from '../../src/ui/cli/screens/fault.ts'

const screen = { width: 80, paint: (_: unknown, text: string) => text }
const unreached = { code: 'HOST_UNREACHABLE', details: { host: 'PVS01', why: 'ENOTFOUND' } } as const
const read = (run: string | null) => faultLines(unreached, run, screen).join('\n')

test('a host that a command without a run did not reach is asked again by that command', () => {
  expect(read(null)).toMatch(/of PVS01\.\n +Then repeat the command\.$/)
})

test('within a run the run is taken up', () => {
  expect(read('k7w2m')).toMatch(/vdiskprep resume k7w2m$/)
})

test("another program's sentence keeps its full stop, and a path its dots", () => {
  const told = faultLines({ code: 'HOST_UNREACHABLE', details: { host: '../a', why: 'It is off.' } }, null, screen)
  expect(told[0]).toBe('HOST_UNREACHABLE  ../a cannot be reached: It is off.')
})
