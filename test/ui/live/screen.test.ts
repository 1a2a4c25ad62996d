import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Stamped } from '../../../src/procedure/fold.ts'
import { isLive } from '../../../src/ui/cli/progress.ts'
import type { Terminal } from '../../../src/ui/cli/terminal.ts'
import { Desk } from '../../../src/ui/live/desk.ts'
import { expectedOf, nothingExpected } from '../../../src/ui/live/expected.ts'
import { foldLive, unread } from '../../../src/ui/live/fold-live.ts'
import { freshUi, offersOf } from '../../../src/ui/live/keys.ts'
import { textOf, type Line } from '../../../src/ui/live/line.ts'
import { screenOf, type Scene, type Size } from '../../../src/ui/live/screen.ts'
import { signsOf } from '../../../src/ui/live/signs.ts'
import { closeLabs, jonas, maria } from '../../run/harness.ts'
import { journals } from './journals.ts'

let [whole, held, strange]: (readonly Stamped[])[] = []

beforeAll(async () => {
  ;[whole, held, strange] = await journals()
}, 60_000)
afterAll(closeLabs)

const unicode = signsOf({ LANG: 'C.UTF-8' }, 'linux')
const ascii = signsOf({ LANG: 'C' }, 'linux')
const at = { role: 'driving', by: maria, pausing: false } as const

function sceneOf(lines: readonly Stamped[], more: Partial<Scene> = {}): Scene {
  const live = lines.reduce(foldLive, unread('8k2'))
  return { live, now: live.view.changedAt + 4000, expected: nothingExpected, ui: freshUi, at, banner: null, ...more }
}

const drawn = (scene: Scene, size: Size = { columns: 79, rows: 40 }, signs = unicode) =>
  screenOf(scene, size, signs).map(textOf).join('\n')

/** The journal up to the first line of this type. */
const until = (lines: readonly Stamped[] | undefined, type: string, nth = 0) => {
  const found = (lines ?? []).filter(({ event }) => event.type === type)[nth]
  return (lines ?? []).slice(0, found?.seq)
}

const sizes = fc.record({ columns: fc.integer({ min: 20, max: 220 }), rows: fc.integer({ min: 4, max: 70 }) })
const keys = fc.array(fc.constantFrom(...'adegmprsxq1yz'.split(''), 'enter', 'escape', 'up', 'down', 'backspace'), {
  maxLength: 12,
})

function expectFits(lines: readonly Line[], { columns, rows }: Size): void {
  expect(lines.length).toBeLessThanOrEqual(rows)
  for (const line of lines) {
    expect(textOf(line).length).toBeLessThanOrEqual(columns)
    expect(textOf(line)).not.toMatch(/\p{Cc}/u)
  }
}

test('every beginning of every journal, after any keys and in any size, fits the terminal', () => {
  fc.assert(
    fc.property(
      fc.nat(2),
      fc.double({ min: 0, max: 1, noNaN: true }),
      sizes,
      keys,
      fc.boolean(),
      (which, share, size, pressed, several) => {
        const journal = [whole, held, strange][which] ?? []
        const signs = pressed.length % 2 === 0 ? unicode : ascii
        const desk = new Desk({
          ...{ signs, several, at: { role: 'driving', by: maria } },
          ...{ now: (view) => view.changedAt, standing: (view) => view.state, wants: () => undefined, banner: () => null },
        })
        desk.feed('8k2', journal.slice(0, Math.ceil(share * journal.length)))
        for (const key of ['', ...pressed]) {
          const name = key.length > 1 ? (key as 'enter') : null
          if (key !== '') desk.press({ text: name === null ? key : '', name })
          expectFits(desk.frame(size), size)
        }
      },
    ),
    { numRuns: 150 },
  )
})

