import { happened } from '../../model/farm.ts'
import { startService } from '../../model/server.ts'
import { lasts } from '../../model/durations.ts'
import { sliceOf, storeFiles } from '../../model/store-files.ts'
import { STORES } from '../../model/store.ts'
import { SurfaceError, type ServerDesk } from '../surface.ts'
import { textFile } from '../machine/files.ts'
import type { FileEntry, Windows } from '../windows.ts'
import { serverCim, serverServices } from './cim.ts'
import { deviceCmdlets } from './pvs-devices.ts'
import { diskCmdlets } from './pvs-disks.ts'
import { farmCmdlets } from './pvs-farm.ts'
import { mountCmdlets } from './pvs-mounts.ts'
import { versionCmdlets } from './pvs-versions.ts'
import { hook, icacls, secedit } from './programs.ts'
import { rightCalls } from './rights.ts'

const CONSOLE = 'C:\\Program Files\\Citrix\\Provisioning Services Console'
const NOW = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion'
const CONTROL = 'HKLM\\SYSTEM\\CurrentControlSet\\Control'

/** The Windows of a PVS server, with the console's snap-in on it. */
export const serverWindows: Windows<ServerDesk> = {
  cim: serverCim,
  methods: {},
  registry: ({ server }) => {
    const pending = (what: string) => server.pendingReboot.includes(what)
    const renames = pending('file renames') ? { PendingFileRenameOperations: ['\\??\\C:\\Windows\\Temp\\a.tmp', ''] } : {}
    return {
      'HKLM\\SOFTWARE\\Citrix\\ProvisioningServices': { ConsoleTargetDir: `${CONSOLE}\\` },
      [`${NOW}\\Component Based Servicing\\RebootPending`]: pending('Component Based Servicing') ? {} : null,
      [`${NOW}\\WindowsUpdate\\Auto Update\\RebootRequired`]: pending('Windows Update') ? {} : null,
      [`${CONTROL}\\Session Manager`]: renames,
      [`${CONTROL}\\ComputerName\\ActiveComputerName`]: { ComputerName: server.name },
      [`${CONTROL}\\ComputerName\\ComputerName`]: { ComputerName: pending('computer name') ? `${server.name}-NEW` : server.name },
    }
  },
  removeValue: () => false,
  files: ({ farm, server }) => {
    const disks = Object.entries(storeFiles(farm, server.name)).map(
      ([path, file]) => [path, { ...file, sha256: file.sha256 ?? '' }] as const,
    )
    return Object.fromEntries<FileEntry>([[`${CONSOLE}\\Citrix.PVS.SnapIn.dll`, textFile('', 0)], ...disks])
  },
  places: [CONSOLE, STORES],
  moveFile: () => false,
  removeFile: () => false,
  services: ({ server }) => serverServices(server),
  setService: async (desk, name, state) => {
    const service = desk.server.services.find((one) => one.name === name)
    if (service === undefined || state !== 'Running') throw new SurfaceError('unmodelled', `switching the service ${name}`)
    await desk.spend(2_000)
    startService(service)
    happened(desk.farm, desk.server.name, { did: 'services', names: [name], to: 'running' })
  },
  events: () => [],
  programs: {
    'icacls.exe': icacls,
    'secedit.exe': secedit,
    pwsh: hook,
    'pwsh.exe': hook,
    'powershell.exe': hook,
  },
  now: ({ farm }) => farm.time.now(),
  culture: ({ server }) => server.language,
  more: {
    'file.slice': readSlice,
    ...diskCmdlets,
    ...deviceCmdlets,
    ...versionCmdlets,
    ...mountCmdlets,
    ...farmCmdlets,
    ...rightCalls,
  },
}

/** Some bytes of a vDisk file, read as fast as the disk gives them. */
async function readSlice(
  { farm, server, spend }: ServerDesk,
  { path, offset, bytes }: { path: string; offset: number; bytes: number },
): Promise<string> {
  await spend((bytes / 2 ** 30) * lasts.gibRead)
  const hash = sliceOf(farm, server.name, path, offset, bytes)
  if (hash === null) throw new SurfaceError('path', `Could not find file '${path}'.`)
  return hash
}
