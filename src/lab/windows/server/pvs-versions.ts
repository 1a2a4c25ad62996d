import { PvsError } from '../../model/pvs-error.ts'
import { newMaintenanceVersion, promote, removeVersion } from '../../model/versions.ts'
import { versionOf, type Disk } from '../../model/disk.ts'
import { SurfaceError, type ServerDesk, type SurfaceCalls } from '../surface.ts'
import { cmdlet, diskNamed, number, type PvsArgs } from './pvs-call.ts'
import { versionRow } from './pvs-rows.ts'

/** Cmdlets that make, promote and delete versions of a vDisk. */
export const versionCmdlets: SurfaceCalls<ServerDesk> = {
  'pvs.New-PvsDiskMaintenanceVersion': cmdlet('Guid', async (desk, args) => {
    await desk.spend(200)
    const disk = diskNamed(desk, args)
    const made = versionOf(disk, newMaintenanceVersion(desk.farm, desk.server, disk))
    return made && versionRow(desk.farm, disk, made)
  }),
  'pvs.Invoke-PvsPromoteDiskVersion': cmdlet('Guid Test TestVersion', async (desk, args) => {
    await desk.spend(200)
    const disk = diskNamed(desk, args)
    promote(desk.farm, desk.server, disk, promoted(disk, args), args['Test'] === true ? 'test' : 'production')
  }),
  'pvs.Remove-PvsDiskVersion': cmdlet('Guid Version', async (desk, args) => {
    const version = number(args, 'Version')
    if (version === undefined) throw new SurfaceError('unmodelled', 'Remove-PvsDiskVersion without -Version')
    await desk.spend(200)
    removeVersion(desk.farm, desk.server, diskNamed(desk, args), version)
  }),
}

/** Which version a promotion means: the test version that is named, else the one in maintenance. Throws 163. Source: pvs.md 4.4. */
function promoted(disk: Disk, args: PvsArgs): number {
  const test = number(args, 'TestVersion')
  if (test !== undefined) return test
  const found = disk.versions.find(({ access }) => access === 1 || access === 2)
  if (!found) throw new PvsError(163)
  return found.version
}
