import type { FaultRecord } from '../../faults/fault.ts'
import type { FaultCode } from '../../faults/table.ts'
import { checkOf, type Role } from '../check-of-fault.ts'
import type { Check, Look } from '../check.ts'
import { defineCheck, noReadings } from '../define.ts'
import { bad, hidden, na, pass, unsure, type Ruling } from '../ruling.ts'
import { faultRuling, faultSays, missingFrom, OFF, targetIsOff } from '../subjects.ts'

/** A host as the link sees it: it answered, it failed by a named fault, or nobody asked it. */
interface Link {
  readonly host: string
  readonly answered: boolean
  readonly fault: FaultRecord | undefined
}

const HOST_KEY = ['HOST_KEY_UNKNOWN', 'HOST_KEY_CHANGED'] as const
const POWERSHELL = ['POWERSHELL_TOO_OLD', 'POWERSHELL_32_BIT'] as const
const SESSION = ['NOT_ELEVATED', 'CONSTRAINED_LANGUAGE', ...POWERSHELL] as const
const SNAP_IN_GONE = ['SNAPIN_MISSING'] as const
const SNAP_IN = ['SNAPIN_MISSING', 'PVS_AUTH_NEEDS_PASSWORD', 'PVS_ACCESS_DENIED'] as const

/** Faults that a host can name only after the login worked. */
const AFTER_LOGIN: readonly FaultCode[] = [...SESSION, ...SNAP_IN, 'PVS_ERROR', 'PVS_SERVICE_DOWN', 'FACTS_MISFIT']
/** Faults that it can name only in a session that is as it should be. */
const IN_SESSION: readonly FaultCode[] = AFTER_LOGIN.filter((code) => !(SESSION as readonly FaultCode[]).includes(code))

function target(look: Look): readonly Link[] {
  const host = look.plan.target.host
  return [{ host, answered: look.target !== null, fault: missingFrom(look, 'target', host) }]
}

function servers(look: Look): readonly Link[] {
  return look.plan.farm.servers.map((host) => ({
    host,
    answered: look.servers[host] !== undefined,
    fault: missingFrom(look, 'servers', host),
  }))
}

function kmsHost(look: Look): readonly Link[] {
  const host = look.plan.kmsHost
  return host === null ? [] : [{ host, answered: look.kms !== null, fault: missingFrom(look, 'kms', host) }]
}

interface LinkText extends Pick<Check, 'id' | 'title' | 'group' | 'severity' | 'source'> {
  readonly hosts: (look: Look) => readonly Link[]
  readonly effect: string
  readonly remedy: readonly string[]
  readonly byHand: string
  readonly fine: string
  /** The faults this check is about. Without it: every fault of the way to the host that no other check is about. */
  readonly about?: readonly FaultCode[]
}

function linkCheck(text: LinkText): Check {
  const { hosts, about, fine, ...rest } = text
  return defineCheck({
    ...rest,
    reads: ['session'],
    rule:
      about === undefined
        ? 'Fails when no session can be opened, unless another check is about the reason; a target that the farm knows to be off is not asked.'
        : `Fails on ${about.join(', ')}; unknown when the way ended before.`,
    subjects: (look) => hosts(look).map((seen) => ({ host: seen.host, seen })),
    facts: noReadings,
    ruling: (_, link, look) => (about === undefined ? reachable(link, fine, look) : named(link, about, fine, look)),
  })
}

function named({ host, answered, fault }: Link, about: readonly FaultCode[], fine: string, look: Look): Ruling {
  if (answered) return pass(fine)
  if (fault === undefined) return na('not looked at')
  if (about.includes(fault.code)) return faultRuling(fault, host)
  const later = about === HOST_KEY ? AFTER_LOGIN : about === SNAP_IN_GONE ? [] : IN_SESSION
  if (later.includes(fault.code)) return pass(fine)
  if (host === look.plan.target.host && targetIsOff(look)) return OFF
  return hidden(checkOf(fault.code, roleOf(look, host)), faultSays(fault, host))
}

function reachable({ host, answered, fault }: Link, fine: string, look: Look): Ruling {
  if (answered) return pass(fine)
  if (fault === undefined) return na('not looked at')
  if (host === look.plan.target.host) {
    if (targetIsOff(look)) return OFF
    if (fault.code === 'HOST_UNREACHABLE' && look.device?.device === undefined) {
      const says = `${faultSays(fault, host)} Whether {device} should be up is not known: its record was not read.`
      return missingFrom(look, 'device', look.plan.farm.server) === undefined ? unsure(says) : hidden('device.record', says)
    }
  }
  if (AFTER_LOGIN.includes(fault.code)) return pass(`${fine}, but not as it should: see the other checks`)
  if ((HOST_KEY as readonly FaultCode[]).includes(fault.code)) return pass('it answers; see its host key')
  const { says, remedy } = faultRuling(fault, host)
  return bad(says, remedy === undefined ? {} : { remedy })
}

function roleOf({ plan }: Look, host: string): Role {
  return host === plan.target.host ? 'target' : host === plan.kmsHost ? 'kms' : 'server'
}

