import { known, type Reading } from '../../wire/reading.ts'
import { primaryProduct } from '../../licensing/channel.ts'
import type { Check, Look } from '../check.ts'
import { defineCheck, noReadings } from '../define.ts'
import { bad, hidden, na, pass, unsure, warn, type Ruling } from '../ruling.ts'
import { onReach, onTarget } from '../subjects.ts'

const onWindowsLicense = onTarget('windowsLicense')

/** More than this and a KMS host refuses with 0xC004F06C. Source: kms.md 7. */
const SKEW_LIMIT_S = 4 * 3600
/** From here on it is worth a word. Our own limit. */
const SKEW_NOTICE_S = 120

const SAYS_NOTHING_OF_THE_IMAGE = 'Says nothing about the image; clones could not activate either.'

/** True when Windows is activated through Active Directory: no KMS host is asked, no machine is counted. Source: kms.md 3.2, 7. */
function byDirectory(look: Look): Reading<boolean> {
  const licence = look.target?.windowsLicense
  if (licence === undefined) return false
  if (known(licence.kms) && licence.kms.activationType === 1) return true
  if (known(licence.products) && primaryProduct(licence.products)?.vlActivationType === 1) return true
  return known(licence.kms) ? (known(licence.products) ? false : licence.products) : licence.kms
}

const DIRECTORY = 'Active Directory activates this Windows: no KMS host is asked'

/** How grave it is that KMS cannot be used: not at all where Active Directory activates, a warning where the run makes no test activation. */
function asNeeded(look: Look, says: string): Ruling {
  const directory = byDirectory(look)
  if (!known(directory))
    return hidden('windows.query', `${says}; whether Active Directory activates this Windows is not known (${directory.unknown})`)
  if (directory) return na(DIRECTORY)
  return look.plan.windows.activation === 'skip' ? warn(`${says}; the workflow skips the test activation`) : bad(says)
}

/** The KMS host that is set by name, in the workflow or in the image; null when DNS decides. */
function setByName(look: Look): Reading<string | null> {
  const licence = look.target?.windowsLicense
  if (look.plan.kms.machine !== null || licence === undefined) return look.plan.kms.machine
  return known(licence.kms) ? licence.kms.machine : licence.kms
}

const srv = defineCheck({
  id: 'kms.srv',
  title: 'SRV record _vlmcs._tcp',
  group: 'kms',
  severity: 'fail',
  source: 'ms-kms; ms-planning; ms-codes (0x8007232B)',
  reads: ['reach.records', 'target.windowsLicense'],
  rule: 'Fails without a record and without a host by name; warns where a host is named or the test activation is left out; not asked where Active Directory activates.',
  effect: SAYS_NOTHING_OF_THE_IMAGE,
  remedy: ['on {host}: nslookup -type=srv _vlmcs._tcp', 'Publish the record in DNS, or set kms.machine in {file} for the test.'],
  byHand: 'on {host}: nslookup -type=srv _vlmcs._tcp',
  subjects: onReach,
  facts: ({ records }) => ({ records }),
  ruling({ records }, _, look) {
    if (records.length > 0) return pass(records.map((one) => `${one.host}:${one.port} (${one.domain})`).join(', '))
    const name = setByName(look)
    if (!known(name)) {
      return hidden('windows.query', `no SRV record; whether a KMS host is set by name is not known (${name.unknown})`)
    }
    return name === null ? asNeeded(look, 'no SRV record in any search domain') : warn(`no SRV record; found by name: ${name}`)
  },
})

const port = defineCheck({
  id: 'kms.port',
  title: 'port of the KMS host, from the target',
  group: 'kms',
  severity: 'fail',
  source: 'ms-kms; ms-planning; ms-codes (0xC004F074, 0x800706BA)',
  reads: ['reach.probes', 'target.windowsLicense'],
  rule: 'Fails when no KMS host answers on its port; warns when only some do.',
  effect: SAYS_NOTHING_OF_THE_IMAGE,
  remedy: ['Open TCP 1688 from {host} to the KMS host.', 'Start-Service sppsvc on the KMS host', 'Remove stale SRV records.'],
  byHand: 'on {host}: Test-NetConnection <KMS host> -Port 1688',
  subjects: onReach,
  facts: noReadings,
  ruling(_, { probes }, look) {
    if (probes.length === 0) return hidden('kms.srv', 'no KMS host found to try')
    const named = (list: typeof probes) =>
      list.map((probe) => `${probe.host}:${probe.port}${probe.resolves ? '' : ' (name not found)'}`).join(', ')
    const open = probes.filter((probe) => probe.open === true)
    const closed = probes.filter((probe) => probe.open === false)
    const unread = probes.flatMap((probe) => (known(probe.open) ? [] : [`${probe.host} not known (${probe.open.unknown})`]))
    const rest = [...(closed.length > 0 ? [`${named(closed)} closed`] : []), ...unread]
    if (open.length > 0) return rest.length === 0 ? pass(`${named(open)} open`) : warn(`${named(open)} open; ${rest.join(', ')}`)
    return unread.length > 0 ? unsure(`port: ${rest.join(', ')}`) : asNeeded(look, `${named(closed)} closed`)
  },
})

