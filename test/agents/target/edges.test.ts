import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { pwshMissing } from '../../fixtures/powershell.ts'
import { licensing } from './licensing-edges.ts'
import { machine } from './machine-edges.ts'
import { rig } from './rigs.ts'

const missing = pwshMissing()
const where = missing === undefined ? describe : describe.skip
const cases = [...machine, ...licensing]

where(`parts of a target's agents at their edges, over a Windows of tables ${missing ?? ''}`, () => {
  let came: readonly (readonly unknown[])[]

  beforeAll(async () => {
    const here = await rig(
      ['worlds', 'surface'].map((name) => readFileSync(join(import.meta.dirname, `${name}.ps1`), 'utf8')).join('\n'),
    )
    const each = cases.map(
      ([, script]) => `, @(& { $script:World = New-Windows11; $script:Did.Clear()
        try { ${script} } catch { ConvertTo-VdpHostError -ErrorRecord $_ } })`,
    )
    try {
      came = (await here.run(`$null = Enter-VdpHost -Role target -Run r -Owner o -Fence 7
        , @(\n${each.join('\n')}\n)`)) as typeof came
    } finally {
      await here.close()
    }
  }, 180_000)

  test.each(cases.map(([name, , ...wanted], n) => [name, n, wanted] as const))('%s', (_, n, wanted) => {
    expect(came[n]).toEqual(wanted.map((one) => (isError(one) ? expect.objectContaining(one) : one)))
  })
})

function isError(one: unknown): one is Record<string, unknown> {
  return typeof one === 'object' && one !== null && ('kind' in one || 'message' in one)
}
