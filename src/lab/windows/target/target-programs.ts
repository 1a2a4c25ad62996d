import { playScript } from '../../agent/hook-script.ts'
import { canImage, imageToDisk } from '../../model/imaging.ts'
import { LicensingError, textOf } from '../../model/licensing-error.ts'
import { installOfficeKey, rearmOffice } from '../../model/office-licensing.ts'
import { powerOff } from '../../model/power.ts'
import { machineNow } from '../../model/spot.ts'
import { spoken } from '../../model/words.ts'
import { SurfaceError, type TargetDesk } from '../surface.ts'
import type { ProgramEnd, ProgramStart, Windows } from '../windows.ts'
import { IMAGING_LOG } from './target-files.ts'

/** Native programs of a target device. */
export const targetPrograms: Windows<TargetDesk>['programs'] = {
  /** Source of the line of success: kms.md 5.3; how it fails is undocumented and unproven. */
  'ospprearm.exe': rearmTool,
  'cscript.exe': licenceScript,
  'shutdown.exe': shutdown,
  'w32tm.exe': timeTool,
  'imagingwizard.exe': wizard,
  pwsh: hook,
  'pwsh.exe': hook,
  'powershell.exe': hook,
}

async function rearmTool(desk: TargetDesk, start: ProgramStart): Promise<ProgramEnd> {
  const office = officeAt(desk, start)
  await desk.spend(5_000)
  const refused = refusalOf(() => rearmOffice(desk, office))
  await desk.spend(3_000)
  if (refused === null) return ended(0, 'Microsoft Office rearm successful.\r\n')
  return ended(1, `Microsoft Office rearm failed. ${refused.hresult}\r\n`)
}

/** cscript with ospp.vbs /inpkey: it frames what it says, and always exits with 0. Source: kms.md 5.2, 5.3. */
async function licenceScript(desk: TargetDesk, start: ProgramStart): Promise<ProgramEnd> {
  const [, key] = /^\/inpkey:(.*)$/i.exec(start.arguments.at(-1) ?? '') ?? []
  const script = start.arguments.find((one) => /\\OSPP\.VBS$/i.test(one))
  if (key === undefined || script === undefined) throw new SurfaceError('unmodelled', `cscript ${start.arguments.join(' ')}`)
  const office = officeAt(desk, start)
  await desk.spend(4_000)
  const refused = refusalOf(() => installOfficeKey(desk, office, key))
  await desk.spend(1_000)
  const said =
    refused === null
      ? '<Product key installation successful>'
      : `ERROR CODE: ${refused.hresult}\r\nERROR DESCRIPTION: ${textOf(refused.hresult, desk.running.image.language)}`
  const line = '---------------------------------------'
  return ended(
    0,
    `---Processing--------------------------\r\n${line}\r\n${said}\r\n${line}\r\n---Exiting-----------------------------\r\n`,
  )
}

/** Windows goes down after the seconds of /t, which are enough to answer whoever asked. */
async function shutdown(desk: TargetDesk, { arguments: words }: ProgramStart): Promise<ProgramEnd> {
  await desk.spend(300)
  desk.afterAnswer(() => {
    powerOff(desk.farm, desk.device, words.includes('/r'))
  })
  return ended(0, '')
}

/** One sample of the clock of another machine, in the form of /dataonly, with the decimal sign of the language. */
async function timeTool(desk: TargetDesk, { arguments: words }: ProgramStart): Promise<ProgramEnd> {
  await desk.spend(1_000)
  const { kms } = desk.farm
  const machine = words.find((one) => one.startsWith('/computer:'))?.slice('/computer:'.length)
  if ((machine !== kms.address && machine !== kms.name) || !kms.reachable)
    return ended(0, spoken(desk.running.image.language, '12:00:00, error: 0x800705B4\r\n'))
  const offset = (desk.farm.time.now() + kms.clockOffsetMs - machineNow(desk)) / 1000
  const text = `${offset < 0 ? '-' : '+'}${Math.abs(offset).toFixed(7).padStart(10, '0')}`
  return ended(0, `12:00:00, ${desk.running.image.language.startsWith('en') ? text : text.replace('.', ',')}s\r\n`)
}

/** The Imaging Wizard says what it did in its log alone. Source: pvs.md 6.5. */
async function wizard(desk: TargetDesk): Promise<ProgramEnd> {
  if (!canImage(desk)) throw new SurfaceError('unmodelled', 'the Imaging Wizard without a hard disk and a vDisk to write')
  await desk.spend(20 * 60_000)
  const text = imageToDisk(desk) ? 'Conversion was successful.\r\n' : 'Volume could not be copied.\r\n'
  desk.left.files.set(IMAGING_LOG, { text, modified: machineNow(desk) })
  return ended(0, '')
}

async function hook(desk: TargetDesk, { hook: file, timeoutSeconds }: ProgramStart): Promise<ProgramEnd> {
  if (file === undefined) throw new SurfaceError('unmodelled', 'PowerShell without a hook')
  const { script } = JSON.parse(file) as { script: string }
  const end = await playScript(desk, desk.device.name, script, timeoutSeconds)
  if (!end.timedOut && /Restart-Computer/i.test(script)) desk.afterAnswer(() => powerOff(desk.farm, desk.device, true))
  return end
}

function officeAt(desk: TargetDesk, { program }: ProgramStart) {
  const { office } = desk.running.image
  if (office === null) throw new SurfaceError('unmodelled', `${program} without Office`)
  return office
}

function refusalOf(change: () => void): LicensingError | null {
  try {
    change()
    return null
  } catch (thrown) {
    if (thrown instanceof LicensingError) return thrown
    throw thrown
  }
}

function ended(exitCode: number, output: string): ProgramEnd {
  return { exitCode, output, timedOut: false }
}
