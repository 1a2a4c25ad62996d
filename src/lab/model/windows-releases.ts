/** One release of Windows as the lab can put it into an image. */
export interface WindowsRelease {
  readonly caption: string
  readonly version: string
  readonly build: number
  readonly kind: 'client' | 'server'
  /** Family of its KMS client keys. */
  readonly family: string
  readonly editions: Readonly<Record<string, string>>
  /** The PowerShell 5.1 its agents answer with. */
  readonly powershell: string
  /** Rearms of a fresh installation. Source: kms.md 4.1. */
  readonly rearms: number
  /** Folder of tokens.dat. Source: kms.md 6. */
  readonly tokens: string
  /** Whether Office 2013 and later keep their licences in the service of Windows. Source: kms.md 3.2. */
  readonly sharesWithOffice: boolean
  /** Machines a KMS host must have counted. Source: kms.md 7. */
  readonly threshold: number
}

const SPP_7 = 'C:\\Windows\\ServiceProfiles\\NetworkService\\AppData\\Roaming\\Microsoft\\SoftwareProtectionPlatform'
const SPP_8 = 'C:\\Windows\\System32\\spp\\store'
const SPP_81 = 'C:\\Windows\\System32\\spp\\store\\2.0'

/** Every folder in which a tokens.dat of Windows 7 or later can lie. Source: KB 2736303; kms.md 6. */
export const tokenFolders: readonly string[] = [SPP_7, SPP_8, SPP_81]

/** Editions by their name in the key table, with the EditionID of the registry. */
const clientEditions = { Pro: 'Professional', Enterprise: 'Enterprise', Education: 'Education' }
const windows7Editions = { Professional: 'Professional', Enterprise: 'Enterprise' }
const serverEditions = { Standard: 'ServerStandard', Datacenter: 'ServerDatacenter' }

const older = { rearms: 3, tokens: SPP_7, sharesWithOffice: false }
const newer = { rearms: 1001, tokens: SPP_81, sharesWithOffice: true }
const client = { kind: 'client', threshold: 25, editions: clientEditions } as const
const server = { kind: 'server', threshold: 5, editions: serverEditions } as const

/** Releases the lab can simulate, by the name a farm file uses. Build numbers: public version history. */
export const windowsReleases = {
  'windows-7': {
    ...client,
    ...older,
    editions: windows7Editions,
    caption: 'Microsoft Windows 7',
    version: '6.1.7601',
    build: 7601,
    family: '7',
    powershell: '5.1.14409.1005',
  },
  'server-2008-r2': {
    ...server,
    ...older,
    caption: 'Microsoft Windows Server 2008 R2',
    version: '6.1.7601',
    build: 7601,
    family: '2008R2',
    powershell: '5.1.14409.1005',
  },
  'windows-8.1': {
    ...client,
    ...newer,
    caption: 'Microsoft Windows 8.1',
    version: '6.3.9600',
    build: 9600,
    family: '8.1',
    powershell: '5.1.14409.1005',
  },
  'server-2012-r2': {
    ...server,
    ...newer,
    caption: 'Microsoft Windows Server 2012 R2',
    version: '6.3.9600',
    build: 9600,
    family: '2012R2',
    powershell: '5.1.14409.1005',
  },
  'windows-10-22h2': windowsTen('Microsoft Windows 10', 19045),
  'windows-11-23h2': windowsTen('Microsoft Windows 11', 22631),
  'windows-11-24h2': windowsTen('Microsoft Windows 11', 26100),
  'server-2016': serverTen('2016', 14393),
  'server-2019': serverTen('2019', 17763),
  'server-2022': serverTen('2022', 20348),
  'server-2025': serverTen('2025', 26100),
} as const satisfies Record<string, WindowsRelease>

export type WindowsName = keyof typeof windowsReleases

/** The release behind a name. */
export function windowsRelease(name: WindowsName): WindowsRelease {
  return windowsReleases[name]
}

function windowsTen(caption: string, build: number) {
  return { ...client, ...newer, ...tenBuild(build), caption, family: '10' } as const
}

function serverTen(year: string, build: number) {
  return { ...server, ...newer, ...tenBuild(build), caption: `Microsoft Windows Server ${year}`, family: year } as const
}

function tenBuild(build: number) {
  return { version: `10.0.${build}`, build, powershell: `5.1.${build}.4391` }
}
