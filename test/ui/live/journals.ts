import type { Stamped } from '../../../src/procedure/fold.ts'
import { jonas, lab, maria } from '../../run/harness.ts'

/** Journals of three real runs on the simulated farm: one with two approvals to its end, one held and then aborted, and one that makes a
 *  journal of words no screen was made for. */
export async function journals(): Promise<readonly (readonly Stamped[])[]> {
  const farm = await lab({ os: 'windows-11-23h2', office: 'ltsc-2021' })
  const approvals = { rearmWindows: true, sealVDisk: { anotherPerson: true } }
  const whole = await farm.run('kms-new-image', { approvals }, maria)
  await whole.decide('approve', { by: maria, reason: 'one rearm is meant' })
  await whole.resume(maria)
  await whole.decide('approve', { by: jonas, reason: 'four eyes' })
  await whole.resume(jonas)

  const faulty = await lab({ os: 'windows-11-23h2', office: 'ltsc-2021', faults: [{ fault: 'skip-rearm-left-over' }] })
  const held = await faulty.run('kms-new-image')
  await held.decide('abort', { by: maria, reason: 'another day' })
  await held.resume(maria)
  return [whole.lines, held.lines, held.lines.map(strange)]
}

/** The same line in a world with long names, control characters and no blanks. */
function strange(one: Stamped): Stamped {
  const long = `${'x'.repeat(200)}\u001B[31m\r\nred`
  const text = JSON.stringify(one.event, (key, value: unknown) =>
    ['title', 'what', 'waitingFor', 'label', 'login', 'host'].includes(key) && typeof value === 'string' ? long : value,
  )
  return { ...one, event: JSON.parse(text) as Stamped['event'] }
}
