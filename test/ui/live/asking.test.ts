import { describe, expect, test } from '@jest/globals'
import { emptyView } from '../../../src/procedure/view-changes.ts'
import type { RunView } from '../../../src/procedure/run-view.ts'
import { answer, ask, askingLines, type Asking, type Decided } from '../../../src/ui/live/asking.ts'
import { moment } from '../../../src/ui/cli/screens/elapsed.ts'
import { columnsOf, fleetScreen, memberHead, memberLine, sorted, type Member } from '../../../src/ui/live/fleet.ts'
import { waysLines } from '../../../src/ui/cli/screens/ways.ts'
import { diskLeft, meaningOf } from '../../../src/ui/live/meaning.ts'
import { textOf } from '../../../src/ui/live/line.ts'
import { signsOf } from '../../../src/ui/live/signs.ts'
import { maria } from '../../run/harness.ts'

const fresh = emptyView('8k2')
const counted = (left: number): RunView => ({
  ...fresh,
  ...{ state: 'approval', startedBy: maria, lines: 41 },
  approval: {
    place: 'rearmWindows.rearmWindows',
    what: 'rearm Windows',
    because: [`rearms left: ${String(left)}`],
    anotherPerson: false,
    since: 0,
  },
  memory: { ...fresh.memory, windows: { ...fresh.memory.windows, rearmsBefore: left } },
})
const held: RunView = {
  ...fresh,
  ...{ state: 'held', lines: 41 },
  held: {
    ...{ place: 'preflight.preflight', because: ['FAIL x'], skippable: false, since: 0 },
    fault: { code: 'CHECKS_FAILED', details: {} },
    options: [
      { name: 'one.check', label: 'waive the check one.check' },
      { name: 'other.check', label: 'waive the check other.check' },
    ],
  },
}

/** Types texts and names of keys, as a person would. */
function typing(begun: Asking, view: RunView, ...keys: readonly string[]): Asking | { readonly decided: Decided } | null {
  let asking: Asking = begun
  for (const key of keys) {
    const name = key === 'enter' || key === 'escape' || key === 'backspace' ? key : null
    const next = answer(asking, { text: name === null ? key : '', name }, view)
    if (next === null || 'decided' in next) return next
    asking = next
  }
  return asking
}

const shown = (asking: unknown, view: RunView) =>
  askingLines(asking as Asking, view, 79, signsOf({}, 'linux'))
    .map(textOf)
    .join('\n')

const unsure: RunView = {
  ...held,
  held: {
    ...{ place: 'rearmOffice.rearmOffice', because: [], skippable: false, since: 0 },
    fault: { code: 'OUTCOME_UNKNOWN', details: { act: 'rearm Office', host: 'M', why: 'no receipt' } },
    options: [{ name: 'rearm-again', label: 'run OSPPREARM again' }],
  },
  memory: { ...fresh.memory, office: { ...fresh.memory.office, rearmsBefore: 5 } },
}
const RETRY = 'It looks again, and acts again only where that is safe.'

describe('the ways on from a hold', () => {
  test('say what each costs and leads to, the one that may spend a second rearm last', () => {
    const told = waysLines(unsure, ['vdiskprep decide 8k2 retry'], { width: 200 }).join('\n')
    expect(told).toMatch(new RegExp(`8k2@41 retry +${RETRY}[^]*The run ends and cannot be resumed[^]*rearm-again`))
    expect(told).toContain('a second one if the first took effect (5 were left before the first). It does this: run OSPPREARM')
  })

  test('of an approval begin with the approval, whatever it costs', () => {
    const [first = '', second = ''] = waysLines(counted(3), [], { width: 300 })
    expect(first).toMatch(/Next: {2}vdiskprep decide 8k2@41 approve .*This spends one Windows rearm: 3 -> 2\./)
    expect(second).toContain('8k2@41 abort')
  })
})

