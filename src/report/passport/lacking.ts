import type { Passport } from './passport-shape.ts'
import { stepTitle } from './words.ts'

/** Why a report proves nothing of a real vDisk: what is missing, what that means for the vDisk, and what to type next with its purpose. */
export interface Lacking {
  readonly missing: string
  readonly means: readonly string[]
  readonly next: readonly { readonly type: string; readonly for: string }[]
}

/** What a report lacks to be a proof; null where it is one. */
export function lackingOf(passport: Passport): Lacking | null {
  if (passport.proof) return null
  const { missing, means, next } = ofRun(passport)
  const practice = passport.simulated ? ['Its farm was a simulated one: nothing here is about a real vDisk.'] : []
  return { missing, means: [...means, ...practice], next }
}

function ofRun({ kind, run, journal, steps, troubles, ...rest }: Passport): Lacking {
  const file = run.file ?? 'FILE'
  const status = (aim: string) => [{ type: `vdiskprep status ${journal.run}`, for: aim }]
  if (kind === 'passport') return { missing: 'a real farm', means: ['The procedure went as it should.'], next: [] }
  if (kind === 'unverified') return ofSealed(rest, run, file)
  if (run.outcome === 'mended')
    return {
      missing: 'a run of the whole procedure; this one had another purpose',
      means: ['It mended one finding of the doctor, and nothing is known of CMIDs.'],
      next: [{ type: `vdiskprep doctor ${file}`, for: 'whether it is mended' }],
    }
  const fault =
    run.state === 'held' || run.outcome === 'failed' ? (troubles.findLast(({ effect }) => effect !== null)?.effect ?? null) : null
  const means = [...(fault === null ? [] : [fault]), ...ofDisk({ steps, ...rest }, run.state === 'ended')]
  if (run.state !== 'ended') {
    const now = steps.find(({ state }) => state === 'running' || state === 'held')
    const missing = `the end of the run: ${now === undefined ? 'no step has begun' : `it stands at step ${stepTitle(now.step)}`}`
    if (run.state === 'stopped')
      return { missing, means, next: [{ type: `vdiskprep resume ${journal.run}`, for: 'goes on where it stands' }] }
    return { missing, means, next: status(run.state === 'running' ? 'where it stands now' : 'why, and what to decide') }
  }
  const missing = 'a run of this vDisk that ends verified'
  if (run.outcome === 'aborted')
    return { missing, means, next: [{ type: `vdiskprep plan ${file}`, for: 'what a new run would do' }] }
  return { missing, means, next: status('why, and what to do') }
}

/** Sealed without a proof. Where two canaries booted, their CMIDs differ (else the run would have failed), and the rest is what is open. */
function ofSealed({ settings, cmids }: Pick<Passport, 'settings' | 'cmids'>, run: Passport['run'], file: string): Lacking {
  const next = [{ type: `vdiskprep verify ${file}`, for: 'looks at booted clones; opens and seals nothing' }]
  if (settings.some(({ name, value }) => name === 'seal.licenseMode' && value === '1'))
    return {
      missing: 'what only booted clones show: that PVS activates each of them with the MAK',
      means: ['The vDisk is sealed for MAK. Look at the activation of booted clones before users get it.'],
      next,
    }
  if (cmids.clones.length > 1 && run.weaker.length > 0)
    return {
      missing: `an end without reservation; this one has: ${run.weaker.join('; ')}`,
      means: ['The vDisk is sealed, and its canaries drew CMIDs of their own.'],
      next,
    }
  return {
    missing: 'two canaries, booted after the seal, that each drew a CMID of their own',
    means: [
      'The vDisk is sealed. Its clones may share one CMID, and KMS would count them as one machine: prove it before users get it.',
    ],
    next,
  }
}

/** What the run did to the vDisk, as far as it decides whether clones may boot it. */
function ofDisk({ steps, changes, vdisk }: Pick<Passport, 'steps' | 'changes' | 'vdisk'>, ended: boolean): readonly string[] {
  if (changes.length === 0) return ['This run changed nothing on any host: the vDisk is as it was before.']
  if (vdisk.sealedAt !== null) return ['The vDisk is sealed; that its clones draw CMIDs of their own is not proved.']
  const opened = steps.some(({ step, state }) => step === 'createVDisk' && state === 'done')
  if (!opened) return ['The run had not opened the vDisk; what it changed on hosts stands in the report.']
  const made = vdisk.version?.known === 'made by this run' ? `made version ${String(vdisk.version.number)}` : 'opened the vDisk'
  return [`The run ${made} and ${ended ? 'did not seal it' : 'has not sealed it yet'}: no clone may boot it.`]
}

/** The same as lines of a page. */
export function lackingLines({ missing, means, next }: Lacking): readonly string[] {
  return [
    `Missing for a proof: ${missing}.`,
    ...(means.length === 0 ? [] : [means.join(' ')]),
    ...next.map(({ type, for: aim }) => `Next: ${type} (${aim})`),
  ]
}
