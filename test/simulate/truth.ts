import { isOpen } from '../../src/lab/model/disk.ts'
import type { LedgerEntry } from '../../src/lab/model/ledger.ts'
import type { RunEvent } from '../../src/procedure/events.ts'
import type { Plan } from '../../src/workflow/plan.ts'
import type { DirectLab } from './farm.ts'
import type { Broken, Told } from './watch.ts'

/** What is wrong with something a run claims, by what really happened to the machines. */
export function untrue(lab: DirectLab, run: Told, event: RunEvent): Broken | null {
  if (event.type === 'run.ended')
    return kept(lab, run) ?? touched(lab, run) ?? (event.outcome === 'verified' ? unverified(lab, run) : null)
  if (event.type === 'stage.done' && !event.skipped) return undone(lab, run, event.place)
  return null
}

/** What a run has to leave as it was: the records of the prep device and the canaries, and who serves the vDisk. */
export function settingsOf({ farm, cast }: DirectLab, plan: Plan): string {
  const names = [plan.target, ...plan.canaries].map(({ device }) => device)
  const devices = farm.devices
    .filter(({ name }) => names.includes(name))
    .map(
      ({ name, type, bootFrom, enabled }) =>
        `${name}: type ${String(type)}, boot from ${String(bootFrom)}, ${enabled ? 'enabled' : 'disabled'}`,
    )
  const disk = farm.disks.find(({ name }) => name === plan.vdisk.name) ?? cast.disk
  return [...devices, `${disk.name} from ${disk.serverName ?? 'any server'}`].join('; ')
}

function kept(lab: DirectLab, run: Told): Broken | null {
  // A run that makes the vDisk leaves its device booting from it; what a person left undone is told in the run's ending; what one did by
  // hand is no matter of the run.
  const left = run.entries.some(({ type, body }) => type === 'decided' && isSkipOfRestoring(body))
  if (left || run.helped || run.plan.vdisk.create === 'imaging-wizard') return null
  const after = settingsOf(lab, run.plan)
  return after === run.before
    ? null
    : { invariant: 'put back', what: `${run.run} began with "${run.before}" and ended with "${after}"` }
}

function isSkipOfRestoring(body: unknown): boolean {
  const { place, decision } = body as { readonly place: string; readonly decision: string }
  return decision === 'skip' && place.startsWith('restoring.')
}

/** From its rearm until the shutdown nothing may look at Office: its grace timer would begin in the image. */
function touched({ farm }: DirectLab, run: Told): Broken | null {
  const master = run.plan.target.device
  let rearmed = false
  for (const entry of farm.ledger.entries.slice(run.ledgerFrom)) {
    if (entry.machine !== master) continue
    if (entry.did === 'rearm' && entry.product === 'Office' && entry.effective) rearmed = true
    if (entry.did === 'shutdown') rearmed = false
    if (entry.did === 'office-touched' && rearmed)
      return { invariant: 'hands off Office', what: `${run.run} looked at Office on ${master} after its rearm` }
  }
  return null
}

function unverified({ farm }: DirectLab, run: Told): Broken | null {
  const { entries } = farm.ledger
  const since = entries.slice(run.ledgerFrom)
  const disk = run.plan.vdisk.name
  if (since.some((entry) => entry.did === 'foreign-write' && entry.disk === disk))
    return { invariant: 'verified is true', what: `${run.run} is verified on ${disk}, to which a foreign device wrote` }
  const drawn = run.plan.canaries.map(({ device }) =>
    entries.findLast((entry) => entry.did === 'cmid' && entry.product === 'Windows' && entry.machine === device),
  ) as readonly (Extract<LedgerEntry, { did: 'cmid' }> | undefined)[]
  const cmids = drawn.flatMap((entry) => (entry === undefined || !entry.drawn ? [] : [entry.cmid]))
  return new Set(cmids).size >= 2
    ? null
    : {
        invariant: 'verified is true',
        what: `${run.run} is verified, and its canaries drew ${cmids.length === 0 ? 'no CMIDs' : cmids.join(', ')}`,
      }
}

function undone({ farm, cast }: DirectLab, run: Told, place: string): Broken | null {
  const { entries } = farm.ledger
  const master = farm.devices.find(({ name }) => name === run.plan.target.device) ?? cast.master
  const disk = farm.disks.find((one) => one.guid === run.context.memory.disk?.guid)
  const wrong = (what: string): Broken => ({ invariant: 'done is done', what: `${place} is done, and ${what}` })
  const rearmed = (product: string) => {
    const booted = entries.findLastIndex((entry) => entry.did === 'boot' && entry.machine === master.name)
    return entries
      .slice(booted)
      .some((entry) => entry.did === 'rearm' && entry.machine === master.name && entry.product === product && entry.effective)
  }
  switch (place) {
    case 'rearmWindows.rearmWindows':
      return rearmed('Windows') ? null : wrong(`${master.name} was not rearmed since its boot`)
    case 'rearmOffice.rearmOffice':
      return rearmed('Office') ? null : wrong(`Office on ${master.name} was not rearmed since its boot`)
    case 'sealVDisk.awaitOff':
      // PVS cannot see a machine that runs from its own hard disk, and that touches no vDisk.
      return master.running === null || master.running.how === 'hard-disk' ? null : wrong(`${master.name} runs`)
    case 'sealVDisk.setLicenseMode':
      return disk === undefined || disk.licenseMode === run.plan.seal.licenseMode
        ? null
        : wrong(`LicenseMode is ${String(disk.licenseMode)}`)
    case 'sealVDisk.switchToStandard':
      return disk === undefined || !isOpen(disk) ? null : wrong(`${disk.name} is open`)
    default:
      return null
  }
}
