import { defineStage } from '../../stage.ts'
import { withoutUndo, withUndo, type Undo } from '../../undo.ts'
import { act, done, hold, retry, skipped, type Verdict } from '../../verdict.ts'
import { unendedTask } from '../../pvs-task.ts'
import * as farm from './farm.ts'
import { leftInPlace } from './left-in-place.ts'
import { lookAtChanges, restoring, type Restoring, type Standing } from './look.ts'
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
    const stay = leftInPlace(sight)
    if (memory.undo.length === 0 && memory.remains.length === 0 && intent === null && stay.length === 0)
      return skipped('nothing to put back')
    const silent = missing['disk']
    if (memory.undo.length > 0 && silent !== undefined) return retry('the PVS server to answer', silent.code, silent)
    const unended = memory.undo.length > 0 ? taskBefore(sight) : null
    if (unended !== null) return unended
    const { found, learn, left } = goneThrough(sight)
    if (left === null) {
      const remains = [...learn.remains, ...stay]
      const all = remains.length === 0 ? 'everything is as it was before the run' : 'the rest is as it was before the run'
      return done([...found, all, ...remains], learn)
    }
    const { key, standing } = left
    const asked = intent?.key === restoring(key)
    if (standing.is === 'unread')
      return { ...retry(standing.says, [...found, standing.says], standing.overdue), learn, settled: true }
    if (!asked) return act(standing.act, [...found, 'changed by this run'], learn)
    const { what } = standing.act
    if (end?.is === 'refused') return { ...hold('RESTORE_FAILED', { what, why: end.fault.code, how: what }, found), learn }
    return { ...retry(`the farm to show: ${what}`, [...found, 'asked for, not seen yet']), learn }
  },
})

/** One look goes through the recorded changes in their order, up to the first that is not as it was. */
function goneThrough(sight: Restoring) {
  let { undo, remains } = sight.memory
  const found: string[] = []
  for (let first = firstOf(undo); first !== undefined; first = firstOf(undo)) {
    const standing = standingOf(first, sight)
    if (standing.is !== 'back') return { found, learn: { undo, remains }, left: { key: first.key, standing } }
    undo = withUndo(withoutUndo(undo, first.key), standing.more ?? [])
    if (standing.stays === true) remains = [...remains, standing.says]
    else found.push(standing.says)
  }
  return { found, learn: { undo, remains }, left: null }
}

function firstOf(undo: readonly Undo[]): Undo | undefined {
  return SEQUENCE.flatMap((is) => undo.filter((one) => one.is === is))[0]
}

/** What PVS still does for the act during which a person ended the run would come after all that is put back. */
function taskBefore({ plan, memory: { task }, now, missing, granted }: Restoring): Verdict | null {
  if (task === null || granted.includes(WITHOUT_TASK.name)) return null
  const silent = missing[`tasks.${task.id}`]
  const seen = now.tasks[task.id]
  const unended =
    silent !== undefined
      ? retry(`PVS to tell of: ${task.what}`, silent.code, silent)
      : seen !== undefined && Date.parse(seen.at) > Date.parse(now.disk.at)
        ? retry('the disk to be read', 'it was read before its task')
        : unendedTask(task.what, plan.farm.server, now.tasks, 'its task had not ended when the run was ended')
  return unended?.is === 'retry' ? { ...unended, options: [WITHOUT_TASK] } : null
}

const WITHOUT_TASK = { name: 'without-task', label: 'put the rest back without waiting for it' }

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
