import { expect, test } from '@jest/globals'
import { diskFiles } from '../../../src/workflow/file-reader.ts'
import { readSettings } from '../../../src/workflow/settings.ts'
import { NOTIFY_EXAMPLE } from '../../../src/ui/cli/commands/notify.ts'
import { here } from './here.ts'

test('notify without settings says what messages are, where to name somebody, and what to try', async () => {
  const place = await here()
  try {
    const { code, out, err } = await place.call('notify')
    expect([code, out]).toEqual([2, ''])
    expect(err.replaceAll(/\s+/g, ' ')).toMatch(
      /mail, into a channel of Microsoft Teams.*Next: .*config\.yaml vdiskprep notify $/,
    )
    expect(err).toContain(NOTIFY_EXAMPLE.map((line) => `  ${line}\n`).join(''))
    expect(err.split('\n').filter((line) => line.length > 80 && !line.includes('config.yaml'))).toEqual([])
    const machine = await place.call('notify', '--json')
    expect([machine.code, machine.lines()]).toEqual([2, [expect.objectContaining({ fault: 'NOBODY_NOTIFIED' })]])
  } finally {
    await place.clear()
  }
})

test('the example that it prints is read as it stands', () => {
  const text = NOTIFY_EXAMPLE.join('\n')
  const { notify } = readSettings('/c.yaml', { ...diskFiles(''), read: () => ({ is: 'bytes', bytes: Buffer.from(text) }) })
  expect(notify).toMatchObject({
    mail: { to: ['vdi@hq.example'], on: ['held', 'failed', 'done'] },
    teams: { on: ['held', 'failed'] },
  })
})
