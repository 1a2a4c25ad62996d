import { afterAll, afterEach, describe, expect, test } from '@jest/globals'
import { examine } from '../../src/diagnosis/examine.ts'
import { survey } from '../../src/engine/survey.ts'
import { powerOn } from '../../src/lab/model/power.ts'
import { checkups } from '../../src/procedure/checkup.ts'
import { verificationOf } from '../../src/workflow/verification.ts'
import { doctorNames, exclusive, hides } from './doctor-names.ts'
import { faultCases, type FaultCase } from './fault-cases.ts'
import { closeLabs, lab, maria, type LabFarm } from './harness.ts'
import { pass } from './mending.ts'
import { RunInLab } from './run-in-lab.ts'

/** All of them with VDISKPREP_DEEP=1 (`npm run faults`), a few in a short run. */
const deep = process.env['VDISKPREP_DEEP'] === '1'
const rows: string[] = []
const count = { alone: 0, first: 0, pairs: 0, both: 0, hidden: 0, alarms: 0 }

afterEach(closeLabs)
afterAll(() => {
  const { alone, first, pairs, both, hidden, alarms } = count
  process.stdout.write(
    `\n${rows.join('\n')}\ndoctor: ${String(alone)} faults alone, ${String(first)} named first; ${String(pairs)} pairs, both named in ` +
      `${String(both)}, one unknown because of the other in ${String(hidden)}; ${String(alarms)} false alarms\n`,
  )
})

const titleOf = ({ fault: { fault, ...how } }: FaultCase) => [fault, ...Object.values(how)].join(' ')
const visible = faultCases.flatMap((one) => {
  const names = doctorNames[titleOf(one)]
  return names === undefined ? [] : [{ ...one, title: titleOf(one), names }]
})

/** What the doctor says of a farm whose prep device is up: checks that fail or warn, gravest first, and those that it could not tell. */
async function doctor(farm: LabFarm, workflow: FaultCase['workflow']) {
  powerOn(farm.model, farm.master)
  await pass(farm, 5)
  const plan = await farm.plan('kms-new-image', workflow)
  const world = await farm.world()
  try {
    const { findings } = examine(await survey(world.hosts, checkups([plan]), new AbortController().signal), {
      only: [],
      skip: [],
    })
    const of = (verdict: string) => findings.filter((one) => one.verdict === verdict).map(({ check }) => check)
    // A check that waits for another is not judged and says for which.
    const waiting = findings
      .filter(({ verdict, says }) => verdict === 'na' && /see [a-z]+\.[a-zA-Z]+/.test(says))
      .map(({ check }) => check)
    return { named: [...new Set([...of('fail'), ...of('warn')])], unknown: [...of('unknown'), ...waiting] }
  } finally {
    await world.hosts.close()
    await world.store.close()
  }
}

const farmWith = (...faults: readonly FaultCase[]) =>
  lab({ os: 'windows-11-23h2', office: 'ltsc-2021', faults: faults.map(({ fault }) => fault) })

describe('the doctor on a farm with one fault', () => {
  test.each((deep ? visible : visible.slice(0, 4)).map((one) => [one.title, one] as const))(
    'names %s first, and nothing that is in order',
    async (title, { names, workflow, ...one }) => {
      const { named } = await doctor(await farmWith(one), workflow)
      const alarms = named.filter((check) => !names.includes(check))
      rows.push(`${title.padEnd(54)} ${named.join(', ')}`)
      count.alone += 1
      count.first += named[0] === names[0] ? 1 : 0
      count.alarms += alarms.length
      expect({ first: named[0], alarms }).toEqual({ first: names[0], alarms: [] })
    },
  )
})

/** Each with the next, the third and the seventh after it, round the list: pairs of every part of a farm with every other. */
const pairs = visible.flatMap((one, index) =>
  [1, 3, 7].flatMap((step) => {
    const other = visible[(index + step) % visible.length]
    if (other === undefined || other.names[0] === one.names[0]) return []
    return `${one.title} and ${other.title}` in exclusive ? [] : [[one, other] as const]
  }),
)

describe('the doctor on a farm with two faults', () => {
  test.each((deep ? pairs : pairs.slice(0, 4)).map((pair) => [pair.map(({ title }) => title).join(' and '), pair] as const))(
    'names both %s',
    async (title, [one, other]) => {
      const { named, unknown } = await doctor(await farmWith(one, other), { ...one.workflow, ...other.workflow })
      const [hidden, ...more] = [one, other].flatMap(({ names: [check] }) => (named.includes(check) ? [] : [check]))
      const cause = named.find((check) => check in hides)
      const because = hidden === undefined ? '' : ` | ${hidden} unknown: ${hides[cause ?? ''] ?? 'NO REASON'}`
      rows.push(`${title.padEnd(54)} ${named.join(', ')}${because}`)
      const alarms = named.filter((check) => ![...one.names, ...other.names].includes(check))
      count.pairs += 1
      count.both += hidden === undefined ? 1 : 0
      count.hidden += hidden === undefined ? 0 : 1
      count.alarms += alarms.length
      expect({ alarms, more }).toEqual({ alarms: [], more: [] })
      if (hidden !== undefined)
        expect({ unknown, cause }).toEqual({ unknown: expect.arrayContaining([hidden]), cause: expect.any(String) })
    },
  )
})

describe('verify on a vDisk whose clones are not right', () => {
  const wrong = ['DUPLICATE_CMID', 'CANARY_ELSEWHERE', 'CANARY_NOT_LICENSED']
  const cases = faultCases.filter(({ says }) => wrong.includes(says))
  test.each((deep ? cases : cases.slice(0, 2)).map((one) => [titleOf(one), one.says, one] as const))(
    'says of %s what the run said: %s',
    async (title, says, one) => {
      const farm = await farmWith(one)
      const run = await farm.run('kms-new-image', one.workflow)
      expect(run.says).toBe(says)
      if (run.outcome === null) await run.answer('abort')
      const verified = await RunInLab.begin(farm, verificationOf(await farm.plan('kms-new-image', one.workflow)), maria)
      rows.push(`${title.padEnd(54)} verify ${String(verified.says)}`)
      expect(verified.says).toBe(says)
    },
  )
})
