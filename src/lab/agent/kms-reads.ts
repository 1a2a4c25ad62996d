import { servedBy } from '../model/kms-host.ts'
import { kmsLog } from '../model/kms-log.ts'
import { iso } from './act-report.ts'
import type { Handlers, KmsDesk } from './desk.ts'

/** Events of one answer. */
const PAGE = 5000

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
      publishDomains: [],
      firewall: ['domain', 'private', 'public'],
    }
  },

  'Get-VdpKmsRequests': async (desk, { since, until }) => {
    await desk.spend(500)
    const { kms, time } = desk.farm
    const [from, to] = [Date.parse(since), until === undefined ? Infinity : Date.parse(until)]
    const page = kmsLog(kms, time.now())
      .map((one, at) => ({ ...one, at: one.at + kms.clockOffsetMs, record: at + 1 }))
      .filter((one) => one.at >= from && one.at <= to)
      .slice(-PAGE)
    return {
      at: iso(time.now() + kms.clockOffsetMs),
      more: page.length >= PAGE,
      unread: [],
      requests: page.map(({ at, record, code, minimum, client, cmid, status, activationId }) => ({
        ...{ at: iso(at), record, code, minimum, client, cmid, activationId },
        licenceStatus: status,
      })),
    }
  },
} satisfies Handlers<KmsDesk>
