import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { machineLine } from '../../src/report/events/event-schema.ts'
import { fleetLine, fleetLines, worstFirst, type WatchedLine } from '../../src/ui/cli/screens/clone-watch.ts'
import { desk, EXAMPLE, lines, printed, type Desk } from './vdiskprep.ts'

const WORKFLOW = join(EXAMPLE, 'w11.yaml')
let at: Desk

beforeAll(async () => {
  at = await desk({ NO_COLOR: '1' })
})
afterAll(() => at.clear())

describe('verify', () => {
  test.each([
    [
      'a version that is no number',
      [WORKFLOW, '--version', 'three'],
      /OPTION_INVALID {2}--version three is not the number of a version/,
    ],
    ['no time between two looks', [WORKFLOW, '--watch', '0m'], /OPTION_INVALID {2}--watch 0m is not/],
    [
      'several files without --watch',
      [WORKFLOW, WORKFLOW],
      /OPTION_INVALID {2}FILE .* is not one file; several are\s+looked at with --watch/,
    ],
  ])('refuses %s before any host is contacted', async (_title, args, says) => {
    const { code, err } = await at.vdp('verify', ...args)
    expect([code, err.replaceAll(/\n */g, ' ')]).toEqual([2, expect.stringMatching(says)])
  })

  test.each([
    ['run', []],
    ['verify', []],
    ['verify --watch', ['--watch']],
  ])('%s ends with the damage of its store told, and leaves no simulated farm running', async (command, more) => {
    writeFileSync(join(at.home, 'damaged.db'), 'no database')
    const [verb = ''] = command.split(' ')
    const { code, err } = await at.vdp(verb, WORKFLOW, '--lab', join(EXAMPLE, 'lab.yaml'), '--store', 'damaged.db', ...more)
    expect([code, err]).toEqual([8, expect.stringContaining('STORE_DAMAGED')])
  })

  test('--watch looks without a run until Ctrl-C, which ends it with exit code 0', async () => {
    const watching = at.begin('verify', WORKFLOW, '--lab', join(EXAMPLE, 'lab.yaml'), '--watch', '30m', '--json')
    await printed(watching, '"type":"fleet"')
    watching.kill('SIGINT')
    const { code, out, err } = await watching.ended
    expect([code, err]).toEqual([0, ''])
    expect(lines(out).every((line) => machineLine.safeParse(line).success)).toBe(true)
    expect(lines(out)[0]).toMatchObject({ v: 1, type: 'fleet', vdisks: [{ title: 'W11-Office', last: null }] })
    expect((await at.vdp('list')).out).toContain('No runs yet')
  }, 60_000)
})

describe('the list of a watched fleet', () => {
  const line = (title: string, verdict: WatchedLine['verdict'], code: string | null = null): WatchedLine => ({
    ...{ title, verdict, code, where: 'HQ/Store1', last: { run: '8k2zz', at: 0, outcome: 'verified' } },
    says: 'two canaries, W11-T01 and W11-T02, share a CMID that no third one has',
  })
  const fleet = [line('A', 'pass'), line('W22-RDS', 'fail', 'DUPLICATE_CMID'), line('B', 'warn'), line('C', 'unknown')]
  const look = { at: 0, lines: worstFirst(fleet) }

  test('has the worst first, fits its terminal, and a pipe gets one line that leaves out what is right', () => {
    const shown = fleetLines(look, 600_000, { width: 80, paint: (_style, text) => text })
    expect(shown.every((text) => text.length <= 80)).toBe(true)
    expect(shown.flatMap((text) => / (FAIL|\?\?\?\?|WARN|ok) {2,4}(\S+) /.exec(text)?.[2] ?? [])).toEqual([
      'W22-RDS',
      'C',
      'B',
      'A',
    ])
    expect(shown[0]).toMatch(/^ 4 vDisks: 1 FAIL, 1 \?\?\?\?, 1 WARN, 1 ok; looked at/)
    expect(fleetLine(look)).toMatch(
      / {2}1 FAIL, 1 \?\?\?\?, 1 WARN, 1 ok {2}\| {2}W22-RDS: FAIL DUPLICATE_CMID: [^|]*\| {2}C: [^|]*\| {2}B: [^|]*$/,
    )
  })
})