describe('an abort', () => {
  const act = {
    effect: 'rearmWindows.rearmWindows/rearm-windows/1',
    what: 'rearm Windows',
    host: 'M',
    at: 0,
    end: 'answered',
  } as const

  test('tells of a rearm that was spent also after the boot that lost it', () => {
    expect(meaningOf({ ...held, acts: [act] }, 'abort').consequence).toContain('a rearm that was spent stays spent')
  })

  test.each([
    ['only looks at clones', { scenario: 'verify-only' }],
    ['mends one finding', { scenario: 'update-image', mend: { check: 'mount.slot' } }],
  ])('of a run that %s says nothing of a seal, for the vDisk is as it was', (_title, plan) => {
    const view = { ...held, plan: plan as unknown as RunView['plan'] }
    expect(meaningOf(view, 'abort').consequence).toMatch(/neither opens nor seals the vDisk: .* as before\.$/)
    expect(diskLeft(view)).toMatch(/^The vDisk is as it was/)
  })

  test.each([
    [[], {}, /^The vDisk is as it was: this run has not opened it\.$/],
    [
      ['createVDisk.openPrivate/1'],
      {},
      /^The vDisk is not sealed yet, it may stand open in Private mode: it must not be streamed/,
    ],
    [['createVDisk.makeVersion/1'], { version: 3 }, /^The vDisk is not sealed yet, version 3 is begun: it must not/],
    [['createVDisk.openPrivate/1'], { sealed: { at: 'x', diskGuid: 'g' } }, /^The vDisk is sealed; .* not proved yet/],
  ])('after the acts %j a run that stands leaves the vDisk so', (effects, memory, says) => {
    const acts = effects.map((effect) => ({ ...act, effect }))
    expect(diskLeft({ ...held, acts, memory: { ...fresh.memory, ...memory } })).toMatch(says)
    const ending = { outcome: 'verified', because: '', fault: null } as const
    expect(diskLeft({ ...held, acts, ending })).toBe('The vDisk is sealed, and its clones drew CMIDs of their own.')
  })

  test('tells of none before one was begun', () => {
    const window = { guid: 'g', lastBootUpTime: '2026-11-21T22:15:00Z' }
    const open = { ...held, memory: { ...held.memory, window } }
    expect(meaningOf(open, 'abort').consequence).not.toContain('stays spent')
  })
})

describe('a decision', () => {
  test('that spends the last rearm says so, and nothing but the whole word takes it', () => {
    const view = counted(1)
    expect(shown(ask(view, 'approve'), view)).toContain('This spends the last Windows rearm of this image.')
    const asked = typing(ask(view, 'approve'), view, 'agreed with the team', 'enter')
    expect(typing(asked as Asking, view, 'enter')).toMatchObject({ at: 'word', refused: expect.stringContaining('spend') })
    expect(typing(asked as Asking, view, 'y', 'enter')).toMatchObject({ at: 'word' })
    const decided = { run: '8k2', seen: 41, decision: 'approve', option: null, reason: 'agreed with the team' }
    expect(typing(asked as Asking, view, 'spend', 'enter')).toEqual({ decided })
    expect(shown(ask(counted(3), 'approve'), counted(3))).toContain('This spends one Windows rearm: 3 -> 2.')
  })

  test('is not taken without a reason where one is demanded; a retry may have none', () => {
    expect(typing(ask(held, 'abort'), held, 'enter')).toMatchObject({ at: 'reason', refused: 'a reason is demanded' })
    expect(typing(ask(held, 'abort'), held, ' ', 'enter')).toMatchObject({ at: 'reason' })
    expect(typing(ask(held, 'retry'), held, 'enter')).toMatchObject({ decided: { decision: 'retry', reason: null } })
  })

  test('of several ways asks for one by its number, with none preset', () => {
    expect(typing(ask(held, 'approve'), held, 'enter')).toMatchObject({ at: 'option' })
    expect(typing(ask(held, 'approve'), held, '3')).toMatchObject({ at: 'option' })
    const way = typing(ask(held, 'approve'), held, '2', 'known', 'enter', 'other.check', 'enter')
    expect(way).toMatchObject({ decided: { option: 'other.check', reason: 'known' } })
  })

  test('can be left at every question', () => {
    for (const keys of [[], ['why'], ['why', 'enter'], ['why', 'enter', 'abo']])
      expect(typing(ask(held, 'abort'), held, ...keys, 'escape')).toBeNull()
    expect(typing(ask(held, 'retry'), held, 'abc', 'backspace', 'enter')).toMatchObject({ decided: { reason: 'ab' } })
  })
})

