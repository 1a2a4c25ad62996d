import { type CANCEL_SYMBOL, confirm, intro, isCancel, log, outro, select, text } from '@clack/prompts'
import { PROCEDURES, split, TRANSPORTS, type Procedure, type Proposal, type Wishes } from './wishes.ts'

/** Questions go where a person looks and no pipe does. */
const at = { output: process.stderr } as const

/** Thrown when the person pressed Ctrl-C or Escape, or did not agree to what would be written. */
export class NotAnswered extends Error {}

/** Systems that are offered by name; any other may be written into the file. */
const SYSTEMS = [
  'Windows 11 Enterprise',
  'Windows 10 Enterprise',
  'Windows Server 2025 Datacenter',
  'Windows Server 2022 Datacenter',
  'Windows Server 2019 Datacenter',
  'Windows Server 2016 Datacenter',
] as const

/** Asks a person for everything that the two files need; Enter takes what `propose` makes of the answers before. `hosts` is false where an
 *  inventory is there already: then only its names are used. Rejects with NotAnswered; nothing has been written then. */
export async function askWishes(propose: Proposal, files: readonly string[], hosts: boolean): Promise<Wishes> {
  intro(`vdiskprep init: ${files.join(' and ')}`, at)
  log.message(
    'Enter takes what stands there. Nothing is written before the last question,\nand Ctrl-C leaves nothing behind.',
    at,
  )
  const procedure = await chosen('What is to be done?', propose({}).procedure, PROCEDURES)
  const farm = await typed('Name of the PVS farm', propose({}).farm, oneName)
  const site = await typed('Site of the farm', propose({ farm }).site, oneName)
  const store = await typed('Store that holds the vDisk', propose({ farm, site }).store, oneName)
  const named = propose({ farm, site, store }).vdisk
  const vdisk = await typed('Name of the vDisk, as the console shows it (without .vhdx)', named, oneName)
  const said = { procedure, farm, site, store, vdisk }
  const usual = propose(said)
  const servers = hosts
    ? split(await typed('PVS servers that can serve this store, all of them', usual.servers.join(', '), someNames))
    : usual.servers
  const target = await typed('Target device on which the image is prepared (the prep device)', usual.target, oneName)
  const others = propose({ ...said, target }).canaries
  const canaries = split(
    await typed('Canaries: two other target devices, unused, that prove the result', others.join(', '), (said) =>
      canariesWrong(split(said), target, procedure),
    ),
  )
  const reach = hosts ? await askReach(usual) : {}
  const os = await askSystem()
  const office = procedure === 'kms-windows-only' ? 'auto' : await askOffice()
  const wishes: Wishes = {
    ...usual,
    ...reach,
    servers,
    target,
    canaries,
    os,
    office,
  }
  if (!(await answered(confirm({ ...at, message: `Write ${files.join(' and ')}?` })))) throw new NotAnswered()
  outro('Thank you.', at)
  return wishes
}

async function askReach(usual: Wishes): Promise<Pick<Wishes, 'kmsHost' | 'domain' | 'transport' | 'user'>> {
  const transport = await chosen('How are these hosts reached?', usual.transport, TRANSPORTS)
  const user = await typed('Account to log in with; its password is asked for or named, never written', usual.user, anything)
  const domain = await typed('DNS suffix of the hosts (- for none)', usual.domain ?? '-', anything)
  const kmsHost = await typed('KMS host you may log in to, to read its count (- for none)', '-', oneName)
  return { transport, user, domain: domain === '-' ? null : domain, kmsHost: kmsHost === '-' ? null : kmsHost }
}

async function askSystem(): Promise<string | null> {
  const options = [
    { value: '', label: 'take what is found' },
    ...SYSTEMS.map((value) => ({
      value: value,
      label: value,
      hint: 'anything else is refused before the first change',
    })),
  ]
  const said = await answered(select<string>({ ...at, message: 'Which Windows is in the image?', options, initialValue: '' }))
  return said === '' ? null : said
}

async function askOffice(): Promise<Wishes['office']> {
  const options = [
    { value: 'auto' as const, label: 'look for it', hint: 'volume Office, Visio and Project get their keys' },
    { value: 'none' as const, label: 'no volume Office', hint: 'steps 6 and 7 are left out' },
  ]
  return await answered(select<Wishes['office']>({ ...at, message: 'Is Office in the image?', options }))
}

async function chosen<K extends string>(message: string, initial: K, table: Readonly<Record<K, string>>): Promise<K> {
  const options = Object.entries<string>(table).map(([value, says]) => ({ value, label: `${value.padEnd(18)}${says}` }))
  return (await answered(select<string>({ ...at, message, options, initialValue: initial }))) as K
}

async function typed(message: string, usual: string, wrong: (said: string) => string | undefined): Promise<string> {
  const validate = (said: string | undefined) => wrong(said?.trim() === '' || said === undefined ? usual : said.trim())
  return (await answered(text({ ...at, message, placeholder: usual, defaultValue: usual, validate }))).trim()
}

async function answered<T>(question: Promise<T | typeof CANCEL_SYMBOL>): Promise<T> {
  const said = await question
  if (isCancel(said)) throw new NotAnswered()
  return said
}

function oneName(said: string): string | undefined {
  return /[,\n]/.test(said) ? 'one name, please' : undefined
}

function someNames(said: string): string | undefined {
  return split(said).length === 0 ? 'at least one name, please' : undefined
}

function anything(): undefined {
  return undefined
}

function canariesWrong(canaries: readonly string[], target: string, procedure: Procedure): string | undefined {
  if (canaries.includes(target)) return `${target} is the prep device; a canary has to be another machine`
  if (new Set(canaries).size < canaries.length) return 'the same machine twice proves nothing'
  const two =
    procedure === 'kms-update-image'
      ? 'an update needs two'
      : 'after a lost rearm all clones share one new CMID: one cannot show it'
  return canaries.length < 2 ? `two names, please: ${two}` : undefined
}
