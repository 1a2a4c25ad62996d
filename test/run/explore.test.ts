import { afterEach, test } from '@jest/globals'
import { appendFileSync } from 'node:fs'
import { listFaults } from '../../src/lab/faults/catalogue.ts'
import { closeLabs, lab } from './harness.ts'

afterEach(closeLabs)

const list = listFaults().flatMap((one) => [{ ...one, when: 'start' }, ...(one.check ? [{ ...one, when: 'boot' }] : [])])
for (const { name, expect, check, when } of list) {
  if (process.env['ONLY'] && !process.env['ONLY'].split(',').includes(name)) continue
  test(name + when, async () => {
    const farm = await lab({ os: 'windows-11-23h2', office: 'ltsc-2021', faults: [{ fault: name, ...(when === 'boot' ? { when } : {}) } as never] })
    let text = ''
    const t = Date.now()
    try {
      const run = await farm.run('kms-new-image')
      const held = run.held
      text = `${run.says} at ${held?.place ?? ''} [${held?.options.map((o) => o.name).join(',').slice(0, 80) ?? ''}] ${JSON.stringify(held?.fault.details ?? run.view.ending?.fault?.details ?? null)?.slice(0, 300)} :: ${(held?.because ?? []).join(' | ').slice(0, 300)} rearms ${JSON.stringify(farm.ledger(farm.master.name).rearms.map((r) => r.product + r.effective))}`
    } catch (e) {
      text = `THROWN ${String(e)} ${(e as any).stack} ${JSON.stringify((e as any).details)}`
    }
    appendFileSync('/tmp/explore.txt', `${name}/${when} (${expect}, ${check}) ${Date.now() - t}ms => ${text}\n`)
  })
}
