import { kmsAnswers, kmsRequests } from '../../../licensing/kms-events.ts'
import { ask } from '../../asking.ts'
import type { Plan } from '../../../workflow/plan.ts'
import type { CloneMemory, Memory } from '../../memory.ts'
import { defineStage } from '../../stage.ts'
import { done, fail, retry, skipped } from '../../verdict.ts'
import { silentHost, withoutNote } from './unproved.ts'

/** Verification, last: what the canaries sent to the KMS host since they booted. Each request names its product and CMID, so Office is
 *  compared too where it has asked; on the licensing service of Windows no property shows a CMID of Office. Source: kms.md 5.4, 8. */
export const readRequests = defineStage({
  name: 'readRequests',
  step: 'verify',
  title: 'compare what the canaries sent to the KMS host',
  repeat: 'safe',
  skippable: true,
  judgesSilence: true,
  probe: ({ plan: { kmsHost, verify }, memory: { clones } }) => ({
    canaries: Object.fromEntries(
      clones.map(({ host, booted }) => [host, ask(host, 'Get-VdpActivationEvents', { since: booted, ids: [12288, 12289] })]),
    ),
    kms:
      verify.kmsHostProof && kmsHost !== null && clones.length > 0
        ? { [kmsHost]: ask(kmsHost, 'Get-VdpKmsRequests', { since: beforeAll(clones) }) }
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
      return {
        ...fail('DUPLICATE_CMID', { ...twin, file: plan.source.file }, 'they sent it for Office; those of Windows differ'),
        learn: withoutNote(clones, memory),
      }
    const unchanged = clones.find(({ officeCmids }) => officeCmids.includes(memory.office.cmidBefore?.toLowerCase() ?? ''))
    if (unchanged !== undefined)
      return {
        ...fail('CMID_UNCHANGED', { canary: unchanged.canary, cmid: memory.office.cmidBefore }, 'it sent it for Office'),
        learn: withoutNote(clones, memory),
      }
    if (plan.verify.kmsHostProof && plan.kmsHost !== null) {
      const host = plan.kmsHost
      const seen = now.kms[host]
      if (seen === undefined) return silentHost(host, `the KMS host ${host} to answer`, missing[`kms.${host}`])
      const heard = new Set(seen.requests.map(({ cmid }) => cmid.toLowerCase()))
      const unheard = clones.filter(({ cmid }) => !heard.has(cmid.toLowerCase())).map(({ canary }) => canary)
      const overdue = { code: 'KMS_HOST_HEARD_NOTHING', details: { host, canaries: unheard } } as const
      if (unheard.length > 0)
        return retry(`${host} to log requests of ${unheard.join(', ')}`, 'not among its events 12290', overdue)
    }
    return done([...officeEvidence(clones, memory), ...kmsEvidence(clones, plan)], {
      clones,
    })
  },
})

/** How far a KMS host's clock may be behind a machine that it answers. Source: kms.md 9 (0xC004F06C). */
const SKEW_MS = 4 * 60 * 60 * 1000

function beforeAll(clones: readonly CloneMemory[]): string {
  return new Date(Math.min(...clones.map(({ booted }) => Date.parse(booted))) - SKEW_MS).toISOString()
}

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
