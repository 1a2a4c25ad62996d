import { describe, expect, test } from '@jest/globals'
import type { Look } from '../../../src/diagnosis/check.ts'
import { checks } from '../../../src/diagnosis/diagnose.ts'
import { healthy, healthyButOff, type Draft } from '../healthy-look.ts'
import { allTroubles } from './all-troubles.ts'

/** Parts of a look that hold facts; the plan is no fact, and what is missing has its reason in `session`. */
const GROUPS = ['target', 'disk', 'device', 'reach', 'kms'] as const

/** A look that notes which facts are read, as places without hosts and positions in lists. */
function watched(look: Look, read: Set<string>): Look {
  const wrap = (value: unknown, place: readonly string[]): unknown => {
    if (typeof value !== 'object' || value === null) return value
    // A copy of the whole (`{ ...facts }`) decides nothing.
    let copied = 0
    return new Proxy(value, {
      ownKeys(target) {
        copied = Object.keys(target).length
        return Reflect.ownKeys(target)
      },
      get(target, name) {
        const found = (target as Record<string | symbol, unknown>)[name]
        if (typeof name === 'symbol' || typeof found === 'function') return found
        if (Array.isArray(target)) return wrap(found, place)
        const at = [...place, name]
        if (copied > 0) copied -= 1
        else read.add(at.join('.'))
        return wrap(found, at)
      },
    })
  }
  const hosts = (group: 'servers' | 'canaryDevices' | 'files') =>
    Object.fromEntries(Object.entries(look[group]).map(([host, facts]) => [host, wrap(facts, [group])]))
  const single = Object.fromEntries(GROUPS.map((group) => [group, wrap(look[group], [group])]))
  return { ...look, ...single, servers: hosts('servers'), canaryDevices: hosts('canaryDevices'), files: hosts('files') } as Look
}

/** Every place that a check reads in any of the looks of these tests. */
function readBy(id: string): ReadonlySet<string> {
  const check = checks.find((one) => one.id === id)
  const read = new Set<string>()
  const scenarios = (['verify-only', 'maintenance-version', 'update-image'] as const).map((scenario) => {
    const look = healthyButOff()
    look.plan.scenario = scenario
    return look
  })
  const looks = [healthy(), healthyButOff(), ...scenarios, ...allTroubles.filter((one) => one.check === id).map(changed)]
  for (const look of looks as readonly Look[]) check?.judge(watched(look, read))
  return read
}

function changed(trouble: (typeof allTroubles)[number]): Look {
  const draft: Draft = healthy()
  return { ...draft, ...trouble.change(draft) }
}

/** Read by most checks to tell who is meant or why a host is silent, not to decide. */
const NAMES: readonly RegExp[] = [
  /^servers\.server$/,
  /^device\.device\.active$/,
  /^device\.device$/,
  /\.unknown$/,
  /^disk\.(found|disk)$/,
]

/** A single value of what is copied as a whole: its reading leaves no trace here. */
const UNSEEN: readonly string[] = ['canaryDevices.found']

describe('the facts that the table of checks names are those that a check reads', () => {
  test.each(checks.filter(({ reads }) => !reads.includes('session')).map(({ id, reads }) => [id, reads] as const))(
    '%s',
    (id, reads) => {
      const read = [...readBy(id)]
      expect(
        reads.filter((place) => !UNSEEN.includes(place) && !read.some((one) => one === place || one.startsWith(`${place}.`))),
      ).toEqual([])
      const told = (place: string) =>
        reads.some((one) => place === one || place.startsWith(`${one}.`) || one.startsWith(`${place}.`))
      expect(read.filter((place) => !told(place) && !NAMES.some((name) => name.test(place)))).toEqual([])
    },
  )
})
