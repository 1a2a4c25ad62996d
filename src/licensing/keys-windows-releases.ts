/** What a Windows says of itself; the fields of the `os` part of a target's state that decide its key. */
export interface WindowsIdentity {
  readonly kind: 'client' | 'server'
  readonly build: number
  readonly editionId: string
  readonly caption: string
}

/** Family and, where one family has several rows per edition, release, in the catalogue's words. */
export interface ReleaseName {
  readonly family: string
  readonly release?: string
}

const SAC = 'Windows Server Semi-Annual Channel'
const SAC_SINCE_1809 = '20H2 / 2004 / 1909 / 1903 / 1809'
const LTSB = 'Windows 10 LTSB'

/** Builds of server releases. The names are the catalogue's; which build is which release is public version history and is not in the
 *  reference, so a build that is not listed gets no key. 17763 is both 2019 and channel 1809: the EditionID tells them apart. */
const SERVERS: Readonly<Record<number, ReleaseName>> = {
  7600: { family: 'Windows Server 2008 R2' },
  7601: { family: 'Windows Server 2008 R2' },
  9200: { family: 'Windows Server 2012' },
  9600: { family: 'Windows Server 2012 R2' },
  14393: { family: 'Windows Server 2016' },
  17763: { family: 'Windows Server 2019' },
  20348: { family: 'Windows Server 2022' },
  26100: { family: 'Windows Server 2025' },
}

/** Builds of the Semi-Annual Channel, whose EditionIDs end in ACor (unproven: public tables only, not in the reference). */
const CHANNEL: Readonly<Record<number, ReleaseName>> = {
  16299: { family: SAC, release: '1709' },
  17134: { family: SAC, release: '1803' },
  17763: { family: SAC, release: SAC_SINCE_1809 },
  18362: { family: SAC, release: SAC_SINCE_1809 },
  18363: { family: SAC, release: SAC_SINCE_1809 },
  19041: { family: SAC, release: SAC_SINCE_1809 },
  19042: { family: SAC, release: SAC_SINCE_1809 },
}

const CLIENTS: Readonly<Record<number, ReleaseName>> = {
  7600: { family: 'Windows 7' },
  7601: { family: 'Windows 7' },
  9200: { family: 'Windows 8' },
  9600: { family: 'Windows 8.1' },
}

/** Long-term releases by build; LTSC 2019, 2021 and 2024 share one row. Builds: see SERVERS. */
const LONG_TERM: Readonly<Record<number, ReleaseName>> = {
  10240: { family: LTSB, release: 'LTSB 2015' },
  14393: { family: LTSB, release: 'LTSB 2016' },
  17763: { family: 'Windows 11 / Windows 10 LTSC' },
  19044: { family: 'Windows 11 / Windows 10 LTSC' },
  26100: { family: 'Windows 11 / Windows 10 LTSC' },
}

/** The catalogue's name of the release a Windows belongs to, undefined where none is known. */
export function releaseNames(os: WindowsIdentity): ReleaseName | undefined {
  if (os.kind === 'server') return (/ACor$/i.test(os.editionId) ? CHANNEL : SERVERS)[os.build]
  if (/^IoTEnterpriseSN?$/i.test(os.editionId)) return { family: 'Windows IoT Enterprise LTSC' }
  if (/^EnterpriseSN?$/i.test(os.editionId)) return LONG_TERM[os.build]
  if (os.build >= WINDOWS_10) return { family: 'Windows 11 / Windows 10' }
  return CLIENTS[os.build]
}

/** First build of Windows 10: from there on one row serves every build. */
const WINDOWS_10 = 10_240

/** The builds that a row of the catalogue serves, oldest first; `from` alone: that one and every later. Undefined where none is known. */
export function buildsOf(row: { readonly family: string; readonly release: string }): {
  readonly builds?: readonly number[]
  readonly from?: number
} {
  if (row.family === 'Windows 11 / Windows 10') return { from: WINDOWS_10 }
  const builds = [SERVERS, CHANNEL, CLIENTS, LONG_TERM].flatMap((table) =>
    Object.entries(table).flatMap(([build, name]) =>
      name.family === row.family && (name.release ?? row.release) === row.release ? [Number(build)] : [],
    ),
  )
  return builds.length === 0 ? {} : { builds: [...new Set(builds)] }
}

/** EditionID (registry, CurrentVersion) to the editions of the catalogue; the first that the release has is taken. The reference has no
 *  EditionIDs: these are the names that public tables put beside the same keys. Unproven on a real host: Essentials (ServerSolution),
 *  Azure Edition (ServerTurbine), the Semi-Annual Channel (...ACor), the Itanium and HPC editions. */
const EDITIONS: Readonly<Record<string, readonly string[]>> = {
  professional: ['Pro', 'Professional'],
  professionaln: ['Pro N', 'Professional N'],
  professionale: ['Professional E'],
  professionalworkstation: ['Pro for Workstations'],
  professionalworkstationn: ['Pro for Workstations N'],
  professionaleducation: ['Pro Education'],
  professionaleducationn: ['Pro Education N'],
  education: ['Education'],
  educationn: ['Education N'],
  enterprise: ['Enterprise'],
  enterprisen: ['Enterprise N'],
  enterprisee: ['Enterprise E'],
  enterpriseg: ['Enterprise G'],
  enterprisegn: ['Enterprise G N'],
  enterprises: ['Enterprise LTSC', 'Enterprise LTSB'],
  enterprisesn: ['Enterprise N LTSC', 'Enterprise N LTSB'],
  iotenterprises: ['IoT Enterprise LTSC'],
  core: ['Core'],
  coren: ['Core N'],
  coresinglelanguage: ['Core Single Language'],
  corecountryspecific: ['Core Country Specific'],
  serverstandard: ['Standard'],
  serverstandardacor: ['Standard'],
  serverdatacenter: ['Datacenter'],
  serverdatacenteracor: ['Datacenter'],
  serverturbine: ['Datacenter: Azure Edition'],
  serversolution: ['Essentials'],
  serverenterprise: ['Enterprise'],
  serverenterpriseia64: ['Itanium-based Systems'],
  serverweb: ['Web'],
  serverhpc: ['HPC Edition'],
  servermultipointstandard: ['MultiPoint Standard'],
  servermultipointpremium: ['MultiPoint Premium'],
}

/** The catalogue's names of an edition; empty for one that takes no public key (evaluation, multi-session, Home of Windows 10). */
export function editionNames(os: Pick<WindowsIdentity, 'editionId'>): readonly string[] {
  const id = os.editionId.toLowerCase()
  return Object.hasOwn(EDITIONS, id) ? (EDITIONS[id] ?? []) : []
}
