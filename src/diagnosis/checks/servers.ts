import type { ServerState, ServerService } from '../../wire/operations/farm-state.ts'
import type { Check, Look } from '../check.ts'
import { defineCheck, noReadings } from '../define.ts'
import { bad, na, pass, unsure } from '../ruling.ts'
import { faultRuling, isServer, missingFrom, onDiskAnswer, onPlan, onServers, type Subject } from '../subjects.ts'

/** First release with the object snap-in that the agents use. Source: pvs.md 3.1. */
const OBJECT_SNAP_IN = [7, 7] as const
/** Citrix's page that asks for a domain account is the one of 7.15; what later releases ask is not public. Source: pvs.md 2, 12 (S7). */
const DOMAIN_ACCOUNT_ASKED = [7, 15] as const

function atLeast(version: string, [major, minor]: readonly [number, number]): boolean | null {
  const [a, b] = version.split('.').map(Number)
  if (a === undefined || b === undefined || Number.isNaN(a) || Number.isNaN(b)) return null
  return a > major || (a === major && b >= minor)
}

/** The servers; PVS refusing the login is an answer too. */
function onConnections(look: Look): readonly Subject<ServerState>[] {
  return onServers(look).map((subject) => {
    const fault = missingFrom(look, 'servers', subject.host)
    const refused = fault?.code === 'PVS_AUTH_NEEDS_PASSWORD' || fault?.code === 'PVS_ACCESS_DENIED'
    return refused ? { host: subject.host, ruling: faultRuling(fault, subject.host) } : subject
  })
}

const connection = defineCheck({
  id: 'farm.connection',
  title: 'connection to the farm',
  group: 'pvs',
  severity: 'fail',
  source: 'pvs-guide; own-rule',
  reads: ['servers.farm'],
  rule: 'Fails when PVS refuses the login or the server belongs to another farm than the plan names.',
  effect: 'Nothing of the farm can be read or changed through this server.',
  remedy: ['Use a password login for {host}, or transport: local on the PVS server: a key login has no outward credentials.'],
  byHand: 'on {host}: Get-PvsFarm  # in a session like that of the run',
  subjects: onConnections,
  facts: ({ farm }) => ({ farm }),
  hiddenBy: 'service.soap',
  ruling: ({ farm }, _, { plan }) =>
    farm.name.toUpperCase() === plan.farm.name.toUpperCase()
      ? pass(`farm ${farm.name}`)
      : bad(`belongs to farm ${farm.name}, not ${plan.farm.name}`),
})

const version = defineCheck({
  id: 'server.version',
  title: 'PVS version',
  group: 'pvs',
  severity: 'fail',
  source: 'health-check; pvs-guide',
  reads: ['servers.pvsVersion'],
  rule: 'Fails below 7.7; unknown when the version is no number.',
  effect: 'The agents use the object snap-in, which came with 7.7.',
  remedy: ['Upgrade Citrix Provisioning on {host}.'],
  byHand: 'on {host}: Get-PvsVersion',
  subjects: onServers,
  facts: ({ pvsVersion }) => ({ version: pvsVersion }),
  hiddenBy: 'service.soap',
  ruling({ version }) {
    const enough = atLeast(version, OBJECT_SNAP_IN)
    if (enough === null) return unsure(`"${version}" is no version number`)
    if (!enough) return bad(`PVS ${version} is older than 7.7`)
    return pass(version)
  },
})

const versions = defineCheck({
  id: 'farm.versions',
  title: 'PVS version on all servers',
  group: 'pvs',
  severity: 'warn',
  source: 'own-rule',
  reads: ['servers.pvsVersion'],
  rule: 'Warns when two servers run different versions.',
  effect: 'What was proved through one server may not hold on another.',
  remedy: ['Finish the upgrade of the farm before the run.'],
  byHand: 'on each server: Get-PvsVersion',
  subjects: (look) => (look.plan.farm.servers.some((host) => look.servers[host] !== undefined) ? onPlan(look) : []),
  facts: (_, look) =>
    Object.fromEntries(
      look.plan.farm.servers.map((host) => [host, look.servers[host]?.pvsVersion ?? { unknown: `${host} was not read` }]),
    ),
  hiddenBy: 'server.version',
  ruling(found) {
    const all = Object.entries(found).map(([host, version]) => `${host} ${version}`)
    return new Set(Object.values(found)).size <= 1 ? pass(all.join(', ')) : bad(`they differ: ${all.join(', ')}`)
  },
})

/** Role numbers of a PVS login. Source: pvs.md 4.7 (22). */
const ROLES: Readonly<Record<number, string>> = {
  100: 'farm administrator',
  200: 'site administrator',
  300: 'collection administrator',
  999: 'read-only',
}

const role = defineCheck({
  id: 'server.role',
  title: 'role of the login in the farm',
  group: 'pvs',
  severity: 'fail',
  source: 'pvs-guide (22)',
  reads: ['servers.role'],
  rule: 'Fails unless the login is farm or site administrator.',
  effect: 'PVS answers "Access denied" to changes of the vDisk.',
  remedy: ['Give the account the role of farm or site administrator in the console.'],
  byHand: 'on {host}: Get-PvsAuthGroup',
  subjects: onServers,
  facts: ({ role }) => ({ role }),
  hiddenBy: 'service.soap',
  ruling: ({ role }) => (role <= 200 ? pass(ROLES[role] ?? `role ${role}`) : bad(`${ROLES[role] ?? 'unknown role'} (${role})`)),
})

