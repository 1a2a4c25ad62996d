import { stringify } from 'yaml'
import type { FarmPlan } from './farm-file/schema.ts'
import type { SshHost } from './ssh/ssh-host.ts'

/** Account that every host of the lab lets in. */
const USER = 'vdp-admin'
const LOOPBACK = '127.0.0.1'

/** The inventory of a lab, in the form the rest of the program reads (`Inventory` of the workflow). */
export interface LabInventory {
  readonly file: string
  readonly knownHosts: string
  readonly hosts: Readonly<Record<string, LabHostEntry>>
  /** The factor by which farm time runs faster, and the moment (ms since 1970) when it was the real time. */
  readonly lab: { readonly speed: number; readonly start: number }
}

interface LabHostEntry {
  readonly name: string
  readonly role: 'target' | 'pvs' | 'kms'
  readonly device: string | null
  readonly transport: {
    readonly by: 'ssh'
    readonly address: string
    readonly port: number
    readonly user: string
    readonly auth: { readonly key: string; readonly passphrase: null }
    readonly via: null
    readonly hostKeyOf: null
  }
}

/** Paths of the files beside which an inventory lies. */
export interface LabFiles {
  readonly inventory: string
  readonly knownHosts: string
  readonly clientKey: string
}

/** The inventory as an object. Every host has a key of its own in this version, so nobody needs `hostKeyOf`. */
export function inventoryOf(hosts: readonly SshHost[], lab: LabInventory['lab'], files: LabFiles): LabInventory {
  const entries = hosts.map(({ host, port }): [string, LabHostEntry] => {
    const auth = { key: files.clientKey, passphrase: null }
    const transport = { by: 'ssh', address: LOOPBACK, port, user: USER, auth, via: null, hostKeyOf: null } as const
    return [host.name, { name: host.name, role: host.role, device: host.role === 'target' ? host.name : null, transport }]
  })
  return { file: files.inventory, knownHosts: files.knownHosts, hosts: Object.fromEntries(entries), lab }
}

/** The same as the YAML that people and `vdiskprep` read; key and known_hosts lie beside it. */
export function inventoryText(plan: FarmPlan, hosts: readonly SshHost[], lab: LabInventory['lab']): string {
  const sites = [...new Set(plan.stores.map((one) => one.site))].map((site) => {
    const servers = plan.stores.filter((one) => one.site === site).flatMap((one) => one.servers)
    return [site, { servers: [...new Set(servers)] }]
  })
  const body = stringify({
    knownHosts: 'known_hosts',
    farms: { [plan.farm]: { sites: Object.fromEntries(sites) as unknown } },
    kmsHost: plan.kms.name,
    defaults: { ssh: { address: LOOPBACK, user: USER, auth: { key: 'client_key' } } },
    hosts: Object.fromEntries(hosts.map(({ host, port }) => [host.name, { role: host.role, ssh: { port } }])),
    lab,
  })
  return `# Written by the lab: every host here is simulated.\n${body}`
}

/** known_hosts in OpenSSH's form. */
export function knownHostsText(hosts: readonly SshHost[]): string {
  return hosts.map(({ port, hostKey }) => `[${LOOPBACK}]:${port} ${hostKey.split(' ').slice(0, 2).join(' ')}\n`).join('')
}
