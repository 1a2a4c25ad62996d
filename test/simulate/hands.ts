import { setLicenseMode } from '../../src/lab/model/disk-mode.ts'
import { powerOff } from '../../src/lab/model/power.ts'
import { promote } from '../../src/lab/model/versions.ts'
import { stagesOf } from '../../src/procedure/stages.ts'
import type { Drawn } from './draw.ts'
import type { DirectLab } from './farm.ts'
import type { Told } from './watch.ts'

/** What an administrator does by hand as the run comes to a stage of the seal, so that the stage finds nothing left to do. */
const HANDS: Readonly<Record<string, (lab: DirectLab, run: Told) => void>> = {
  shutDownTarget: ({ farm, cast }) => powerOff(farm, cast.master, false),
  awaitOff: ({ cast }) => void (cast.master.enabled = false),
  setLicenseMode: ({ farm, cast }) => setLicenseMode(farm, cast.server, cast.disk, 2),
  publishVersion: ({ farm, cast }, { context: { memory } }) => {
    const made = cast.disk.versions.find(({ version, access }) => version === memory.version && access === 1)
    if (made !== undefined) promote(farm, cast.server, cast.disk, made.version, 'test')
  },
}

/** Does by hand what comes in the seal before the stage that a seed aims at. */
export function lendHands(lab: DirectLab, { aim }: Drawn, run: Told, place: string): void {
  const names: readonly string[] = stagesOf.sealVDisk.map(({ name }) => `sealVDisk.${name}`)
  if (aim?.ahead !== true || names.indexOf(place) >= names.indexOf(aim.place) || run.plan.target.device !== lab.cast.master.name)
    return
  const hand = HANDS[place.slice('sealVDisk.'.length)]
  if (!place.startsWith('sealVDisk.') || hand === undefined) return
  run.helped = true
  hand(lab, run)
}
