import type { Stage } from './stage.ts'
import { activate } from './steps/activate/activate.ts'
import { restoreKmsHost } from './steps/activate/restoreKmsHost.ts'
import { useKmsHost } from './steps/activate/useKmsHost.ts'
import { cleanTokens } from './steps/cleanTokens.ts'
import { bootTarget } from './steps/createVDisk/bootTarget.ts'
import { clearLicenseMode } from './steps/createVDisk/clearLicenseMode.ts'
import { connectDevice } from './steps/createVDisk/connectDevice.ts'
import { disableOthers } from './steps/createVDisk/disableOthers.ts'
import { identify } from './steps/createVDisk/identify.ts'
import { inspect } from './steps/createVDisk/inspect.ts'
import { openPrivate } from './steps/createVDisk/openPrivate.ts'
import { openVersion } from './steps/createVDisk/openVersion.ts'
import { pinServer } from './steps/createVDisk/pinServer.ts'
import { proveBoot } from './steps/createVDisk/proveBoot.ts'
import { installWindowsKey } from './steps/installWindowsKey.ts'
import { installOfficeKey } from './steps/office/installOfficeKey.ts'
import { rearmOffice } from './steps/office/rearmOffice.ts'
import { checkTarget, preflight } from './steps/preflight.ts'
import { readyToRearm } from './steps/rearm/readyToRearm.ts'
import { rearmWindows } from './steps/rearm/rearmWindows.ts'
import { releaseDevices } from './steps/release.ts'
import { restore } from './steps/restore/restore.ts'
import { awaitOff } from './steps/seal/awaitOff.ts'
import { checkDriver } from './steps/seal/checkDriver.ts'
import { checkPrivilege } from './steps/seal/checkPrivilege.ts'
import { confirmSeal } from './steps/seal/confirmSeal.ts'
import { publishVersion } from './steps/seal/publishVersion.ts'
import { setLicenseMode } from './steps/seal/setLicenseMode.ts'
import { shutDownTarget } from './steps/seal/shutDownTarget.ts'
import { switchToStandard } from './steps/seal/switchToStandard.ts'
import { tidyTarget } from './steps/seal/tidyTarget.ts'
import { bootCanaries } from './steps/verify/bootCanaries.ts'
import { checkCopy } from './steps/verify/checkCopy.ts'
import { watchCanaries } from './steps/verify/watchCanaries.ts'

/** The stages of each step in the order in which the chart runs them. */
export const stagesOf = {
  preflight: [preflight],
  createVDisk: [
    identify,
    pinServer,
    disableOthers,
    clearLicenseMode,
    openPrivate,
    openVersion,
    connectDevice,
    bootTarget,
    proveBoot,
    checkTarget,
    inspect,
  ],
  cleanTokens: [cleanTokens],
  installWindowsKey: [installWindowsKey],
  activateWindows: [useKmsHost, activate, restoreKmsHost],
  rearmWindows: [readyToRearm('rearmWindows'), rearmWindows],
  installOfficeKey: [installOfficeKey],
  rearmOffice: [readyToRearm('rearmOffice'), rearmOffice],
  sealVDisk: [
    tidyTarget,
    shutDownTarget,
    awaitOff,
    checkPrivilege,
    checkDriver,
    setLicenseMode,
    switchToStandard,
    publishVersion,
    confirmSeal,
  ],
  verify: [checkCopy, bootCanaries, watchCanaries],
  release: [releaseDevices],
  restoring: [restore],
} as const satisfies Record<string, readonly Stage[]>

const byPath: ReadonlyMap<string, Stage> = new Map(
  Object.entries(stagesOf).flatMap(([step, stages]) => stages.map((stage) => [`${step}.${stage.name}`, stage] as const)),
)

/** The stage at a place of the chart such as `sealVDisk.awaitOff`. Throws for a place that is none. */
export function stageAt(place: string): Stage {
  const stage = byPath.get(place)
  if (stage === undefined) throw new Error(`no stage at ${place}`)
  return stage
}