function serviceOf(server: ServerState, name: ServerService['name']): ServerService | undefined {
  return server.services.find((service) => service.name === name)
}

function running(id: string, name: ServerService['name'], title: string, effect: string): Check {
  return defineCheck({
    id,
    title,
    group: 'pvs',
    severity: 'fail',
    source: 'pvs-antivirus; health-check',
    reads: ['servers.services'],
    rule: `Fails unless ${name} runs.`,
    effect,
    remedy: [`on {host}: Start-Service ${name}`],
    byHand: `on {host}: Get-Service ${name}`,
    subjects: onServers,
    facts: noReadings,
    ruling(_, server) {
      const service = serviceOf(server, name)
      if (service === undefined) return unsure(`${name} was not reported`)
      return service.state === 'running' ? pass('running') : bad(`${name} is ${service.state}`)
    },
  })
}

const soapAccount = defineCheck({
  id: 'soap.account',
  title: 'account of the SOAP service',
  group: 'pvs',
  severity: 'warn',
  source: 'pvs-volume (page of 7.15)',
  reads: ['servers.pvsVersion', 'servers.services'],
  rule: 'From 7.15 warns unless the account is a domain or group-managed one; older releases are not asked.',
  effect:
    'Citrix asks for a domain account with the right to perform volume maintenance; with another one the preparation may fail.',
  remedy: ['Run the Configuration Wizard on {host} and choose a domain account.'],
  byHand: 'on {host}: (Get-CimInstance Win32_Service -Filter "Name=\'soapserver\'").StartName',
  subjects: onServers,
  facts: (server) => ({
    version: server.pvsVersion,
    account: serviceOf(server, 'soapserver')?.account ?? { unknown: 'soapserver was not reported' },
  }),
  hiddenBy: 'service.soap',
  ruling({ version, account }, server) {
    const kind = serviceOf(server, 'soapserver')?.accountKind ?? 'unknown'
    const asked = atLeast(version, DOMAIN_ACCOUNT_ASKED)
    if (asked === null) return unsure(`"${version}" is no version number`)
    if (!asked) return na(`${version}: a domain account is known to be asked for from 7.15`)
    if (kind === 'unknown') return unsure(`${account}: not known what kind of account it is`)
    return kind === 'domain' || kind === 'group-managed' ? pass(`${account} (${kind})`) : bad(`${account} is a ${kind} account`)
  },
})

const serverReboot = defineCheck({
  id: 'server.reboot',
  title: 'pending reboot of the server',
  group: 'pvs',
  severity: 'warn',
  source: 'own-rule',
  reads: ['servers.pendingReboot'],
  rule: 'Warns when Windows wants a reboot.',
  effect: 'A server that restarts in the seal leaves the preparation half done.',
  remedy: ['Restart {host} in a window after draining, before the run.'],
  byHand: 'on {host}: Test-Path "HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\RebootPending"',
  subjects: onServers,
  facts: ({ pendingReboot }) => ({ reasons: pendingReboot }),
  ruling: ({ reasons }) => (reasons.length === 0 ? pass('none') : bad(`Windows wants a reboot: ${reasons.join(', ')}`)),
})

const listed = defineCheck({
  id: 'farm.servers',
  title: 'servers of the store',
  group: 'pvs',
  severity: 'fail',
  source: 'own-rule',
  reads: ['disk.store', 'servers.server'],
  rule: 'Unknown when a server of the store is no host of the plan; fails when the server of the run does not serve the store.',
  effect: 'The server that mounts the disk may be one that nobody looked at.',
  remedy: ['Add it as a host of role pvs to the inventory, and to farm.servers.'],
  byHand: 'on {server}: Get-PvsServer -StoreName "{store}"',
  subjects: onDiskAnswer,
  facts: ({ store }) => ({ store }),
  hiddenBy: 'service.soap',
  ruling({ store }, _, look) {
    const { servers, server } = look.plan.farm
    const left = store.servers.filter((name) => !servers.some((host) => isServer(look, host, name)))
    if (left.length > 0)
      return unsure(`${left.join(', ')} can serve {store} and is no host of the plan: privilege and drivers there are not known`)
    const own = store.servers.some((name) => isServer(look, server, name))
    return own
      ? pass(store.servers.join(', '))
      : bad(`{server} does not serve {store}; ${store.servers.join(', ') || 'no server'} does`, {
          remedy: ['Set farm.server to one of them.'],
        })
  },
})

const runServer = defineCheck({
  id: 'farm.server',
  title: 'server of the run',
  group: 'pvs',
  severity: 'fail',
  source: 'own-rule',
  reads: [],
  rule: 'Fails when farm.server of the workflow is not among farm.servers.',
  effect: 'All writes of a run go through this server; its privilege and drivers would not be looked at.',
  remedy: ['Add {server} to farm.servers.'],
  byHand: 'vdiskprep validate {file}',
  subjects: onPlan,
  facts: noReadings,
  ruling: (_, __, { plan }) =>
    plan.farm.servers.includes(plan.farm.server) ? pass('{server}') : bad('{server} is not among farm.servers'),
})

/** The PVS servers: the farm behind them, their services, and whether all of them were looked at. */
export const serverChecks: readonly Check[] = [
  connection,
  version,
  versions,
  role,
  running('service.stream', 'StreamService', 'Stream service', 'This server streams no vDisk.'),
  running('service.soap', 'soapserver', 'SOAP service', 'The farm cannot be read or changed through this server.'),
  soapAccount,
  serverReboot,
  listed,
  runServer,
]
