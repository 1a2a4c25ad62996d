import { afterEach, test } from '@jest/globals'
import { appendFileSync } from 'node:fs'
import { listFaults } from '../../src/lab/faults/catalogue.ts'
import { closeLabs, lab } from './harness.ts'

afterEach(closeLabs)

for (const { name, expect } of listFaults()) {
  test(name, async () => {
    const farm = await lab({ os: 'windows-11-23h2', office: 'ltsc-2021', faults: [{ fault: name }] })
    let text = ''
    try {
      const run = await farm.run('kms-new-image')
      const held = run.held
      text = `${run.says} at ${held?.place ?? ''} [${held?.options.map((o) => o.name).join(',') ?? ''}] ${JSON.stringify(held?.fault.details ?? run.view.ending?.fault?.details ?? null)?.slice(0, 300)} :: ${(held?.because ?? []).join(' | ').slice(0, 300)} rearms ${JSON.stringify(farm.ledger(farm.master.name).rearms.map((r) => r.product + r.effective))}`
    } catch (e) {
      text = `THROWN ${String(e)} ${JSON.stringify((e as any).details)}`
    }
    appendFileSync('/tmp/explore.txt', `${name} (${expect}) => ${text}\n`)
  })
}
