import { isSealedForMak } from '../farm/licence-mode.ts'
import type { Check, Finding, Look } from './check.ts'

/** Checks that only KMS needs: its hosts, its client keys, its rearms and its CMIDs. */
const KMS_ALONE =
  /^(?:kms\.|clock\.skew$|key\.(?:windows|office)$|rearm\.(?:windows|office|skip)$|office\.(?:order|rearmTool)$|canary\.distinct$)/

/** What a check finds; on a disk that is sealed for MAK the checks of KMS do not apply. */
export function findingsOf(check: Check, look: Look): readonly Finding[] {
  const found = check.judge(look)
  if (!isSealedForMak(look.plan) || !KMS_ALONE.test(check.id)) return found
  return found.map(({ host }) => ({
    host,
    verdict: 'na',
    says: 'sealed for MAK: no KMS is asked',
    because: null,
    effect: null,
    remedy: [],
  }))
}
