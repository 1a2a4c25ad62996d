import { known } from '../../../wire/reading.ts'
import { ask } from '../../asking.ts'
import type { Undo } from '../../undo.ts'
import { changed, type Restoring, type Standing } from './look.ts'

type Of<K extends Undo['is']> = Extract<Undo, { readonly is: K }>

/** Update services run again; on a target that is off they return by themselves, their start types were never touched. */
export function standingOfServices(undo: Of<'services'>, { now }: Restoring): Standing {
  const updates = now.target[undo.host]?.updates
  if (updates === undefined) return { is: 'back', says: 'the target is off: its update services start with the next boot' }
  const stopped = undo.services.filter((name) =>
    updates.services.some((service) => service.name === name && service.state === 'stopped'),
  )
  if (stopped.length === 0) return { is: 'back', says: 'the update services run' }
  return changed(
    undo,
    `start ${stopped.join(', ')}`,
    ask(undo.host, 'Set-VdpUpdateServices', { services: stopped, state: 'running' }),
  )
}

/** The KMS host override of the test. A target that does not answer keeps it in the image, and the record says so. */
export function standingOfKmsHost(undo: Of<'kmsHost'>, { now }: Restoring): Standing {
  const licence = now.target[undo.host]?.windowsLicense
  if (licence === undefined)
    return {
      is: 'back',
      says: `${undo.host} does not answer: the KMS host set for the test stays in the image (was ${undo.machine ?? 'not set'})`,
      stays: true,
    }
  if (!known(licence.kms)) return { is: 'unread', says: 'the KMS host setting to be read' }
  if (licence.kms.machine === undo.machine) return { is: 'back', says: 'the KMS host setting is as it was' }
  return changed(
    undo,
    'put the KMS host setting back',
    ask(undo.host, 'Set-VdpKmsHost', { machine: undo.machine, port: undo.port }),
  )
}
