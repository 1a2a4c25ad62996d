import type { OfficeName } from './office-releases.ts'
import { officeReleases } from './office-releases.ts'
import type { WindowsName } from './windows-releases.ts'
import { windowsReleases } from './windows-releases.ts'

const OFFICE_2019 =
  'Microsoft, "Changes to Office and Windows servicing and support" (2018): Windows 10 and the next server release only'
const LTSC_2021 = 'Microsoft, "Overview of Office LTSC 2021": supported on devices running Windows 10 or Windows 11'
const LTSC_2024 = 'Microsoft, "Overview of Office LTSC 2024": Windows 10, Windows 11, LTSC 2019 and 2021, Server 2022'

const beforeTen: readonly WindowsName[] = ['windows-7', 'server-2008-r2', 'windows-8.1', 'server-2012-r2']

/** Which Windows an Office is not offered for, and who says so. What is not listed can be simulated. Server 2025 is younger than the
 *  page for LTSC 2024 and is taken as a successor of 2022; Server 2019 and 2022 are taken as the servers of LTSC 2021's Windows 10. */
const never: Readonly<Partial<Record<OfficeName, { readonly on: readonly WindowsName[]; readonly source: string }>>> = {
  '2019': { on: [...beforeTen, 'server-2016'], source: OFFICE_2019 },
  'ltsc-2021': { on: [...beforeTen, 'server-2016'], source: LTSC_2021 },
  'ltsc-2024': { on: [...beforeTen, 'server-2016', 'server-2019'], source: LTSC_2024 },
}

/** Why this Office cannot be in an image with this Windows, with the source; undefined where it can. */
export function whyNever(windows: WindowsName, office: OfficeName): string | undefined {
  const rule = never[office]
  return rule?.on.includes(windows) ? rule.source : undefined
}

/** All pairs of Windows and Office: those that exist, and those that do not with their source. */
export function combinations(): readonly { windows: WindowsName; office: OfficeName; never: string | undefined }[] {
  const windows = Object.keys(windowsReleases) as WindowsName[]
  const office = Object.keys(officeReleases) as OfficeName[]
  return windows.flatMap((w) => office.map((o) => ({ windows: w, office: o, never: whyNever(w, o) })))
}
