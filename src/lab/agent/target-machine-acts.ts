import { happened } from '../model/farm.ts'
import type { TokenFile } from '../model/image.ts'
import { canImage, imageToDisk } from '../model/imaging.ts'
import { powerOff } from '../model/power.ts'
import { removeTokenBackup, resetTokenStore, restoreTokenStore, startLicensing } from '../model/token-store.ts'
import { windowsRelease } from '../model/windows-releases.ts'
import type { Handlers, TargetDesk } from './desk.ts'
import { playScript } from './hook-script.ts'
import { AgentRefusal } from './host-errors.ts'
import { tokensFacts } from './target-places.ts'
import { serviceFacts } from './target-windows.ts'

/** The licence store as a file. */
export const tokenActs = {
  'Reset-VdpTokenStore': async (desk, { folder, sha256 }) => {
    const { file } = desk.running.image.tokens
    mustBe(folder === windowsRelease(desk.running.image.windows).tokens ? file : null, `${folder}\\tokens.dat`, sha256)
    const before = tokensFacts(desk)
    desk.begin()
    desk.running.image.licensing.service = 'stopped'
    await desk.spend(5_000)
    const renamedTo = resetTokenStore(desk)
    await desk.spend(3_000)
    desk.running.image.licensing.service = 'running'
    await desk.spend(60_000)
    return {
      before,
      after: tokensFacts(desk),
      renamedTo,
      service: serviceFacts(desk),
      installLicences: { installed: 42, failed: [] },
    }
  },

  'Restore-VdpTokenStore': async (desk, { backup, sha256 }) => {
    const { file } = desk.running.image.tokens
    const found = backupAt(desk, backup)
    mustBe(found ?? file, found === undefined ? backup.replace(/[^\\]*$/, 'tokens.dat') : backup, sha256)
    const before = tokensFacts(desk)
    desk.begin()
    await desk.spend(5_000)
    if (found === undefined) startLicensing(desk)
    else restoreTokenStore(desk, backup)
    desk.running.image.licensing.service = 'running'
    await desk.spend(3_000)
    return { before, after: tokensFacts(desk), service: serviceFacts(desk) }
  },

  'Remove-VdpTokenBackup': async (desk, { backup, sha256, bytes }) => {
    if (!/\.bar$/i.test(backup)) throw new AgentRefusal('refused', `${backup} is no renamed store`)
    mustBe(backupAt(desk, backup), backup, sha256, bytes)
    desk.begin()
    await desk.spend(200)
    removeTokenBackup(desk, backup)
    return { removed: true }
  },
} satisfies Handlers<TargetDesk>

/** Services, power, imaging and hooks. */
export const machineActs = {
  'Set-VdpUpdateServices': async (desk, { services, state }) => {
    const list = () => services.map((name) => ({ name, state: desk.running.image.updates.services[name]?.state ?? 'absent' }))
    const before = list()
    desk.begin()
    await desk.spend(1_000)
    for (const name of services) {
      const service = desk.running.image.updates.services[name]
      if (!service || service.state === state) continue
      service.state = state
      happened(desk.farm, desk.device.name, { did: 'services', names: [name], to: state })
    }
    return { before, after: list() }
  },

  'Stop-VdpComputer': async (desk) => {
    desk.begin()
    await desk.spend(300)
    powerOff(desk.farm, desk.device, false)
    return { accepted: true }
  },

  'Restart-VdpComputer': async (desk) => {
    if (desk.running.windowsRearmed || desk.running.officeRearmed !== null) {
      throw new AgentRefusal('refused', 'a rearm of this boot waits for the clones: a restart would spend it here')
    }
    desk.begin()
    await desk.spend(300)
    powerOff(desk.farm, desk.device, true)
    return { accepted: true }
  },

  'Invoke-VdpImaging': async (desk, { volumeLicensing }) => {
    if (volumeLicensing !== 'none')
      throw new AgentRefusal('refused', 'no documented option of the Imaging Wizard sets the licensing type: the seal does')
    if (!canImage(desk)) throw new AgentRefusal('refused', 'imaging copies a hard disk to a vDisk that is attached read/write')
    desk.begin()
    const successLine = await desk.apart(async (spend) => {
      await spend(20 * 60_000)
      return imageToDisk(desk)
    })
    const output = successLine ? 'Conversion was successful.\r\n' : 'Volume could not be copied.\r\n'
    return { program: { exitCode: 0, output, timedOut: false }, successLine }
  },

  'Invoke-VdpHook': async (desk, { script, timeoutSeconds }) => {
    desk.begin()
    const program = await playScript(desk, desk.device.name, script, timeoutSeconds)
    if (!program.timedOut && /Restart-Computer/i.test(script)) powerOff(desk.farm, desk.device, true)
    return { program, bootGuid: desk.running.bootGuid }
  },
} satisfies Handlers<TargetDesk>

function backupAt(desk: TargetDesk, path: string): TokenFile | undefined {
  return desk.running.image.tokens.backups.find((one) => one.path === path)
}

function mustBe(file: TokenFile | null | undefined, path: string, sha256: string, bytes = file?.bytes): void {
  if (file?.sha256 !== sha256 || file.bytes !== bytes)
    throw new AgentRefusal('refused', `${path} is not the file that was looked at`)
}
