import { afterAll, describe, expect, test } from '@jest/globals'
import { listFaults } from '../../../src/lab/faults/catalogue.ts'
import type { PresetWish } from '../../../src/lab/farm-file/presets.ts'
import { everythingOn } from '../../../src/ui/cli/commands/explain.ts'
import { keep, type Told } from '../../faults/told.ts'
import { farmInProcess, firstOf } from './farm-in-process.ts'
import { farmFaults, imageFaults, LATER, type Seen } from './seen-faults.ts'

const rows: Told[] = []

afterAll(() => {
  keep('doctor', rows)
})

describe('each fault of the lab that lies in the farm before a run stands first among the findings', () => {
  test.each([...farmFaults, ...imageFaults].map((one) => [titleOf(one), one] as const))(
    '%s',
    async (title, { fault, first, worst, on, open: isOpen = false, image, plan, also = [] }) => {
      const wish: PresetWish = {
        os: 'windows-11-23h2',
        office: 'ltsc-2021',
        faults: [fault],
        ...(image === undefined ? {} : { image }),
      }
      const farm = farmInProcess(wish, { open: isOpen })
      const found = await farm.examine(plan?.(farm.plan))
      const top = firstOf(found)
      const loud = found.findings.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn')
      const falseAlarms = loud.filter(({ check }) => check !== first && !also.includes(check)).map(({ check }) => check)
      const unexplained = found.findings.filter(({ verdict, because }) => verdict === 'unknown' && because !== first)
      const rank =
        new Set(loud.map(({ check }) => check)).size === 0 ? 0 : [...new Set(loud.map(({ check }) => check))].indexOf(first) + 1
      const line = `${String(top?.verdict)}  ${String(top?.check)}  ${String(top?.says)}`
      const explained = (await everythingOn(line)).findIndex(({ id }) => id === first) + 1
      const right = top?.check === first
      rows.push({ fault: title, by: 'doctor', said: String(top?.check), right, rank, falseAlarms, explained: [explained] })

      expect(falseAlarms).toEqual([])
      expect(unexplained.map(({ check, says }) => `${check} ${says}`)).toEqual([])
      expect(explained).toBe(1)
      expect([top?.check, found.worst]).toEqual([first, worst])
      if (on !== undefined) expect(top?.host).toBe(on)
      expect(top?.effect).toMatch(/\w/)
      expect(top?.remedy).not.toEqual([])
    },
  )

  test.each(Object.entries(LATER))('%s: %s', async (fault) => {
    const firsts = []
    for (const isOpen of [false, true]) {
      const farm = farmInProcess({ os: 'windows-11-23h2', office: 'ltsc-2021', faults: [{ fault }] }, { open: isOpen })
      firsts.push(firstOf(await farm.examine()))
    }
    const loud = firsts.flatMap((one) => one?.check ?? [])
    const said = loud[0] ?? 'nothing yet'
    rows.push({ fault, by: 'doctor', said, right: loud.length === 0, rank: 0, falseAlarms: loud, explained: [] })
    expect(loud).toEqual([])
  })

  test('no named fault is left out', () => {
    const told = new Set([...farmFaults, ...imageFaults].map(({ fault }) => fault.fault).concat(Object.keys(LATER)))
    expect(listFaults().flatMap(({ name }) => (told.has(name) ? [] : [name]))).toEqual([])
  })
})

/** A fault that shows on the farm and in the image is told apart by that. */
function titleOf({ fault, open: isOpen }: Seen): string {
  const twice = [...farmFaults, ...imageFaults].filter((one) => JSON.stringify(one.fault) === JSON.stringify(fault)).length > 1
  return `${Object.values(fault).join(' ')}${twice && isOpen !== true ? ' (seen on the KMS host)' : ''}`
}
