import type { KmsHostState } from '../../wire/operations/kms-host.ts'
import type { Check, Look } from '../check.ts'
import { defineCheck } from '../define.ts'
import { bad, hidden, na, pass } from '../ruling.ts'
import { onKmsHost } from '../subjects.ts'

type Products = Exclude<KmsHostState['products'], { unknown: string }>

/** How many distinct machines a host must have counted. Source: kms.md 7. */
const THRESHOLD = { client: 25, server: 5, office: 5 } as const

const isOffice = (product: Products[number]) => /office/i.test(`${product.name} ${product.description}`)

const DLV = 'on {host}: cscript //nologo C:\\Windows\\System32\\slmgr.vbs /dlv all'

/** True when the target is known to have a volume Office that this run prepares. */
function officeAsks(look: Look): boolean {
  return look.plan.office.present !== 'none' && (look.target?.office?.installs.some((install) => install.volume) ?? false)
}

const count = defineCheck({
  id: 'kms.count',
  title: 'count of the KMS host',
  group: 'kms',
  severity: 'warn',
  source: 'ms-kms; ms-planning; ms-codes (0xC004F038)',
  reads: ['kms.products', 'target.os', 'target.office'],
  rule: 'Warns below 25 clients, 5 servers or 5 Office.',
  effect: 'A finding about the KMS host, not about the image: below the threshold no clone activates.',
  remedy: ['Boot more clients with distinct CMIDs.', DLV],
  byHand: DLV,
  subjects: onKmsHost,
  facts: ({ products }) => ({ products }),
  ruling({ products }, _, look) {
    const windows = products.find((product) => !isOffice(product))
    const office = products.find(isOffice)
    const kind = look.target?.os?.kind
    const needed = kind === undefined ? (windows?.required ?? THRESHOLD.client) : THRESHOLD[kind]
    if (windows === undefined) return hidden('kms.hostKey', 'no Windows key on this host')
    const below = [
      ...(windows.count < needed ? [`Windows ${windows.count} of ${needed}`] : []),
      ...(office !== undefined && officeAsks(look) && office.count < THRESHOLD.office
        ? [`Office ${office.count} of ${THRESHOLD.office}`]
        : []),
    ]
    return below.length === 0 ? pass(`Windows ${windows.count} of ${needed}`) : bad(`below the threshold: ${below.join(', ')}`)
  },
})

/** Which client generations a host key covers cannot be told from its name alone: not judged. Source: kms.md 7 (host >= client generation). */
const hostKey = defineCheck({
  id: 'kms.hostKey',
  title: 'keys of the KMS host',
  group: 'kms',
  severity: 'warn',
  source: 'ms-kms; ms-planning; ms-codes (0xC004F041, 0xC004F042)',
  reads: ['kms.products', 'target.office'],
  rule: 'Warns when a host key is not activated, or there is none for what the image asks.',
  effect: 'Clients are refused (0xC004F041, 0xC004F042).',
  remedy: ['Install and activate the KMS host key on {host}.'],
  byHand: DLV,
  subjects: onKmsHost,
  facts: ({ products }) => ({ products }),
  ruling({ products }, _, look) {
    const idle = products.filter((product) => product.status !== 1)
    if (idle.length > 0)
      return bad(`not activated: ${idle.map((product) => `${product.name} (status ${product.status})`).join(', ')}`)
    if (!products.some((product) => !isOffice(product))) return bad('no KMS host key for Windows')
    if (officeAsks(look) && !products.some(isOffice)) return bad('no KMS host key for Office')
    return pass(products.map((product) => product.name).join(', '))
  },
})

const listening = defineCheck({
  id: 'kms.listening',
  title: 'port of the KMS service',
  group: 'kms',
  severity: 'warn',
  source: 'ms-kms; ms-planning',
  reads: ['kms.listening', 'kms.port'],
  rule: 'Warns when nothing listens on the port.',
  effect: 'No client gets an answer.',
  remedy: ['on {host}: Start-Service sppsvc'],
  byHand: 'on {host}: Get-NetTCPConnection -State Listen -LocalPort 1688',
  subjects: onKmsHost,
  facts: ({ listening, port }) => ({ listening, port }),
  ruling: ({ listening, port }) => (listening ? pass(`listens on ${port}`) : bad(`nothing listens on ${port}`)),
})

const publishing = defineCheck({
  id: 'kms.publishing',
  title: 'publishing of the SRV record',
  group: 'kms',
  severity: 'warn',
  source: 'ms-registry; va-guide; ms-kms; ms-planning',
  reads: ['kms.publishesSrv'],
  rule: 'Warns when the host does not publish itself and the workflow names none.',
  effect: 'Clients find this host only by a record made by hand, or by name.',
  remedy: ['on {host}: cscript //nologo C:\\Windows\\System32\\slmgr.vbs /sdns'],
  byHand:
    'on {host}: Get-ItemProperty "HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\SoftwareProtectionPlatform"  # DisableDnsPublishing',
  subjects: onKmsHost,
  facts: ({ publishesSrv }) => ({ publishes: publishesSrv }),
  ruling({ publishes }, _, { plan }) {
    if (publishes) return pass('publishes itself in DNS')
    return plan.kms.machine === null ? bad('does not publish itself') : na(`the workflow names ${plan.kms.machine}`)
  },
})

/** What the KMS host says of itself, where the inventory names one. */
export const kmsHostChecks: readonly Check[] = [count, hostKey, listening, publishing]