const clock = defineCheck({
  id: 'clock.skew',
  title: 'clock of the target against the KMS host',
  group: 'kms',
  severity: 'fail',
  source: 'ms-kms; ms-planning; ms-codes (0xC004F06C)',
  reads: ['reach.probes', 'target.windowsLicense'],
  rule: 'Fails beyond 4 hours, warns beyond 2 minutes.',
  effect: 'Beyond 4 hours activation fails with 0xC004F06C, also on the clones.',
  remedy: ['on {host}: w32tm /resync'],
  byHand: 'on {host}: w32tm /stripchart /computer:<KMS host> /samples:1',
  subjects: onReach,
  facts: noReadings,
  ruling(_, { probes }, look) {
    if (probes.length === 0) return hidden('kms.srv', 'no KMS host found to compare with')
    const read = probes.flatMap((probe) =>
      known(probe.clockSkewSeconds) ? [{ host: probe.host, by: Math.abs(probe.clockSkewSeconds) }] : [],
    )
    const worst = read.toSorted((a, b) => b.by - a.by)[0]
    if (worst !== undefined && worst.by > SKEW_LIMIT_S)
      return asNeeded(look, `${duration(worst.by)} away from ${worst.host} (limit 4 h)`)
    const unread = probes.flatMap((probe) =>
      known(probe.clockSkewSeconds) ? [] : [`${probe.host}: ${probe.clockSkewSeconds.unknown}`],
    )
    if (unread.length > 0 || worst === undefined) return hidden('kms.port', `clock: not known (${unread.join('; ')})`)
    const says = `${duration(worst.by)} away from ${worst.host} (limit 4 h)`
    return worst.by > SKEW_NOTICE_S ? warn(says) : pass(says)
  },
})

function duration(seconds: number): string {
  const whole = Math.round(seconds)
  const parts = [`${Math.floor(whole / 3600)} h`, `${Math.floor((whole % 3600) / 60)} min`, `${whole % 60} s`]
  const first = parts.findIndex((part) => !part.startsWith('0 '))
  return first === -1 ? '0 s' : parts.slice(first, first + 2).join(' ')
}

const set = defineCheck({
  id: 'kms.set',
  title: 'KMS host as the image knows it',
  group: 'kms',
  severity: 'warn',
  source: 'ms-registry; va-guide; ms-kms; ms-planning',
  reads: ['target.windowsLicense.kms'],
  rule: 'Warns when a policy or the image names a KMS host that the workflow does not.',
  effect: 'Clones ask this host first, whatever DNS says.',
  remedy: ['on {host}: cscript //nologo C:\\Windows\\System32\\slmgr.vbs /ckms', 'If a policy sets it: change it there.'],
  byHand:
    'on {host}: Get-CimInstance SoftwareLicensingService | Select-Object KeyManagementServiceMachine, KeyManagementServicePort',
  subjects: onWindowsLicense,
  facts: ({ windowsLicense }) => ({ kms: windowsLicense.kms }),
  hiddenBy: 'windows.query',
  ruling({ kms }, _, { plan }) {
    const { machine, port, setByPolicy, discovered, lookupDomain } = kms
    const name = `${machine ?? ''}${port === 0 ? '' : `:${port}`}`
    if (setByPolicy)
      return bad(`a policy sets ${name}`, {
        effect: 'A test host set by the run may be put back by the policy; clones ask this host.',
      })
    if (machine !== null && machine !== plan.kms.machine) return bad(`${name} is set in the image`)
    if (machine !== null) return pass(`${name}, as the workflow says`)
    const domain = lookupDomain === null ? '' : ` in ${lookupDomain}`
    return pass(discovered === null ? `found by DNS${domain}` : `found by DNS${domain}, ${discovered} cached`)
  },
})

/** KMS as the target reaches it. */
export const kmsChecks: readonly Check[] = [srv, port, clock, set]
