import { afterAll, describe, expect, test } from '@jest/globals'
import { listFaults } from '../../../src/lab/faults/catalogue.ts'
import type { PresetWish } from '../../../src/lab/farm-file/presets.ts'
import { farmInProcess, firstOf } from './farm-in-process.ts'
import { farmFaults, imageFaults, LATER } from './seen-faults.ts'

const rows: string[] = []

afterAll(() => {
  process.stdout.write(`\n${rows.join('\n')}\n`)
})

describe('each fault of the lab that lies in the farm before a run stands first among the findings', () => {
  test.each([...farmFaults, ...imageFaults].map((one) => [Object.values(one.fault).join(' '), one] as const))(
    '%s',
    async (title, { fault, first, worst, on, open: isOpen = false, image, plan }) => {
      const wish: PresetWish = {
        os: 'windows-11-23h2',
        office: 'ltsc-2021',
        faults: [fault],
        ...(image === undefined ? {} : { image }),
      }
      const farm = farmInProcess(wish, { open: isOpen })
      const found = await farm.examine(plan?.(farm.plan))
      const top = firstOf(found)
      rows.push(`${title.padEnd(40)} ${(top?.check ?? '').padEnd(20)} ${found.worst}`)

      expect([top?.check, found.worst]).toEqual([first, worst])
      if (on !== undefined) expect(top?.host).toBe(on)
      expect(top?.effect).toMatch(/\w/)
      expect(top?.remedy).not.toEqual([])
    },
  )

  test.each(Object.entries(LATER))('%s: %s', async (fault) => {
    for (const isOpen of [false, true]) {
      const farm = farmInProcess({ os: 'windows-11-23h2', office: 'ltsc-2021', faults: [{ fault }] }, { open: isOpen })
      expect(firstOf(await farm.examine())).toBeNull()
    }
  })

  test('no named fault is left out', () => {
    const told = new Set([...farmFaults, ...imageFaults].map(({ fault }) => fault.fault).concat(Object.keys(LATER)))
    expect(listFaults().flatMap(({ name }) => (told.has(name) ? [] : [name]))).toEqual([])
  })
})
