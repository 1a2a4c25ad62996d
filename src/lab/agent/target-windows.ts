import type { z } from 'zod'
import type {
  bootPart,
  identityPart,
  osPart,
  securityPart,
  servicePart,
  updatesPart,
} from '../../wire/operations/target-state.ts'
import { machineNow, type Spot } from '../model/spot.ts'
import { windowsRelease } from '../model/windows-releases.ts'
import { iso } from './act-report.ts'

/** Win32_OperatingSystem and the edition from the registry. */
export function osFacts({ running: { image } }: Spot): z.infer<typeof osPart> {
  const release = windowsRelease(image.windows)
  const editionId = release.editions[image.edition] ?? image.edition
  return {
    caption: `${release.caption} ${image.edition}${image.evaluation ? ' Evaluation' : ''}`,
    version: release.version,
    build: release.build,
    editionId: image.evaluation ? `${editionId}Eval` : editionId,
    kind: release.kind,
    bits: 64,
    evaluation: image.evaluation,
    uiLanguage: image.language,
  }
}

/** Boot identity: the GUID of this boot, and when the machine's own clock says it was. */
export function bootFacts({ device, running }: Spot): z.infer<typeof bootPart> {
  return {
    guid: running.bootGuid,
    lastBootUpTime: iso(running.bootedAt + device.clockOffsetMs),
    hiberbootEnabled: running.image.fastStartup,
    hibernationEnabled: running.image.fastStartup,
  }
}

/** Name, cards and addresses; Personality.ini names the PVS device wherever Windows runs from a vDisk. */
export function identityFacts({ farm, device, running }: Spot): z.infer<typeof identityPart> {
  return {
    computerName: device.computerName,
    domain: farm.domain,
    macs: [device.realMac.replaceAll('-', ':')],
    addresses: [device.ip],
    staticAddress: device.staticAddress,
    personalityDevice: running.how === 'hard-disk' ? null : device.name,
  }
}

/** The licensing services. */
export function serviceFacts({ running: { image } }: Spot): z.infer<typeof servicePart> {
  return {
    name: 'sppsvc',
    state: image.licensing.service,
    startMode: windowsRelease(image.windows).sharesWithOffice ? 'auto' : 'manual',
    office: image.office?.service === 'osppsvc' ? 'running' : 'absent',
  }
}

/** What wants a reboot, and the services that could cause one. */
export function updatesFacts({ running: { image } }: Spot): z.infer<typeof updatesPart> {
  const { pendingReboot, installerRunning, staged, services } = image.updates
  return {
    pendingReboot: [...pendingReboot],
    installerRunning,
    staged: [...staged],
    services: Object.entries(services).map(([name, service]) => ({ name, ...service })),
  }
}

/** Encryption, machine password, and other tools that would rearm. */
export function securityFacts({ running: { image } }: Spot): z.infer<typeof securityPart> {
  return structuredClone(image.security)
}

/** The machine's own clock, as the facts carry it. */
export function targetTime(spot: Spot): string {
  return iso(machineNow(spot))
}
