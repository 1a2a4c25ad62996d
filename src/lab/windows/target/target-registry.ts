import { pvsFacts } from '../../agent/target-places.ts'
import { osFacts } from '../../agent/target-windows.ts'
import type { Image, OfficeInstallation } from '../../model/image.ts'
import { officeReleases } from '../../model/office-releases.ts'
import { clearSkipRearm } from '../../model/windows-licensing.ts'
import { windowsRelease } from '../../model/windows-releases.ts'
import { SurfaceError, type TargetDesk } from '../surface.ts'
import type { Cell } from '../windows.ts'

type Keys = Record<string, Readonly<Record<string, Cell>> | null>

const CURRENT = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion'
const CONTROL = 'HKLM\\SYSTEM\\CurrentControlSet\\Control'
const SPP = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\SoftwareProtectionPlatform'
const POLICY = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows NT\\CurrentVersion\\Software Protection Platform'

/** The registry of a target device, as far as the lab knows it. */
export function targetRegistry(desk: TargetDesk): Keys {
  const { image } = desk.running
  const { licensing, security } = image
  const sleep = image.fastStartup ? 1 : 0
  const pvs = pvsFacts(desk)
  const agent = pvs.attached === true ? { WriteCacheType: pvs.writeCacheType as Cell, DiskName: pvs.diskName as Cell } : null
  return {
    'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion': { EditionID: osFacts(desk).editionId },
    [SPP]: licensing.skipRearm === null ? {} : { SkipRearm: licensing.skipRearm },
    [POLICY]: licensing.kms.setByPolicy ? { KeyManagementServiceName: licensing.kms.machine } : null,
    [CONTROL]: windowsRelease(image.windows).sharesWithOffice ? { PEFirmwareType: 2 } : {},
    [`${CONTROL}\\Power`]: { HibernateEnabled: sleep },
    [`${CONTROL}\\Session Manager\\Power`]: { HiberbootEnabled: sleep },
    'HKLM\\SYSTEM\\CurrentControlSet\\Services\\bnistack\\PVSAgent': agent,
    'HKLM\\SYSTEM\\CurrentControlSet\\Services\\Netlogon\\Parameters': {
      DisablePasswordChange: security.machinePasswordChangeDisabled ? 1 : 0,
    },
    'HKLM\\SOFTWARE\\Login Consultants\\BISF': security.otherRearmTool.includes('BIS-F') ? {} : null,
    ...pendingReboots(desk, image),
    ...officeKeys(image.office),
  }
}

/** Takes a value away, as far as the lab knows what it means. */
export function removeTargetValue(desk: TargetDesk, key: string, name: string): boolean {
  if (key.toLowerCase() !== SPP.toLowerCase() || name !== 'SkipRearm') return false
  clearSkipRearm(desk)
  return true
}

/** Where Windows says that it wants to be restarted. */
function pendingReboots({ device }: TargetDesk, { updates }: Image): Keys {
  const known = ['Component Based Servicing', 'Windows Update', 'file renames', 'computer name']
  const strange = updates.pendingReboot.find((why) => !known.includes(why))
  if (strange !== undefined) throw new SurfaceError('unmodelled', `how the registry shows the pending reboot ${strange}`)
  const wants = (why: string) => updates.pendingReboot.includes(why)
  const packages = Object.fromEntries(
    updates.staged.map((name) => [`${CURRENT}\\Component Based Servicing\\PackagesPending\\${name}`, {}]),
  )
  return {
    [`${CURRENT}\\Component Based Servicing\\RebootPending`]: wants('Component Based Servicing') ? {} : null,
    [`${CURRENT}\\Component Based Servicing\\PackagesPending`]: updates.staged.length > 0 ? {} : null,
    ...packages,
    [`${CURRENT}\\WindowsUpdate\\Auto Update\\RebootRequired`]: wants('Windows Update') ? {} : null,
    [`${CURRENT}\\Installer\\InProgress`]: null,
    [`${CONTROL}\\Session Manager`]: wants('file renames') ? { PendingFileRenameOperations: ['\\??\\C:\\a', ''] } : {},
    [`${CONTROL}\\ComputerName\\ActiveComputerName`]: { ComputerName: device.computerName },
    [`${CONTROL}\\ComputerName\\ComputerName`]: {
      ComputerName: wants('computer name') ? `${device.computerName}2` : device.computerName,
    },
  }
}

/** How Windows Installer names what it installed: Office14.PROPLUS, with an R where it is retail. Unproven beyond the pattern. */
const MSI_NAMES: Readonly<Record<string, string>> = {
  ProjectPro: 'PRJPRO',
  ProjectStd: 'PRJSTD',
  VisioPro: 'VISPRO',
  VisioStd: 'VISSTD',
}

/** Where Office says that it is installed. Source: kms.md 5.1. */
function officeKeys(office: OfficeInstallation | null): Keys {
  const uninstall = (view: string) => `HKLM\\SOFTWARE\\${view}Microsoft\\Windows\\CurrentVersion\\Uninstall`
  const root = (view: string, version: number) => `HKLM\\SOFTWARE\\${view}Microsoft\\Office\\${version}.0\\Common\\InstallRoot`
  const views = ['', 'Wow6432Node\\']
  const keys: Keys = {}
  for (const view of views) {
    keys[uninstall(view)] = {}
    for (const version of [14, 15, 16]) keys[root(view, version)] = null
    keys[`HKLM\\SOFTWARE\\${view}Microsoft\\Office\\15.0\\ClickToRun`] = null
    keys[`HKLM\\SOFTWARE\\${view}Microsoft\\Office\\ClickToRun`] = null
    keys[`HKLM\\SOFTWARE\\${view}Microsoft\\OfficeSoftwareProtectionPlatform`] = null
  }
  if (office === null) return keys
  const { release, delivery, folder, tool } = officeReleases[office.name]
  const view = office.bits === 32 ? 'Wow6432Node\\' : ''
  const place = (path: string) => (office.bits === 32 ? path.replace('Program Files', 'Program Files (x86)') : path)
  if (delivery === 'click-to-run') {
    const key = `HKLM\\SOFTWARE\\Microsoft\\Office\\ClickToRun`
    keys[key] = { InstallPath: place('C:\\Program Files\\Microsoft Office') }
    keys[`${key}\\Configuration`] = {
      ProductReleaseIds: office.products.map((one) => one.product).join(','),
      Platform: office.bits === 32 ? 'x86' : 'x64',
    }
    return keys
  }
  const version = { '2010': 14, '2013': 15 }[release as string] ?? 16
  for (const { product } of office.products) {
    const [, name = '', retail] = /^(.*?)(?:Volume|(Retail))$/.exec(product) ?? []
    keys[`${uninstall(view)}\\Office${version}.${MSI_NAMES[name] ?? name.toUpperCase()}${retail === undefined ? '' : 'R'}`] = {}
  }
  keys[root(view, version)] = { Path: `${place(folder)}\\` }
  if (version === 14)
    keys[`HKLM\\SOFTWARE\\${view}Microsoft\\OfficeSoftwareProtectionPlatform`] = { Path: place(tool).replace(/[^\\]+$/, '') }
  return keys
}
