import type { WindowsName } from './windows-releases.ts'
import { windowsRelease } from './windows-releases.ts'

/** One release of Office as the lab can put it into an image. */
export interface OfficeRelease {
  readonly release: '2010' | '2013' | '2016' | '2019' | '2021' | '2024'
  /** From 2019 on there is only Click-to-Run. Source: Microsoft, "Overview of Office 2019 (for IT Pros)". */
  readonly delivery: 'msi' | 'click-to-run'
  /** What the names of its licences begin with ("Office 16, Office16ProPlusVL_KMS_Client edition"). Unproven beyond the pattern. */
  readonly number: string
  readonly folder: string
  /** Folder of OSPPREARM.EXE. Source: kms.md 5.1. */
  readonly tool: string
  readonly suite: string
}

const PF = 'C:\\Program Files'

/** Releases of Office by the name a farm file uses. */
export const officeReleases = {
  '2010': {
    release: '2010',
    delivery: 'msi',
    number: '14',
    folder: `${PF}\\Microsoft Office\\Office14`,
    tool: `${PF}\\Common Files\\Microsoft Shared\\OfficeSoftwareProtectionPlatform\\OSPPREARM.EXE`,
    suite: 'ProPlusVolume',
  },
  '2013': msi('2013', '15', 'Office15'),
  '2016': msi('2016', '16', 'Office16'),
  '2019': clickToRun('2019', '19'),
  'ltsc-2021': clickToRun('2021', '21'),
  'ltsc-2024': clickToRun('2024', '24'),
} as const satisfies Record<string, OfficeRelease>

export type OfficeName = keyof typeof officeReleases

/** ApplicationID under which an Office licenses itself. Source: kms.md 3.2 (that of 2010 is unproven). */
export function officeApplicationId(name: OfficeName): string {
  return name === '2010' ? '59a52881-a989-479d-af46-f275c6370663' : '0ff1ce15-a989-479d-af46-f275c6370663'
}

/** The service that holds an Office's licences: 2010 brings its own everywhere, later ones use that of Windows 8 and later. */
export function officeServiceOn(office: OfficeName, windows: WindowsName): 'sppsvc' | 'osppsvc' {
  return office !== '2010' && windowsRelease(windows).sharesWithOffice ? 'sppsvc' : 'osppsvc'
}

function msi(release: '2013' | '2016', number: string, folder: string) {
  const path = `${PF}\\Microsoft Office\\${folder}`
  return { release, delivery: 'msi', number, folder: path, tool: `${path}\\OSPPREARM.EXE`, suite: 'ProPlusVolume' } as const
}

function clickToRun(release: '2019' | '2021' | '2024', number: string) {
  const path = `${PF}\\Microsoft Office\\Office16`
  return {
    release,
    delivery: 'click-to-run',
    number,
    folder: path,
    tool: `${path}\\OSPPREARM.EXE`,
    suite: `ProPlus${release}Volume`,
  } as const
}
