import { defineStage } from '../../stage.ts'
import { withoutUndo, withUndo, type Undo } from '../../undo.ts'
import { act, done, hold, retry, skipped } from '../../verdict.ts'
import * as farm from './farm.ts'
import { lookAtChanges, type Restoring, type Standing } from './look.ts'
import * as target from './target.ts'

/** In this order things go back: what runs, then the disk, then who may boot it. */
const SEQUENCE: readonly Undo['is'][] = [
  'services',
  'kmsHost',
  'running',
  'version',
  'sealNote',
  'mode',
  'licenseMode',
  'device',
  'assignment',
  'deviceDisk',
  'server',
  'madeDisk',
]

/** The end of every run, also of an aborted or failed one: what it changed for its own purpose is put back, each thing proved. */
export const restore = defineStage({
  name: 'restore',
  step: 'release',
  title: 'put back what the run changed',
  repeat: 'after-probe',
  skippable: true,
  judgesSilence: true,
  probe: lookAtChanges,

  judge(sight) {
    const { memory, intent, end, missing } = sight
    const next = SEQUENCE.flatMap((is) => memory.undo.filter((undo) => undo.is === is))[0]
    if (next === undefined)
      return memory.remains.length > 0
        ? done(['the rest is as it was before the run', ...memory.remains])
        : intent === null
          ? skipped('nothing to put back')
          : done('everything is as it was before the run')
    const silent = missing['disk']
    if (silent !== undefined) return retry('the PVS server to answer', silent.code, silent)
    const standing = standingOf(next, sight)
    if (standing.is === 'back')
      return {
        ...retry('the next thing to put back', standing.says),
        learn: {
          undo: withUndo(withoutUndo(memory.undo, next.key), standing.more ?? []),
          ...(standing.stays === true ? { remains: [...memory.remains, standing.says] } : {}),
        },
      }
    if (standing.is === 'unread') return retry(standing.says, standing.says)
    if (intent?.key === standing.act.key) {
      if (end?.is === 'refused')
        return hold('RESTORE_FAILED', { what: standing.act.what, why: end.fault.code, how: standing.act.what })
      return retry(standing.act.what, 'asked for, not seen yet')
    }
    return act(standing.act, 'changed by this run')
  },
})

function standingOf(undo: Undo, sight: Restoring): Standing {
  switch (undo.is) {
    case 'running':
      return farm.standingOfPower(undo, sight)
    case 'device':
      return farm.standingOfDevice(undo, sight)
    case 'assignment':
      return farm.standingOfAssignment(undo, sight)
    case 'deviceDisk':
      return farm.standingOfDeviceDisk(undo, sight)
    case 'version':
      return farm.standingOfVersion(undo, sight)
    case 'sealNote':
      return farm.standingOfSealNote(undo, sight)
    case 'server':
      return farm.standingOfServer(undo, sight)
    case 'madeDisk':
      return farm.standingOfMadeDisk(sight)
    case 'mode':
      return farm.standingOfMode(undo, sight)
    case 'licenseMode':
      return farm.standingOfLicenseMode(undo, sight)
    case 'services':
      return target.standingOfServices(undo, sight)
    case 'kmsHost':
      return target.standingOfKmsHost(undo, sight)
  }
}
