import type { StoreFile } from '../../../farm/copies.ts'
import { known } from '../../../wire/reading.ts'
import type { FactsOf } from '../../../wire/operations/catalogue.ts'
import { ask, type Ask } from '../../asking.ts'
import type { ContentMemory } from '../../memory.ts'
import type { Look, Sight } from '../../stage.ts'
import { done, hold, retry, type Option, type Verdict } from '../../verdict.ts'

/** What is read at a time: short enough that a person who ends the run does not wait long, and within the limit of the operation on a
 *  disk that gives 2 MiB a second. */
const SLICE = 2 * 2 ** 30

const LEAVE: Option = { name: 'leave-contents', label: 'go on by size and time alone; the evidence says so' }

/** The next bytes of the files that are being compared, of each server; nothing before it was seen that size and time agree. */
export function lookAtSlices({ plan, memory: { content } }: Look): Readonly<Record<string, Ask<'Get-VdpDiskSlice'>>> {
  const slice = content === null ? null : nextOf(content)
  if (content === null || slice === null) return {}
  const { store, name } = plan.vdisk
  return Object.fromEntries(content.hosts.map((host) => [host, ask(host, 'Get-VdpDiskSlice', { store, name, ...slice })]))
}

type Slices = Readonly<Record<string, FactsOf<'Get-VdpDiskSlice'>>>

/** Compares vDisk files byte by byte, a slice of each copy at a look; what was read is remembered, so a run that is held or killed goes on
 *  there. `copies` are alike by size and time. A file that changes or cannot be read leaves it unproved. */
export function compareContent(
  { plan, memory, granted }: Pick<Sight<never>, 'plan' | 'memory' | 'granted'>,
  copies: Readonly<Record<string, readonly StoreFile[]>>,
  slices: Slices,
): Verdict {
  const { name } = plan.vdisk
  const hosts = Object.keys(copies)
  const files = (Object.values(copies)[0] ?? []).filter(({ sha256 }) => sha256 === null).map(asRemembered)
  if (granted.includes(LEAVE.name)) return done('contents not compared: a person has left it', { content: null })
  const { content } = memory
  const slice = content === null ? null : nextOf(content)
  if (content === null || slice === null) return readOn(name, { hosts, files, alike: 0 })
  if (JSON.stringify(content) !== JSON.stringify({ hosts, files, alike: content.alike }))
    return { ...unproved(name, 'files or servers have changed since the comparison began'), learn: { content: null } }
  const read = Object.entries(slices).map(([host, { sha256 }]) => ({ host, sha256 }))
  const blind = read.find(({ sha256 }) => !known(sha256))
  if (blind !== undefined) {
    const why = known(blind.sha256) ? '' : blind.sha256.unknown
    return unproved(name, `${slice.file} on ${blind.host}: ${why}`)
  }
  const kinds = [...Map.groupBy(read, ({ sha256 }) => sha256).values()].map((group) => group.map(({ host }) => host))
  if (kinds.length > 1) {
    const between = `between ${gib(slice.offset)} and ${gib(slice.offset + slice.bytes)} GiB`
    const apart = `${slice.file} differs by content ${between}: ${kinds.map((group) => group.join(', ')).join(' / ')}`
    return { ...hold('REPLICA_STALE', { name, servers: hosts }, apart), learn: { content: null } }
  }
  return readOn(name, { ...content, alike: content.alike + slice.bytes })
}

function readOn(name: string, content: ContentMemory): Verdict {
  const told = `${gib(content.alike)} of ${gib(sizeOf(content))} GiB`
  const on = content.hosts.join(', ')
  if (nextOf(content) === null) return done(`contents alike on ${on}: ${told} by SHA-256`, { content: null })
  const { fault } = unproved(name, `the deadline has passed after ${told}; what was read is kept`)
  return {
    ...retry('the contents of the copies to be read', `${told} read and alike on ${on}`, fault),
    options: [LEAVE],
    pauseMs: 1000,
    learn: { content },
  }
}

function unproved(name: string, why: string): Verdict & { readonly is: 'hold' } {
  return hold('CONTENT_UNPROVED', { name, why }, why, [LEAVE])
}

/** The slice after what was found alike; null when all was. */
function nextOf({
  files,
  alike,
}: ContentMemory): { readonly file: string; readonly offset: number; readonly bytes: number } | null {
  let before = 0
  for (const { name, bytes } of files) {
    const offset = alike - before
    if (offset < bytes) return { file: name, offset, bytes: Math.min(SLICE, bytes - offset) }
    before += bytes
  }
  return null
}

function sizeOf({ files }: ContentMemory): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0)
}

function asRemembered({ name, bytes, modified }: StoreFile): ContentMemory['files'][number] {
  return { name, bytes, modified }
}

function gib(bytes: number): string {
  return String(Math.round((10 * bytes) / 2 ** 30) / 10)
}