describe('the screen of a run', () => {
  test('draws the no-reboot window from the first rearm to the seal, and the counter that decided', () => {
    const screen = drawn(sceneOf(until(whole, 'approval.wanted')))
    expect(screen).toMatch(/│ok {4}7 {2}rearm Office {5}count \d+ → \d+; hands off Office/)
    expect(screen).toMatch(/│ASKS {2}5 {2}rearm Windows {4}count \d+ → \? /)
    expect(screen).toMatch(/└─ no reboot until the seal ─+\n {7}9 {2}verify/)
    expect(drawn(sceneOf(whole ?? []))).not.toContain('no reboot')
  })

  test('tells a wait with what it waits for, how long at most, and how often it asks', () => {
    const waits = (whole ?? []).findIndex(({ event }) => event.type === 'judged' && event.waitingFor !== null)
    expect(drawn(sceneOf((whole ?? []).slice(0, waits + 1)))).toMatch(
      / wait {2}waiting for .*\n +0:04 of at most \d+:\d\d, asks every \d:\d\d\n/,
    )
  })

  test('has no sign beyond ASCII where the terminal cannot be trusted with more', () => {
    expect(drawn(sceneOf(until(whole, 'approval.wanted')), { columns: 160, rows: 50 }, ascii)).toMatch(/^[\x00-\x7F]*$/)
  })

  test('repeats in its commands what was typed for the one that opened it', () => {
    const there = { ...at, said: { store: 'other.db' } }
    const wide = { columns: 119, rows: 60 }
    const explained = sceneOf(until(held, 'held'), { at: there, ui: { ...freshUi, panel: 'explain' } })
    expect(drawn(explained, wide)).toMatch(/vdiskprep decide 8k2 .* --store other\.db\n/)
    expect(
      drawn(
        {
          ...explained,
          ui: freshUi,
          live: { ...explained.live, view: { ...explained.live.view, held: null, state: 'stopped' } },
        },
        wide,
      ),
    ).toContain('vdiskprep resume 8k2 --store other.db\n')
    const both = sceneOf(until(whole, 'approval.wanted'), { at: there })
    const approval = both.live.view.approval && { ...both.live.view.approval, anotherPerson: true }
    expect(drawn({ ...both, live: { ...both.live, view: { ...both.live.view, approval } } }, wide)).toMatch(
      /vdiskprep decide 8k2@\d+ approve --reason "\.\.\." --store other\.db\n/,
    )
  })

  test('has its evidence in a second column of a wide terminal', () => {
    const scene = sceneOf(until(whole, 'approval.wanted', 1))
    expect(drawn(scene)).not.toContain('evidence')
    const wide = drawn(scene, { columns: 159, rows: 40 })
    expect(wide).toMatch(/│ evidence\n/)
    expect(wide).toMatch(/│ rearms {5}1001 → 1000 \(computed/)
  })

  test('says how long a step took in earlier runs, or the limit of its plan, and which of the two', () => {
    const scene = sceneOf(until(whole, 'intended'))
    expect(drawn(scene)).toMatch(/run {3}1 {2}create vDisk .* max \d+:\d\d/)
    expect(drawn(scene)).toContain('times: max is the limit by the plan')
    const earlier = sceneOf(whole ?? []).live.view
    const expected = expectedOf({ ...scene.live.view, run: 'another' }, [earlier])
    expect(drawn({ ...scene, expected })).toMatch(/run {3}1 {2}create vDisk .* of ~\d+:\d\d/)
    expect(drawn({ ...scene, expected })).toContain('the median of 1 earlier run of this vDisk')
    // People were asked in 5 and 8: how long they thought says nothing.
    expect(Object.keys(expected.steps)).toEqual(expect.arrayContaining(['createVDisk', 'verify']))
    expect(Object.keys(expected.steps)).not.toEqual(expect.arrayContaining(['rearmWindows']))
  })
})

test('an answer that comes in one piece is typed sign by sign; a piece that comes where no question stands is nothing', () => {
  const desk = new Desk({
    ...{ signs: ascii, several: false, at: { role: 'driving', by: maria } },
    ...{ now: (view) => view.changedAt, standing: (view) => view.state, wants: (wish) => wishes.push(wish), banner: () => null },
  })
  const wishes: unknown[] = []
  desk.feed('8k2', until(held, 'held'))
  desk.press({ text: 'xq', name: null })
  expect(desk.frame({ columns: 79, rows: 40 }).map(textOf).join()).not.toContain('Why?')
  desk.press({ text: 'x', name: null })
  desk.press({ text: 'anotherr\u007F day\rabort\rq', name: null })
  expect(wishes).toMatchObject([{ is: 'decide', decided: { decision: 'abort', reason: 'another day' } }])
})

test('a screen is drawn on a terminal alone, and not for those who want lines', () => {
  const terminal = { interactive: true } as Terminal
  expect([isLive(terminal, {}), isLive({ ...terminal, interactive: false }, {})]).toEqual([true, false])
  expect([{ plain: true }, { json: true }, { quiet: true }].map((options) => isLive(terminal, options))).toEqual([
    false,
    false,
    false,
  ])
})

describe('the keys', () => {
  const offers = (lines: readonly Stamped[], more: Partial<typeof at | { by: typeof jonas }> = {}) =>
    offersOf(sceneOf(lines).live.view, { ...at, ...more }).map(({ says }) => says)

  test('are only those that are safe where the run stands', () => {
    expect(offers(until(whole, 'intended'))).toEqual([
      '[d]etails',
      '[e]xplain',
      '[p]ause after this step',
      '[q]uit at the next safe point',
    ])
    expect(offers(until(held, 'held'))).toEqual(expect.arrayContaining(['[a]pprove', '[r]etry', '[m]ark done', '[x] abort']))
    expect(offers(until(held, 'held'))).not.toContain('[s]kip')
  })

  test('do not let the one who started the run approve where the workflow wants a second person, and say what the other types', () => {
    const waits = until(whole, 'approval.wanted', 1)
    expect(offers(waits)).not.toContain('[a]pprove')
    expect(offers(waits, { by: jonas })).toContain('[a]pprove')
    expect(drawn(sceneOf(waits))).toContain(`vdiskprep decide 8k2@${String(waits.length)} approve`)
  })
})
