import { servedBy } from '../model/kms-host.ts'
import { iso } from './act-report.ts'
import type { Handlers, KmsDesk } from './desk.ts'

/** What the KMS host tells of itself. */
export const kmsReads = {
  'Get-VdpKmsHostState': async (desk) => {
    await desk.spend(500)
    const { farm } = desk
    const { kms } = farm
    const at = farm.time.now()
    return {
      at: iso(at + kms.clockOffsetMs),
      products: [...servedBy(kms, at)],
      port: kms.port,
      listening: kms.reachable,
      publishesSrv: kms.publishesSrv,
    }
  },

  'Get-VdpKmsRequests': async (desk, { since }) => {
    await desk.spend(500)
    const { kms, time } = desk.farm
    const from = Date.parse(since)
    return {
      at: iso(time.now() + kms.clockOffsetMs),
      requests: kms.requests
        .filter((one) => one.at + kms.clockOffsetMs >= from)
        .map(({ at, code, minimum, client, cmid, status, activationId }) => ({
          ...{ at: iso(at + kms.clockOffsetMs), code, minimum, client, cmid, activationId },
          licenceStatus: status,
        })),
    }
  },
} satisfies Handlers<KmsDesk>
