import type { StepName } from '../workflow/plan.ts'
import type { Stage } from './stage.ts'
import { activate } from './steps/activate/activate.ts'
import { restoreKmsHost } from './steps/activate/restoreKmsHost.ts'
import { useKmsHost } from './steps/activate/useKmsHost.ts'
import { cleanTokens } from './steps/cleanTokens.ts'
import { bootTarget } from './steps/createVDisk/bootTarget.ts'
import { clearLicenseMode } from './steps/createVDisk/clearLicenseMode.ts'
import { attachDisk, connectDevice } from './steps/createVDisk/connectDevice.ts'
import { disableOthers } from './steps/createVDisk/disableOthers.ts'
import { bootHardDisk } from './steps/createVDisk/imaging/bootHardDisk.ts'
import { imageDisk } from './steps/createVDisk/imaging/imageDisk.ts'
import { leaveHardDisk } from './steps/createVDisk/imaging/leaveHardDisk.ts'
import { makeDisk } from './steps/createVDisk/imaging/makeDisk.ts'
import { identify } from './steps/createVDisk/identify.ts'
import { inspect } from './steps/createVDisk/inspect.ts'
import { openPrivate } from './steps/createVDisk/openPrivate.ts'
import { openVersion } from './steps/createVDisk/openVersion.ts'
import { pinServer } from './steps/createVDisk/pinServer.ts'
import { proveBoot } from './steps/createVDisk/proveBoot.ts'
import { hooksAround } from './steps/hooks/aroundStep.ts'
import { installWindowsKey } from './steps/installWindowsKey.ts'
import { installOfficeKey } from './steps/office/installOfficeKey.ts'
import { rearmOffice } from './steps/office/rearmOffice.ts'
import { checkTarget, preflight } from './steps/preflight.ts'
import { readyToRearm } from './steps/rearm/readyToRearm.ts'
import { rearmWindows } from './steps/rearm/rearmWindows.ts'
import { releaseDevices } from './steps/release.ts'
import { restore } from './steps/restore/restore.ts'
import { revertVersion } from './steps/restore/revertVersion.ts'
import { awaitOff } from './steps/seal/awaitOff.ts'
import { checkDriver } from './steps/seal/checkDriver.ts'
import { checkPrivilege } from './steps/seal/checkPrivilege.ts'
import { confirmCopies } from './steps/seal/confirmCopies.ts'
import { confirmSeal } from './steps/seal/confirmSeal.ts'
import { publishVersion } from './steps/seal/publishVersion.ts'
import { setLicenseMode } from './steps/seal/setLicenseMode.ts'
import { shutDownTarget } from './steps/seal/shutDownTarget.ts'
import { switchToStandard } from './steps/seal/switchToStandard.ts'
import { tidyTarget } from './steps/seal/tidyTarget.ts'
import { bootCanaries } from './steps/verify/bootCanaries.ts'
import { checkCopy } from './steps/verify/checkCopy.ts'
import { checkMakClones } from './steps/verify/checkMakClones.ts'
import { readRequests } from './steps/verify/readRequests.ts'
import { watchCanaries } from './steps/verify/watchCanaries.ts'

/** The stages of each step in the order in which the chart runs them; hooks come first and last. */
export const stagesOf = {
  preflight: around('preflight', [preflight]),
  createVDisk: around('createVDisk', [
    makeDisk,
    identify,
    pinServer,
    disableOthers,
    clearLicenseMode,
    openPrivate,
    openVersion,
    attachDisk,
    bootHardDisk,
    imageDisk,
    leaveHardDisk,
    connectDevice,
    bootTarget,
    proveBoot,
    checkTarget,
    inspect,
  ]),
  cleanTokens: around('cleanTokens', [cleanTokens]),
  installWindowsKey: around('installWindowsKey', [installWindowsKey]),
  activateWindows: around('activateWindows', [useKmsHost, activate, restoreKmsHost]),
  rearmWindows: around('rearmWindows', [readyToRearm('rearmWindows'), rearmWindows]),
  installOfficeKey: around('installOfficeKey', [installOfficeKey]),
  rearmOffice: around('rearmOffice', [readyToRearm('rearmOffice'), rearmOffice]),
  sealVDisk: [
    hooksAround('sealVDisk', 'before'),
    tidyTarget,
    shutDownTarget,
    awaitOff,
    checkPrivilege,
    checkDriver,
    setLicenseMode,
    switchToStandard,
    publishVersion,
    confirmSeal,
    hooksAround('sealVDisk', 'after'),
    confirmCopies,
  ],
  verify: around('verify', [checkCopy, bootCanaries, checkMakClones, watchCanaries, readRequests]),
  release: around('release', [releaseDevices]),
  restoring: [restore, revertVersion],
} as const satisfies Record<string, readonly Stage[]>

function around(step: StepName, stages: readonly Stage[]): readonly Stage[] {
  return [hooksAround(step, 'before'), ...stages, hooksAround(step, 'after')]
}

const byPath: ReadonlyMap<string, Stage> = new Map(
  Object.entries(stagesOf).flatMap(([step, stages]) => stages.map((stage) => [`${step}.${stage.name}`, stage] as const)),
)

/** The stage at a place of the chart such as `sealVDisk.awaitOff`. Throws for a place that is none. */
export function stageAt(place: string): Stage {
  const stage = byPath.get(place)
  if (stage === undefined) throw new Error(`no stage at ${place}`)
  return stage
}
