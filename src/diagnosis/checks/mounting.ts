import type { ServerService, ServerState } from '../../wire/operations/farm-state.ts'
import { known } from '../../wire/reading.ts'
import type { Check } from '../check.ts'
import { defineCheck, noReadings } from '../define.ts'
import { privilegeOf } from '../privilege.ts'
import { bad, hidden, pass, unsure, warn } from '../ruling.ts'
import { onServers } from '../subjects.ts'

const DRIVERS = 'C:\\Program Files\\Citrix\\Provisioning Services\\drivers'
const GRANT = 'secpol.msc > User Rights Assignment > Perform volume maintenance tasks > add'

/** Which of the two services mounts the disk is not public, so both must hold the right, on every server of the store. Source: pvs.md 2. */
function privilege(id: string, name: ServerService['name'], title: string): Check {
  return defineCheck({
    id,
    title,
    group: 'pvs',
    severity: 'fail',
    source: 'volume-right; article; pvs-guide (209)',
    reads: ['servers.services', 'disk.disk.deviceCount'],
    rule: 'Fails when the token of the running process lacks SE_MANAGE_VOLUME_NAME; unknown without the token; warns when its next start may lose it.',
    effect: 'KmsPrep will fail there with "An unexpected MAP error occurred"; clones would share one CMID.',
    remedy: [
      `${GRANT} the account of ${name} (a domain policy overrides it)`,
      'Restart the SOAP service; the Stream service in a window after draining.',
    ],
    byHand: `on {host}, in a task that runs as the account of ${name}: whoami /priv`,
    subjects: onServers,
    facts: noReadings,
    ruling(_, server, { disk }) {
      const service = server.services.find((one) => one.name === name)
      if (service === undefined) return unsure(`${name} was not reported`)
      const account = known(service.account) ? service.account : `the account of ${name}`
      const found = privilegeOf(service)
      if (found.is === 'held') return pass(`${account}: ${found.because}`)
      if (found.is === 'unknown') {
        const says = `${account}: ${found.because}`
        return service.state === 'running'
          ? unsure(says)
          : hidden(name === 'soapserver' ? 'service.soap' : 'service.stream', says)
      }
      if (found.is === 'fading') return warn(`${account}: ${found.because}`)
      if (found.is === 'restart') {
        return bad(`${account}: ${found.because}`, {
          remedy: [`on {host}: Restart-Service ${name}${streams(name, disk?.disk?.deviceCount)}`],
        })
      }
      return bad(`${account} lacks SE_MANAGE_VOLUME_NAME: ${found.because}`, {
        remedy: [
          `${GRANT} ${account} (a domain policy overrides it)`,
          'Restart the SOAP service; the Stream service in a window after draining.',
        ],
      })
    },
  })
}

function streams(name: ServerService['name'], devices: number | undefined): string {
  if (name !== 'StreamService') return ''
  return devices === undefined
    ? '  # in a window after draining'
    : `  # in a window after draining (${devices} devices stream {disk})`
}

/** The bus drivers that can be started. */
function usableDrivers(drivers: ServerState['drivers']): ServerState['drivers'] {
  return drivers.filter(
    (driver) => driver.name !== 'cfsdep2' && driver.present && driver.startMode !== 'disabled' && driver.problem === 0,
  )
}

/** Any one of them carries the virtual disk; CVhdMp is the successor of CvhdBusP6. Source: pvs.md 6.2. */
const busDriver = defineCheck({
  id: 'driver.bus',
  title: 'vDisk bus driver',
  group: 'pvs',
  severity: 'fail',
  source: 'pvs-antivirus; article; pvs-guide (84)',
  reads: ['servers.drivers'],
  rule: 'Fails unless CVhdMp or CvhdBusP6 is present, not disabled and without a device problem.',
  effect: 'PVS cannot map a vDisk there ("Failed to map vDisk, no Driver"): KmsPrep does not run.',
  remedy: [`Install ${DRIVERS}\\cvhdbusp6.inf on {host} in an interactive session, or repair the PVS server installation.`],
  byHand: "on {host}: Get-CimInstance Win32_SystemDriver -Filter \"Name='cvhdmp' or Name='CVhdBusP6'\"",
  subjects: onServers,
  facts: noReadings,
  ruling(_, { drivers }) {
    const present = drivers.filter((driver) => driver.name !== 'cfsdep2' && driver.present)
    const [usable] = usableDrivers(drivers)
    if (usable !== undefined) return pass(`${usable.name} ${usable.fileVersion ?? ''}`.trim())
    if (present.length === 0) return bad('neither CVhdMp nor CvhdBusP6 is installed')
    return bad(
      present
        .map((driver) => `${driver.name}: ${driver.startMode === 'disabled' ? 'disabled' : `device problem ${driver.problem}`}`)
        .join(', '),
    )
  },
})

