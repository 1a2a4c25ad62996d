import { happened } from '../model/farm.ts'
import type { TokenFile } from '../model/image.ts'
import { diskOf } from '../model/locks.ts'
import { powerOff } from '../model/power.ts'
import { removeTokenBackup, resetTokenStore, restoreTokenStore } from '../model/token-store.ts'
import { versionOf } from '../model/disk.ts'
import { windowsRelease } from '../model/windows-releases.ts'
import type { Handlers, TargetDesk } from './desk.ts'
import { playScript } from './hook-script.ts'
import { AgentRefusal } from './host-errors.ts'
import { tokensFacts } from './target-places.ts'
import { serviceFacts } from './target-windows.ts'

/** The licence store as a file. */
export const tokenActs = {
  'Reset-VdpTokenStore': async (desk, { folder, sha256 }) => {
    const before = tokensFacts(desk)
    const { file } = desk.running.image.tokens
    if (folder !== windowsRelease(desk.running.image.windows).tokens || file?.sha256 !== sha256) {
      throw new AgentRefusal('refused', `tokens.dat in ${folder} is not the file that was looked at`)
    }
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
    const before = tokensFacts(desk)
    mustBe(backupAt(desk, backup), backup, sha256)
    await desk.spend(5_000)
    restoreTokenStore(desk, backup)
    desk.running.image.licensing.service = 'running'
    await desk.spend(3_000)
    return { before, after: tokensFacts(desk), service: serviceFacts(desk) }
  },

  'Remove-VdpTokenBackup': async (desk, { backup, sha256, bytes }) => {
    mustBe(backupAt(desk, backup), backup, sha256, bytes)
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
    await desk.spend(1_000)
    for (const name of services) {
      const service = desk.running.image.updates.services[name]
      if (service) service.state = state
    }
    happened(desk.farm, desk.device.name, { did: 'services', names: [...services], to: state })
    return { before, after: list() }
  },

  'Stop-VdpComputer': async (desk) => {
    await desk.spend(300)
    powerOff(desk.farm, desk.device, false)
    return { accepted: true }
  },

  'Restart-VdpComputer': async (desk) => {
    if (desk.running.windowsRearmed || desk.running.officeRearmed) {
      throw new AgentRefusal('refused', 'a rearm of this boot waits for the clones: a restart would spend it here')
    }
    await desk.spend(300)
    powerOff(desk.farm, desk.device, true)
    return { accepted: true }
  },

  'Invoke-VdpImaging': async (desk, { volumeLicensing }) => {
    const { session } = desk.device
    const disk = session ? diskOf(desk.farm, session.guid) : undefined
    if (desk.running.how !== 'hard-disk' || !disk || session?.access !== 'read-write') {
      throw new AgentRefusal('refused', 'imaging copies a hard disk to a vDisk that is attached read/write')
    }
    await desk.spend(20 * 60_000)
    if (desk.farm.mischief.imagingFails.delete(desk.device.name))
      return { program: { exitCode: 0, output: 'Volume could not be copied.\r\n', timedOut: false }, successLine: false }
    const version = versionOf(disk, session.version)
    if (version) version.image = structuredClone(desk.running.image)
    disk.licenseMode = volumeLicensing === 'kms' ? 2 : volumeLicensing === 'mak' ? 1 : 0
    happened(desk.farm, desk.device.name, { did: 'imaging', disk: disk.name })
    return { program: { exitCode: 0, output: 'Conversion was successful.\r\n', timedOut: false }, successLine: true }
  },

  'Invoke-VdpHook': async (desk, { script, timeoutSeconds }) => {
    const program = await playScript(desk, desk.device.name, script, timeoutSeconds)
    if (!program.timedOut && /Restart-Computer/i.test(script)) powerOff(desk.farm, desk.device, true)
    return { program, bootGuid: desk.running.bootGuid }
  },
} satisfies Handlers<TargetDesk>

function backupAt(desk: TargetDesk, path: string): TokenFile | undefined {
  return desk.running.image.tokens.backups.find((one) => one.path === path)
}

function mustBe(file: TokenFile | undefined, path: string, sha256: string, bytes = file?.bytes): asserts file is TokenFile {
  if (file?.sha256 !== sha256 || file.bytes !== bytes)
    throw new AgentRefusal('refused', `${path} is not the file that was renamed`)
}
