import { auditOf } from '../../model/audit.ts'
import { PvsError } from '../../model/pvs-error.ts'
import { pathOf, type Store } from '../../model/store.ts'
import { percentOf, type FarmTask } from '../../model/tasks.ts'
import { SurfaceError, type ServerDesk, type SurfaceCalls } from '../surface.ts'
import { cmdlet, diskNamed, idOf, number, text, type PvsArgs, type PvsRow } from './pvs-call.ts'

/** Cmdlets that read the farm: settings, servers, stores, tasks, the audit trail. */
export const farmCmdlets: SurfaceCalls<ServerDesk> = {
  'pvs.Get-PvsFarm': cmdlet('', ({ farm, server }) => ({
    Guid: idOf('farm', farm.name),
    Name: farm.name,
    AuditingEnabled: farm.settings.auditing,
    MaxVersions: farm.settings.maxVersions,
    AutomaticMergeEnabled: farm.settings.automaticMerge,
    Role: server.role,
  })),
  'pvs.Get-PvsVersion': cmdlet('', async (desk) => {
    await desk.spend(500)
    return { MapiVersion: desk.farm.settings.version }
  }),
  'pvs.Get-PvsLocalServer': cmdlet('', ({ server }) => ({ Name: server.name })),
  'pvs.Get-PvsServer': cmdlet('Name StoreName SiteName', (desk, args) => {
    const names = serversAsked(desk, args)
    const found = desk.farm.servers.filter((one) => names.includes(one.name))
    return found.map(({ id, name, role }) => ({ Guid: id, Name: name, Role: role, Active: 1 }))
  }),
  'pvs.Get-PvsStore': cmdlet('Name', (desk, args) => {
    const found = storesNamed(desk, args, 'Name')
    return found.map((one) => ({ ...storeRow(one), Path: pathOf(one), PathType: one.kind === 'share' ? 'share' : 'local' }))
  }),
  'pvs.Get-PvsServerStore': cmdlet('ServerName StoreName', (desk, args) => {
    const name = serverAsked(desk, args)
    const stores = args['StoreName'] === undefined ? desk.farm.stores : storesNamed(desk, args, 'StoreName')
    return stores
      .filter((one) => one.servers.includes(name))
      .map((one) => ({ ServerName: name, StoreId: idOf('store', one.name), StoreName: one.name, Path: '' }))
  }),
  'pvs.Get-PvsStoreFreeSpace': cmdlet('Name ServerName SiteName', (desk, args) => {
    const store = storesNamed(desk, args, 'Name')[0]
    if (args['ServerName'] !== undefined && !store?.servers.includes(serverAsked(desk, args))) throw new PvsError(45)
    return store?.freeMiB ?? 0
  }),
  'pvs.Get-PvsTask': cmdlet('TaskId', async (desk, args) => {
    await desk.spend(100)
    return taskRow(taskNamed(desk, args))
  }),
  'pvs.Get-PvsTaskStatus': cmdlet('TaskId', (desk, args) => {
    const task = taskNamed(desk, args)
    if (task.state !== 0) throw new PvsError(task.state === 1 ? 186 : 187, null, [task.id])
    return percentOf(task, desk.farm.time.now())
  }),
  'pvs.Get-PvsAuditTrail': cmdlet('DiskLocatorId BeginDate', (desk, args) => {
    const since = Date.parse(text(args, 'BeginDate') ?? '1970-01-01')
    return auditOf(desk.farm, diskNamed(desk, args, 'DiskLocatorId'), since).map(({ at, by, action, object }) => {
      const [domain = '', user = ''] = by.includes('\\') ? by.split('\\') : ['', by]
      const number = ACTIONS[action]
      if (number === undefined) throw new SurfaceError('unmodelled', `the audit action ${action}`)
      return { Time: new Date(at), Domain: domain, UserName: user, Action: number, ObjectName: object }
    })
  }),
}

/** A task; its exception is XML, whose form no public text shows: the names are those of the exception's properties. Source: pvs.md 4.6, 4.7. */
export function taskRow({ id, command, state, error, started }: FarmTask): PvsRow {
  return {
    TaskId: Number(id),
    Command: command,
    State: state,
    StartTime: new Date(started),
    MapiException: error
      ? `<MapiException>${['returnCode', 'message', 'details'].map((name) => element(name, error)).join('')}</MapiException>`
      : '',
  }
}

/** Numbers of the actions that the lab's audit trail shows. Source: the snap-in's PvsAuditTrail.Action. */
const ACTIONS: Readonly<Record<string, number>> = {
  DeleteDiskVersion: 1016,
  RunUnlockDisk: 2046,
  RunPromoteDiskVersion: 2051,
  RunWithReturnCreateMaintenanceVersion: 3005,
  SetDevice: 6003,
  SetDisk: 6004,
  SetDiskLocator: 6005,
}

function element(name: string, error: Readonly<Record<string, string | number>>): string {
  const value = String(error[name] ?? '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
  return `<${name}>${value}</${name}>`
}

function taskNamed({ farm }: ServerDesk, args: PvsArgs): FarmTask {
  const task = farm.tasks.find((one) => Number(one.id) === number(args, 'TaskId'))
  if (!task) throw new PvsError(189)
  return task
}

function serversAsked(desk: ServerDesk, args: PvsArgs): readonly string[] {
  if (args['Name'] !== undefined) return [serverAsked(desk, args, 'Name')]
  const stores = storesNamed(desk, args, 'StoreName')
  const site = text(args, 'SiteName')?.toUpperCase()
  if (site === undefined) throw new SurfaceError('unmodelled', 'Get-PvsServer -StoreName without a site')
  if (!desk.farm.stores.some((one) => one.site.toUpperCase() === site)) throw new PvsError(49)
  const here = stores.filter((one) => one.site.toUpperCase() === site)
  if (here.length === 0) throw new PvsError(47)
  return here.flatMap((one) => one.servers)
}

function serverAsked({ farm }: ServerDesk, args: PvsArgs, name = 'ServerName'): string {
  const wanted = text(args, name)?.toUpperCase()
  const found = farm.servers.find((one) => one.name.toUpperCase() === wanted)
  if (!found) throw new PvsError(45)
  return found.name
}

function storesNamed({ farm }: ServerDesk, args: PvsArgs, name: string): readonly Store[] {
  const wanted = text(args, name)?.toUpperCase()
  const found = farm.stores.filter((one) => one.name.toUpperCase() === wanted)
  if (found.length === 0) throw new PvsError(93)
  return found
}

function storeRow({ name, site }: Store): PvsRow {
  return { Guid: idOf('store', name), Name: name, SiteId: idOf('site', site), SiteName: site }
}