/** Whether cfsdep2 still exists in newer releases is not public, so its absence proves nothing. Source: pvs.md 6.2. */
const filterDriver = defineCheck({
  id: 'driver.filter',
  title: 'file system filter driver cfsdep2',
  group: 'pvs',
  severity: 'warn',
  source: 'pvs-antivirus; article',
  reads: ['servers.drivers'],
  rule: 'Warns when cfsdep2 is absent or disabled: newer releases may do without it.',
  effect: 'On releases that need it, mapping fails with "no Driver". Newer ones may do without.',
  remedy: [`If the seal fails with code 84: install ${DRIVERS}\\cfsdep2.inf on {host} in an interactive session.`],
  byHand: 'on {host}: sc.exe query cfsdep2',
  subjects: onServers,
  facts: noReadings,
  ruling(_, { drivers }) {
    const driver = drivers.find((one) => one.name === 'cfsdep2')
    if (driver === undefined || !driver.present) return bad('cfsdep2 is not installed')
    return driver.startMode === 'disabled' ? bad('cfsdep2 is disabled') : pass(`cfsdep2 ${driver.fileVersion ?? ''}`.trim())
  },
})

/** Whether PVS starts the driver by itself when it maps a disk is not public. Source: pvs.md 6.2. */
const startedDriver = defineCheck({
  id: 'driver.started',
  title: 'start of the vDisk bus driver',
  group: 'pvs',
  severity: 'warn',
  source: 'pvs-antivirus; article',
  reads: ['servers.drivers'],
  rule: 'Warns when no usable bus driver is started.',
  effect: 'Whether PVS starts it by itself is unproven: mapping may fail there with "Failed to map vDisk, no Driver".',
  remedy: ['If the seal fails with code 84 or 87: repair the PVS server installation on {host}.'],
  byHand: 'on {host}: sc.exe query cvhdmp',
  subjects: onServers,
  facts: noReadings,
  ruling(_, { drivers }) {
    const usable = usableDrivers(drivers)
    if (usable.length === 0) return hidden('driver.bus', 'no usable driver')
    const started = usable.find((driver) => driver.running === true)
    if (started !== undefined) return pass(`${started.name} runs`)
    const unread = usable.find((driver) => !known(driver.running))
    if (unread !== undefined && !known(unread.running)) return unsure(`${unread.name}: not known (${unread.running.unknown})`)
    return bad(`${usable.map((driver) => driver.name).join(', ')} is installed and not started`)
  },
})

const mountSlot = defineCheck({
  id: 'mount.slot',
  title: 'mounted vDisk',
  group: 'pvs',
  severity: 'fail',
  source: 'pvs-guide (199); article',
  reads: ['servers.mounted', 'disk.disk.guid'],
  rule: 'Fails when any vDisk is mounted on the server.',
  effect: 'A server has one mount slot: KmsPrep would fail there. Nothing is dismounted by itself.',
  remedy: ['Find who mounted it, then dismount what is mounted (the command takes no disk):', 'on {host}: Dismount-PvsDisk'],
  byHand: 'on {host}: Get-PvsMountedDisk',
  subjects: onServers,
  facts: ({ mounted }) => ({ mounted }),
  hiddenBy: 'service.soap',
  ruling({ mounted }, _, { disk }) {
    if (mounted === null) return pass('nothing mounted')
    return mounted.guid === disk?.disk?.guid
      ? bad('{disk} itself is still mounted')
      : bad(`${mounted.name} is mounted, and not by a run of this plan`)
  },
})

/** Everything a PVS server needs to mount the vDisk when it prepares it. */
export const mountingChecks: readonly Check[] = [
  privilege('privilege.stream', 'StreamService', 'privilege of the Stream service'),
  privilege('privilege.soap', 'soapserver', 'privilege of the SOAP service'),
  busDriver,
  startedDriver,
  filterDriver,
  mountSlot,
]
