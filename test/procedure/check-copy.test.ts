import { expect, test } from '@jest/globals'
import { checkCopy } from '../../src/procedure/steps/verify/checkCopy.ts'
import { healthyButOff } from '../diagnosis/healthy-look.ts'

/** What the stage makes of a sealed copy on the local stores of two servers. */
function judged(change: (look: ReturnType<typeof healthyButOff>) => unknown = () => undefined) {
  const look = healthyButOff()
  look.plan.scenario = 'copied-image'
  change(look)
  const { plan, disk, files } = look
  return checkCopy.judge({ plan, now: { disk, files } } as never)
}

test('a copy is whole when its files are alike on every server of the store', () => {
  expect(judged()).toMatchObject({ is: 'done' })
  expect(JSON.stringify(judged())).toContain('alike on PVS01, PVS02')
})

test('a .pvp that differs holds it, although PVS calls every copy up to date', () => {
  const verdict = judged(({ files }) => Object.assign(files['PVS02']?.files[0] ?? {}, { sha256: 'cd34' }))
  expect(verdict).toMatchObject({ is: 'hold', fault: { code: 'REPLICA_STALE' } })
  expect(JSON.stringify(verdict)).toContain('W11-Office.pvp differs by hash: PVS01 / PVS02')
})

test('a server that does not hold the store, and a share, have nothing to compare', () => {
  const strange = judged(({ files, disk }) => {
    disk.inventory = disk.inventory.slice(0, 1)
    files['PVS02']?.files.splice(0)
  })
  expect(strange).toMatchObject({ is: 'done' })
  const shared = judged(({ files }) => {
    for (const one of Object.values(files)) Object.assign(one, { shared: true, files: [] })
  })
  expect(JSON.stringify(shared)).toContain('one copy on a share')
})
