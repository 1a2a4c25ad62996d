import { diskOf } from '../../model/locks.ts'
import { letGo, mount } from '../../model/mounting.ts'
import { PvsError } from '../../model/pvs-error.ts'
import type { ServerDesk, SurfaceCalls } from '../surface.ts'
import { cmdlet, diskNamed, text } from './pvs-call.ts'
import { locatorRow } from './pvs-rows.ts'

/** Cmdlets of a server's one mount slot. */
export const mountCmdlets: SurfaceCalls<ServerDesk> = {
  'pvs.Get-PvsMountedDisk': cmdlet('ServerName', ({ farm, server }, args) => {
    const name = text(args, 'ServerName')?.toUpperCase() ?? server.name.toUpperCase()
    const asked = farm.servers.find((one) => one.name.toUpperCase() === name)
    if (!asked) throw new PvsError(45)
    const disk = asked.mounted === null ? undefined : diskOf(farm, asked.mounted)
    return disk ? locatorRow(farm, disk) : null
  }),
  'pvs.Mount-PvsDisk': cmdlet('Guid', async (desk, args) => {
    await desk.spend(3_000)
    mount(desk.farm, desk.server, diskNamed(desk, args))
    await desk.spend(5_000)
    return 'E:'
  }),
  'pvs.Dismount-PvsDisk': cmdlet('', async (desk) => {
    await desk.spend(1_000)
    letGo(desk.farm, desk.server)
  }),
}