test('of several runs those come first that wait for a human, the longest wait before the others', () => {
  const member = (run: string, as: Member['as'], since: number): Member => ({
    as,
    view: { ...(as === 'held' ? { ...held, held: held.held && { ...held.held, since } } : fresh), run, startedAt: since },
  })
  const members = [
    member('a', 'ended', 9),
    member('b', 'running', 1),
    member('c', 'held', 8),
    member('d', 'left', 5),
    member('e', 'held', 2),
  ]
  expect(sorted(members).map(({ view }) => view.run)).toEqual(['e', 'c', 'd', 'b', 'a'])
})

describe('a line of several runs', () => {
  const at = Date.parse('2026-11-21T22:15:00Z')
  const ended: RunView = {
    ...fresh,
    title: 'W11-Desk',
    state: 'ended',
    outcome: 'verified',
    startedAt: at - 262_000,
    changedAt: at,
  }
  const row = (member: Member, width: number) => textOf(memberLine(member, at + 60_000, columnsOf([member], width), false))
  const day = moment(at).slice(0, 10)

  test('says when a run that rests last changed, in 80 columns too', () => {
    expect(row({ view: ended, as: 'ended' }, 80)).toMatch(new RegExp(` ${moment(at).slice(5, 16)}$`))
    expect(row({ view: ended, as: 'ended' }, 80).length).toBeLessThanOrEqual(80)
    expect(row({ view: ended, as: 'ended' }, 120)).toMatch(new RegExp(`${day} \\d\\d:\\d\\d +4:22`))
  })

  test('stands below the names of its columns, live too, whoever started the others', () => {
    const mine: Member = { view: { ...ended, run: '8k2ab', startedBy: maria }, as: 'ended' }
    const other = { ...maria, login: 'HQ\\svc-patchnight-2' }
    const theirs: Member = { view: { ...unsure, run: '9m4kt', startedBy: other, changedAt: at }, as: 'held' }
    const scene = { members: [mine, theirs], now: () => at, chosen: '8k2ab', keys: '[q]uit', notice: null }
    for (const width of [79, 120])
      for (const rows of [3, 24]) {
        const [sum = '', head = '', ...below] = fleetScreen(scene, { columns: width, rows }, signsOf({}, 'linux')).map(textOf)
        const columns = columnsOf(scene.members, width)
        const [first, second] = [theirs, mine].map((one) => textOf(memberLine(one, at, columns, one === mine)))
        expect([sum, head]).toEqual([' 2 runs: 1 NEEDS YOU, 1 done', textOf(memberHead(columns))])
        if (rows === 24) expect(below.slice(0, 2)).toEqual([first, second])
        expect([head, first ?? '', second ?? ''].filter((line) => line.length > width)).toEqual([])
        expect(head).toMatch(/^ state +run +vDisk +at +what +[ -~]+ by$/)
        expect([second?.indexOf('verified'), second?.indexOf('maria')]).toEqual([head.indexOf('what'), head.indexOf('by')])
        expect(first?.indexOf('HQ\\svc')).toBe(head.indexOf('by'))
      }
  })

  test('has no head where there is no run', () => {
    const scene = { members: [], now: () => at, chosen: null, keys: '[q]uit', notice: null }
    expect(fleetScreen(scene, { columns: 80, rows: 24 }, signsOf({}, 'linux'))[1]).toEqual([])
  })

  test('says how long one waits for a person, and on a wide terminal since when', () => {
    expect(row({ view: { ...unsure, startedBy: maria, changedAt: at }, as: 'held' }, 80)).not.toContain(day.slice(5))
    expect(row({ view: { ...unsure, startedBy: maria, changedAt: at }, as: 'held' }, 120)).toMatch(new RegExp(`${day}.*held \\d`))
  })
})
