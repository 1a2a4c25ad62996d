import { isSealedForMak } from '../../../farm/licence-mode.ts'
import { kmsAnswers, kmsRequests } from '../../../licensing/kms-events.ts'
import { ask } from '../../asking.ts'
import type { Plan } from '../../../workflow/plan.ts'
import type { CloneMemory, Memory } from '../../memory.ts'
import { defineStage } from '../../stage.ts'
import { done, fail, skipped } from '../../verdict.ts'
import { hearOn, pageOf } from './hear.ts'
import { against, cmidsBefore, silentHost } from './unproved.ts'

/** Verification, last: what the canaries sent to the KMS host since they booted. Each request names its product and CMID, so Office is
 *  compared too where it has asked; on the licensing service of Windows no property shows a CMID of Office. Source: kms.md 5.4, 8. */
export const readRequests = defineStage({
  name: 'readRequests',
  step: 'verify',
  title: 'compare what the canaries sent to the KMS host',
  repeat: 'safe',
  skippable: true,
  judgesSilence: true,
  wanted: (plan) => !isSealedForMak(plan),
  probe: ({ plan: { kmsHost, verify }, memory: { clones, heard } }) => ({
    canaries: Object.fromEntries(
      clones.map(({ host, booted }) => [host, ask(host, 'Get-VdpActivationEvents', { since: booted, ids: [12288, 12289] })]),
    ),
    /** What stands in the image: the next verification tells what has drifted since. */
    images: Object.fromEntries(clones.map(({ host }) => [host, ask(host, 'Get-VdpTargetState', { parts: ['os', 'office'] })])),
    kms:
      verify.kmsHostProof && kmsHost !== null && clones.length > 0
        ? { [kmsHost]: ask(kmsHost, 'Get-VdpKmsRequests', pageOf(clones, heard)) }
        : {},
  }),

  judge({ plan, memory, now, missing }) {
    if (memory.clones.length === 0) return skipped('no canary was read')
    const clones: CloneMemory[] = []
    for (const clone of memory.clones) {
      const log = now.canaries[clone.host]
      if (log === undefined)
        return silentHost(clone.host, `the canary ${clone.canary} to answer`, missing[`canaries.${clone.host}`])
      const answer = kmsAnswers(log.events).findLast(({ activated }) => activated)
      const office = kmsRequests(log.events).filter(({ activationId }) => !clone.windowsIds.includes(activationId))
      clones.push({
        ...clone,
        officeCmids: [...new Set(office.map(({ cmid }) => cmid))],
        answered: answer?.at ?? null,
        count: answer?.count ?? null,
      })
    }
    const twin = sharedOffice(clones)
    if (twin !== null)
      return against(
        fail('DUPLICATE_CMID', { ...twin, file: plan.source.file }, 'they sent it for Office; those of Windows differ'),
        clones,
        { plan, memory },
      )
    const before = cmidsBefore({ plan, memory }).office
    const unchanged = clones.find(({ officeCmids }) => officeCmids.includes(before?.toLowerCase() ?? ''))
    if (unchanged !== undefined)
      return against(fail('CMID_UNCHANGED', { canary: unchanged.canary, cmid: before }, 'it sent it for Office'), clones, {
        plan,
        memory,
      })
    if (plan.verify.kmsHostProof && plan.kmsHost !== null) {
      const host = plan.kmsHost
      const seen = now.kms[host]
      if (seen === undefined) return silentHost(host, `the KMS host ${host} to answer`, missing[`kms.${host}`])
      const waits = hearOn(host, seen, clones, memory.heard)
      if (waits !== null) return waits
    }
    return done([...officeEvidence(clones, memory), ...kmsEvidence(clones, plan)], {
      clones,
    })
  },
})

function sharedOffice(clones: readonly CloneMemory[]): { readonly canaries: readonly string[]; readonly cmid: string } | null {
  for (const cmid of clones.flatMap(({ officeCmids }) => officeCmids)) {
    const canaries = clones.filter(({ officeCmids }) => officeCmids.includes(cmid)).map(({ canary }) => canary)
    if (canaries.length > 1) return { canaries, cmid }
  }
  return null
}

function officeEvidence(clones: readonly CloneMemory[], { office, officeInstalls }: Memory): readonly string[] {
  const silent = clones.filter(({ officeCmids }) => officeCmids.length === 0).map(({ canary }) => canary)
  if (silent.length === 0) return [`Office asked with a CMID of its own on each of ${String(clones.length)} canaries`]
  if (office.keys.length === 0 && (officeInstalls === null || officeInstalls.length === 0)) return []
  return [`Office has asked nothing yet on ${silent.join(', ')}: its CMIDs are not provable there before somebody opens it`]
}

function kmsEvidence(clones: readonly CloneMemory[], { verify, kmsHost }: Plan): readonly string[] {
  const counts = clones.flatMap(({ count }) => (count === null ? [] : [count]))
  const count = counts.length === 0 ? [] : [`the KMS host counts ${String(Math.max(...counts))}`]
  if (!verify.kmsHostProof) return count
  return [
    ...count,
    kmsHost === null ? 'no KMS host is named: its events were not read' : `${kmsHost} logged a request of each canary`,
  ]
}
