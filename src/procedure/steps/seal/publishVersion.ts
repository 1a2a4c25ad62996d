import { wayOf } from '../../../diagnosis/way.ts'
import { ask } from '../../asking.ts'
import { lookAtDisk } from '../../looks.ts'
import { judgeTask, lookAtTask, taskOf } from '../../pvs-task.ts'
import { defineStage } from '../../stage.ts'
import { withoutUndo } from '../../undo.ts'
import { act, done, hold, skipped } from '../../verdict.ts'

/** PvsDiskVersion.Access 7: offered to test devices. Source: pvs.md 4.4. */
const TEST = 7

/** Step 8 of a maintenance version: it is promoted to test, never to production by itself. Whether PVS prepares it then is shown by no
 *  public source. Source: pvs.md 2.2. */
export const publishVersion = defineStage({
  name: 'publishVersion',
  step: 'sealVDisk',
  title: 'promote the maintenance version to test',
  repeat: 'after-probe',
  probe: (look) => ({ tasks: lookAtTask(look), disk: lookAtDisk(look) }),

  judge({ plan, memory, now, intent, end }) {
    if (wayOf(plan) !== 'version') return skipped('no version was made')
    const { disk, versions } = now.disk
    const version = versions.find((one) => one.version === memory.version)
    if (disk === undefined || version === undefined)
      return hold('NOT_PROVED', { act: 'make a version', host: plan.farm.server, why: 'the version of this run is gone' })
    const name = `version ${String(version.version)}`
    if (version.access === TEST && !version.isPending)
      return done(`${name} is offered to test devices; what prepared it only the canaries can show`, {
        undo: withoutUndo(memory.undo, 'version'),
      })
    if (end?.is === 'refused') return hold(end.fault.code, end.fault.details)
    const still = `${name} has access ${String(version.access)}`
    if (intent !== null && taskOf(end) !== null) return judgeTask(intent.what, plan.farm.server, now.tasks, still, now.disk.at)
    if (intent !== null) return hold('NOT_PROVED', { act: intent.what, host: plan.farm.server, why: still })
    const request = ask(plan.farm.server, 'Publish-VdpVersion', { guid: disk.guid, version: version.version, to: 'test' })
    return act({ ask: request, what: `promote ${name} of ${disk.name} to test`, key: 'publish-test' }, still)
  },
})
