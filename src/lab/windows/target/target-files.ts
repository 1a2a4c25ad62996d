import { pvsFacts } from '../../agent/target-places.ts'
import { officeReleases } from '../../model/office-releases.ts'
import { removeTokenBackup, renameTokens, returnTokens } from '../../model/token-store.ts'
import { tokenFolders, windowsRelease } from '../../model/windows-releases.ts'
import { textFile } from '../machine/files.ts'
import { SurfaceError, type TargetDesk } from '../surface.ts'
import type { FileEntry } from '../windows.ts'

/** Where the log of the Imaging Wizard lies. Source: pvs.md 6.5. */
export const IMAGING_LOG = 'C:\\ProgramData\\Citrix\\ImagingWizard\\ImagingWizard.txt'

const SPP = 'C:\\Windows\\System32\\spp'
const WIZARD = 'C:\\Program Files\\Citrix\\Provisioning Services\\ImagingWizard.exe'

/** Places of which the lab knows everything. */
export const targetPlaces: readonly string[] = [
  ...tokenFolders,
  `${SPP}\\tokens`,
  'C:\\Windows\\System32\\oem',
  'C:\\Personality.ini',
  'C:\\Program Files\\Citrix\\Provisioning Services',
  'C:\\ProgramData\\Citrix\\ImagingWizard',
  ...['C:\\Program Files', 'C:\\Program Files (x86)'].flatMap((programs) => [
    `${programs}\\Microsoft Office`,
    `${programs}\\Microsoft Office 15`,
    `${programs}\\Common Files\\Microsoft Shared\\OfficeSoftwareProtectionPlatform`,
  ]),
]

/** The files of a target device, as far as the lab knows them. */
export function targetFiles(desk: TargetDesk): Record<string, FileEntry> {
  const { image } = desk.running
  const files: Record<string, FileEntry> = { [WIZARD]: thing(1), ...licenceFiles(), ...officeFiles(desk) }
  for (const { path, bytes, sha256, modified } of [image.tokens.file ?? [], image.tokens.backups].flat())
    files[path] = { bytes, sha256, modified }
  const { diskName } = pvsFacts(desk)
  if (desk.running.how !== 'hard-disk' && typeof diskName === 'string')
    files['C:\\Personality.ini'] = textFile(personalityOf(desk, diskName), desk.running.bootedAt)
  return files
}

/** Moves tokens.dat aside or back. */
export function moveTargetFile(desk: TargetDesk, path: string, to: string): boolean {
  const { tokens, licensing, windows } = desk.running.image
  if (licensing.service === 'running')
    throw new SurfaceError('path', 'The process cannot access the file because it is being used by another process.')
  if (path === tokens.file?.path) renameTokens(desk, to)
  else if (tokens.backups.some((one) => one.path === path) && to === `${windowsRelease(windows).tokens}\\tokens.dat`)
    returnTokens(desk, path)
  else return false
  return true
}

/** Deletes a renamed store. */
export function removeTargetFile(desk: TargetDesk, path: string): boolean {
  if (!desk.running.image.tokens.backups.some((one) => one.path === path)) return false
  removeTokenBackup(desk, path)
  return true
}

function personalityOf({ device, running }: TargetDesk, diskName: string): string {
  const mode = running.how === 'read-write' ? 'P' : 'S'
  return `[StringData]\r\n$DeviceName=${device.name}\r\n$DiskName=${diskName}\r\n_DiskMode=${mode}\r\n`
}

/** The licence files that /rilc installs again: as many as the built-in agents count. */
function licenceFiles(): Record<string, FileEntry> {
  const names = Array.from({ length: 42 }, (_, n) => `${SPP}\\tokens\\skus\\lab\\lab-${n}.xrm-ms`)
  return Object.fromEntries(names.map((name) => [name, textFile('<r:licenseGroup/>', 0)]))
}

function officeFiles({ running: { image } }: TargetDesk): Record<string, FileEntry> {
  const { office } = image
  if (office === null) return {}
  const { folder, tool } = officeReleases[office.name]
  const place = (path: string) => (office.bits === 32 ? path.replace('Program Files', 'Program Files (x86)') : path)
  return { [`${place(folder)}\\OSPP.VBS`]: thing(2), ...(office.toolPresent ? { [place(tool)]: thing(3) } : {}) }
}

/** A program of which nobody reads more than that it is there. */
function thing(n: number): FileEntry {
  return { bytes: 100_000 + n, sha256: String(n).padStart(64, '0'), modified: 0 }
}
