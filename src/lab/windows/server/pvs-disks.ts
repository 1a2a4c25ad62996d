import { breakLock, createDisk, describeDisk, pinDisk } from '../../model/disk-acts.ts'
import { changeMode, setLicenseMode } from '../../model/disk-mode.ts'
import type { Disk } from '../../model/disk.ts'
import { disksAt } from '../../model/locks.ts'
import { PvsError } from '../../model/pvs-error.ts'
import { SurfaceError, type ServerDesk, type SurfaceCalls } from '../surface.ts'
import { cmdlet, deviceNamed, diskNamed, number, text, type PvsArgs } from './pvs-call.ts'
import { assignedRow, diskRow, infoRow, inventoryRows, locatorRow, lockRow, versionRow } from './pvs-rows.ts'

/** What one change of a record takes, in farm milliseconds. */
const SHORT = 200

/** Cmdlets that read and change a vDisk and its locator. */
export const diskCmdlets: SurfaceCalls<ServerDesk> = {
  'pvs.Get-PvsDiskInfo': cmdlet('Guid SiteName StoreName Name', async (desk, args) => {
    await desk.spend(400)
    return wanted(desk, args).map((disk) => infoRow(desk.farm, disk))
  }),
  'pvs.Get-PvsDisk': cmdlet('Guid', (desk, args) => diskRow(diskNamed(desk, args))),
  'pvs.Get-PvsDiskLocator': cmdlet('Guid DeviceId', (desk, args) => {
    if (args['DeviceId'] === undefined) return locatorRow(desk.farm, diskNamed(desk, args))
    const device = deviceNamed(desk, args, 'DeviceId')
    return device.disks.flatMap((one) => assignedRow(desk.farm, one))
  }),
  'pvs.Get-PvsDiskLocatorLock': cmdlet('Guid', (desk, args) => diskNamed(desk, args).locks.map(lockRow)),
  'pvs.Get-PvsDiskVersion': cmdlet('Guid', (desk, args) => {
    const disk = diskNamed(desk, args)
    return disk.versions.toReversed().map((one) => versionRow(desk.farm, disk, one))
  }),
  'pvs.Get-PvsDiskInventory': cmdlet('Guid', (desk, args) => inventoryRows(desk.farm, diskNamed(desk, args))),

  'pvs.Set-PvsDisk': cmdlet('Guid WriteCacheType WriteCacheSize LicenseMode LongDescription', async (desk, args) => {
    const disk = diskNamed(desk, args)
    const mode = number(args, 'LicenseMode')
    const words = text(args, 'LongDescription')
    await desk.spend(SHORT)
    if (mode !== undefined) setLicenseMode(desk.farm, desk.server, disk, licenseMode(mode))
    if (words !== undefined) describeDisk(desk.farm, desk.server, disk, words)
    const type = number(args, 'WriteCacheType') ?? disk.writeCacheType
    const sizeMiB = number(args, 'WriteCacheSize') ?? disk.writeCacheSizeMiB
    const task = await changeMode(desk.farm, desk.server, disk, { type, sizeMiB }, (ms) => desk.spend(ms))
    if (task) throw new PvsError(177, null, [task.id])
  }),
  'pvs.Set-PvsDiskLocator': cmdlet('Guid ServerId ServerName', async (desk, args) => {
    await desk.spend(SHORT)
    pinDisk(desk.farm, desk.server, diskNamed(desk, args), text(args, 'ServerName') ?? serverNamed(desk, args))
  }),
  'pvs.Unlock-PvsDisk': cmdlet('Guid OwnerId', async (desk, args) => {
    const owner = text(args, 'OwnerId')?.toLowerCase()
    if (owner === undefined) throw new SurfaceError('unmodelled', 'Unlock-PvsDisk without -OwnerId')
    await desk.spend(SHORT)
    breakLock(desk.farm, desk.server, diskNamed(desk, args), owner)
  }),

  /** A fixed disk is left to its status: the cmdlet answers nothing. Source: pvs.md 4.1. */
  'pvs.Start-PvsCreateDisk': cmdlet('Name Size StoreName SiteName ServerName VHDX Dynamic', async (desk, args) => {
    await desk.spend(20_000)
    const disk = createDisk(desk.farm, desk.server, {
      site: text(args, 'SiteName') ?? '',
      store: text(args, 'StoreName') ?? '',
      name: text(args, 'Name') ?? '',
      sizeMiB: number(args, 'Size') ?? 0,
      vhdx: args['VHDX'] === true,
      dynamic: args['Dynamic'] === true,
      serverName: text(args, 'ServerName') ?? null,
    })
    await desk.spend(10_000)
    return args['Dynamic'] === true ? locatorRow(desk.farm, disk) : null
  }),
  'pvs.Get-PvsCreateDiskStatus': cmdlet('Name StoreName', (desk, args) => {
    const [name, store] = [text(args, 'Name'), text(args, 'StoreName')]
    const disk = desk.farm.disks.find((one) => one.name === name && one.store === store)
    if (!disk) throw new PvsError(44)
    return locatorRow(desk.farm, disk)
  }),
}

function wanted(desk: ServerDesk, args: PvsArgs): readonly Disk[] {
  if (args['Guid'] !== undefined) return [diskNamed(desk, args)]
  const [site, store, name] = [text(args, 'SiteName'), text(args, 'StoreName'), text(args, 'Name')]
  if (site === undefined || store === undefined || name === undefined) {
    throw new SurfaceError('unmodelled', 'Get-PvsDiskInfo without a disk')
  }
  const found = disksAt(desk.farm, { site, store, name })
  if (found.length === 0) throw new PvsError(44)
  return found
}

function licenseMode(mode: number): 0 | 1 | 2 {
  if (mode !== 0 && mode !== 1 && mode !== 2) throw new PvsError(180, null, ['licenseMode', 0, 2])
  return mode
}

function serverNamed({ farm }: ServerDesk, args: PvsArgs): string | null {
  const id = text(args, 'ServerId')
  if (id === undefined) throw new SurfaceError('unmodelled', 'Set-PvsDiskLocator without a server')
  const server = farm.servers.find((one) => one.id === id.toLowerCase())
  if (server) return server.name
  if (/[1-9a-f]/i.test(id)) throw new PvsError(45)
  return null
}