const PING = 'Test-NetConnection {host} -Port 22'

const targetLinks: readonly Check[] = [
  linkCheck({
    id: 'target.reachable',
    title: 'way to the target',
    group: 'target',
    severity: 'fail',
    source: 'own-rule',
    hosts: target,
    effect: 'Nothing can be read or done in the image.',
    remedy: ['Start {device}, or check address, port and login of {host} in the inventory.', PING],
    byHand: PING,
    fine: 'answers and lets us in',
  }),
  linkCheck({
    id: 'target.hostKey',
    title: 'host key of the target',
    group: 'target',
    severity: 'fail',
    source: 'own-rule',
    hosts: target,
    about: HOST_KEY,
    effect: 'Keys and commands would go to a machine nobody knows. Clones share the key of their image.',
    remedy: ['vdiskprep trust {host}'],
    byHand: 'on {host}: ssh-keygen -lf C:\\ProgramData\\ssh\\ssh_host_ed25519_key.pub',
    fine: 'the key that was trusted',
  }),
  linkCheck({
    id: 'target.elevated',
    title: 'administrator rights on the target',
    group: 'target',
    severity: 'fail',
    source: 'slmgr; ms-slmgr',
    hosts: target,
    about: ['NOT_ELEVATED'],
    effect: 'Keys and rearm need an elevated session.',
    remedy: ['Use an account in the local group Administrators of {host}.'],
    byHand: 'on {host}: whoami /groups  # S-1-16-12288 is elevated',
    fine: 'the session is elevated',
  }),
  linkCheck({
    id: 'target.language',
    title: 'PowerShell language mode on the target',
    group: 'target',
    severity: 'fail',
    source: 'own-rule',
    hosts: target,
    about: ['CONSTRAINED_LANGUAGE'],
    effect: 'The agents need full language mode.',
    remedy: ['vdiskprep agents export --to agents', 'Sign them or allow them in WDAC or AppLocker, and install them on {host}.'],
    byHand: 'on {host}: $ExecutionContext.SessionState.LanguageMode',
    fine: 'full language mode',
  }),
  linkCheck({
    id: 'target.powershell',
    title: 'PowerShell on the target',
    group: 'target',
    severity: 'fail',
    source: 'own-rule',
    hosts: target,
    about: POWERSHELL,
    effect: 'The agents need a 64-bit Windows PowerShell 5.1: a 32-bit one hides the licence store and the PVS keys.',
    remedy: ['Install Windows Management Framework 5.1 on {host}.'],
    byHand: 'on {host}: $PSVersionTable.PSVersion; [Environment]::Is64BitProcess',
    fine: '5.1 or later, 64-bit where Windows is',
  }),
]

const serverLinks: readonly Check[] = [
  linkCheck({
    id: 'server.reachable',
    title: 'way to the PVS server',
    group: 'pvs',
    severity: 'fail',
    source: 'own-rule',
    hosts: servers,
    effect: 'A server that is not seen can fail in the seal: its privilege, drivers and mounts are unknown.',
    remedy: ['Check address, port, host key and login of {host} in the inventory.', PING],
    byHand: PING,
    fine: 'answers and lets us in',
  }),
  linkCheck({
    id: 'server.session',
    title: 'session on the PVS server',
    group: 'pvs',
    severity: 'fail',
    source: 'own-rule',
    hosts: servers,
    about: [...SESSION, ...HOST_KEY],
    effect: 'The agents need a trusted, elevated, 64-bit Windows PowerShell 5.1 in full language mode.',
    remedy: ['Use an account in the local group Administrators of {host}.'],
    byHand: 'on {host}: whoami /groups; $PSVersionTable.PSVersion; $ExecutionContext.SessionState.LanguageMode',
    fine: 'trusted, elevated, full language mode',
  }),
  linkCheck({
    id: 'server.snapin',
    title: 'PVS snap-in',
    group: 'pvs',
    severity: 'fail',
    source: 'pvs-guide',
    hosts: servers,
    about: SNAP_IN_GONE,
    effect: 'Without Citrix.PVS.SnapIn nothing of the farm can be read through this server.',
    remedy: ['Install the Citrix Provisioning Console (7.7 or later) on {host}.'],
    byHand: 'on {host}: Import-Module "C:\\Program Files\\Citrix\\Provisioning Services Console\\Citrix.PVS.SnapIn.dll"',
    fine: 'loaded',
  }),
]

const kmsLinks: readonly Check[] = [
  linkCheck({
    id: 'kms.reachable',
    title: 'way to the KMS host',
    group: 'kms',
    severity: 'warn',
    source: 'own-rule',
    hosts: kmsHost,
    effect: 'Its count and key cannot be read; the run does not need them.',
    remedy: ['Check address, port and login of {host} in the inventory, or leave the KMS host out of it.'],
    byHand: PING,
    fine: 'answers and lets us in',
  }),
]

/** Checks that are answered by the way a session came up, or did not. */
export const linkChecks: readonly Check[] = [...targetLinks, ...serverLinks, ...kmsLinks]
