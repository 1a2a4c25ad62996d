import { known } from '../../../wire/reading.ts'
import { ask } from '../../asking.ts'
import { lookAtDisk, lookAtServers } from '../../looks.ts'
import { defineStage } from '../../stage.ts'
import { act, detailOf, done, hold, unknown } from '../../verdict.ts'
import { judgeMount, TRIAL } from './own-mount.ts'
import { strangers } from './strangers.ts'

/** Step 8: a disk driver is there and enabled, and the server's one mount slot is free. CVhdMp or CvhdBusP6 is enough; a missing
 *  cfsdep2 is only remarked: newer releases may have none. The customer's disk is mounted only on request. Source: pvs.md 4.5, 6.2. */
export const checkDriver = defineStage({
  name: 'checkDriver',
  step: 'sealVDisk',
  title: 'check the disk driver and the mount slot',
  repeat: 'after-probe',
  probe: (look) => ({ servers: lookAtServers(look), disk: lookAtDisk(look) }),

  judge(sight) {
    const { plan, memory, now, intent, end, granted } = sight
    const guid = memory.disk?.guid
    const foreign = strangers(now.disk, sight)
    if (foreign !== null) return foreign
    const because: string[] = []
    for (const [server, seen] of Object.entries(now.servers)) {
      if (!known(seen.mounted)) return unknown(`what is mounted on ${server}`, seen.mounted.unknown)
      if (seen.mounted !== null) return judgeMount({ server, ...seen.mounted }, sight)
      const bus = seen.drivers.filter((driver) => driver.name !== 'cfsdep2')
      const usable = bus.find((driver) => driver.present && driver.startMode !== 'disabled' && driver.problem === 0)
      if (usable === undefined)
        return hold('MAP_NO_DRIVER', {
          server,
          driver: bus.map((one) => `${one.name}: ${one.present ? (one.startMode ?? '?') : 'absent'}`).join(', '),
        })
      const filter = seen.drivers.find((driver) => driver.name === 'cfsdep2')
      because.push(
        `${server}: ${usable.name} ${usable.startMode ?? ''}, nothing mounted${filter?.present === true ? '' : '; cfsdep2 is not there'}`,
      )
    }
    const free = { ownMount: null }
    const wantsProbe = plan.seal.driverProbe === 'mount' || granted.includes('probe-mount')
    if (!wantsProbe || guid === undefined) return done(because, free)
    if (intent?.key === TRIAL) {
      return end?.is === 'answered'
        ? done([...because, 'mounted and dismounted once'], free)
        : hold('MAP_NO_DRIVER', {
            server: plan.farm.server,
            driver: end?.is === 'refused' ? detailOf(end.fault, 'message') : 'the trial mount has no known end',
          })
    }
    if (now.disk.locks.length > 0 || now.disk.versions.some((version) => version.version > 0))
      return done([...because, 'no trial mount: the disk is locked or has versions'], free)
    return act(
      {
        ask: ask(plan.farm.server, 'Test-VdpMount', { guid }),
        what: `mount ${plan.vdisk.name} on ${plan.farm.server} for a trial`,
        key: TRIAL,
      },
      because,
      free,
    )
  },
})
