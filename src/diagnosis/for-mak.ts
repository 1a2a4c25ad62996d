import type { Check, Finding, Look } from './check.ts'

/** LicenseMode of a disk whose clones are activated by a MAK. Source: pvs.md 4.1. */
const MAK = 1

/** Checks that only KMS needs: its hosts, its client keys, its rearms and its CMIDs. */
const KMS_ALONE =
  /^(?:kms\.|clock\.skew$|key\.(?:windows|office)$|rearm\.(?:windows|office|skip)$|office\.(?:order|rearmTool)$|canary\.distinct$)/

/** What a check finds; on a disk that is sealed for MAK the checks of KMS do not apply. */
export function findingsOf(check: Check, look: Look): readonly Finding[] {
  const found = check.judge(look)
  if (look.plan.seal.licenseMode !== MAK || !KMS_ALONE.test(check.id)) return found
  return found.map(({ host }) => ({ host, verdict: 'na', says: 'sealed for MAK: no KMS is asked', effect: null, remedy: [] }))
}
