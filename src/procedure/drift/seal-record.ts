import { channelOf, primaryProduct } from '../../licensing/channel.ts'
import { diskMode } from '../../wire/operations/farm-state.ts'
import { officePart, osPart, windowsLicensePart } from '../../wire/operations/target-state.ts'
import { known } from '../../wire/reading.ts'
import type { Plan } from '../../workflow/plan.ts'
import type { Stamped } from '../fold.ts'
import type { Memory } from '../memory.ts'

/** What is compared of a sealed vDisk, by what a person calls it. */
export const SUBJECTS = {
  licenseMode: 'licence mode',
  build: 'Windows',
  windowsKey: 'key of Windows',
  channel: 'channel',
  licence: 'licence',
  kms: 'KMS host',
  office: 'Office',
  officeKeys: 'keys of Office',
  windowsCmids: 'CMIDs of Windows',
  officeCmids: 'CMIDs of Office',
} as const

export type Subject = keyof typeof SUBJECTS

/** What one run recorded of a vDisk, each thing as a sorted list of texts without repeats; null: it was not recorded. */
export type SealRecord = Readonly<Record<Subject, readonly string[] | null>>

const MODES = ['none', 'MAK', 'KMS'] as const

/** The parts of a look that are compared; what else a look brought is passed over, also what an earlier version wrote in another form. */
const part = {
  os: osPart,
  windowsLicense: windowsLicensePart.refine(({ query }) => query.answers),
  office: officePart.refine(({ query }) => query.answers),
  disk: diskMode,
}

type Parts = { -readonly [P in keyof typeof part]?: ReturnType<(typeof part)[P]['parse']> }

type Reads = (of: Parts) => readonly string[] | null

/** Reads the journal of a run: what its canaries showed, and where none showed it, what the prep device showed last. */
export function recordOf(lines: readonly Stamped[], plan: Plan, memory: Memory): SealRecord {
  const seen = new Map<string, Parts>()
  for (const { event } of lines) if (event.type === 'looked') gather(event.facts, seen)
  const clones = plan.canaries.flatMap(({ host }) => seen.get(host) ?? [])
  const prep = [seen.get(plan.target.host) ?? {}, seen.get('target') ?? {}]
  const image = (read: Reads) => told(clones, read) ?? told(prep, read)
  const mode = seen.get('disk')?.disk?.licenseMode
  const { office, clones: proved } = memory
  const cmids = proved.flatMap(({ canary, cmid }) => (cmid === '' ? [] : [`${canary} ${cmid}`]))
  const sent = proved.flatMap(({ canary, officeCmids }) => officeCmids.map((cmid) => `${canary} ${cmid}`))
  return {
    licenseMode: mode === undefined ? null : [MODES[mode]],
    build: image(({ os }) => (os === undefined ? null : [`${os.caption} (build ${String(os.build)})`])),
    windowsKey: image((of) => primaryOf(of, ({ partialKey }) => `...${partialKey ?? ''}`)),
    channel: image((of) => primaryOf(of, ({ description }) => channelOf(description))),
    licence: told(clones, (of) =>
      primaryOf(of, ({ status }) => (status === 1 ? 'licensed' : `not licensed (status ${String(status)})`)),
    ),
    kms: told(clones, ({ windowsLicense: licence }) => {
      if (licence === undefined || !known(licence.kms)) return null
      const { machine, discovered } = licence.kms
      return [machine ?? discovered ?? 'none']
    }),
    office: image(({ office: part }) => part?.installs.flatMap(({ products }) => products) ?? null),
    officeKeys:
      told(clones, keysOf) ??
      (office.keys.length > 0 ? sorted(office.keys.map(({ lastFive }) => `...${lastFive}`)) : told(prep, keysOf)),
    windowsCmids: cmids.length === 0 ? null : sorted(cmids),
    officeCmids: sent.length === 0 ? null : sorted(sent),
  }
}

type Product = NonNullable<ReturnType<typeof primaryProduct>>

function primaryOf({ windowsLicense: licence }: Parts, read: (product: Product) => string): readonly string[] | null {
  if (licence === undefined || !known(licence.products)) return null
  const primary = primaryProduct(licence.products)
  return primary === undefined ? ['none'] : [read(primary)]
}

function keysOf({ office }: Parts): readonly string[] | null {
  if (office === undefined || !known(office.products)) return null
  return office.products.flatMap(({ partialKey }) => (partialKey === null ? [] : [`...${partialKey}`]))
}

/** What all who showed it showed; null when nobody did. */
function told(all: readonly Parts[], read: Reads): readonly string[] | null {
  const lists = all.flatMap((one) => {
    const list = read(one)
    return list === null ? [] : [list]
  })
  return lists.length === 0 ? null : sorted(lists.flat())
}

function sorted(list: readonly string[]): readonly string[] {
  return [...new Set(list)].sort()
}

/** Facts of a look: one answer under its label, or several under the names of their hosts. */
function gather(facts: unknown, seen: Map<string, Parts>): void {
  for (const [label, value] of entries(facts)) {
    if (takes(label, value, seen)) continue
    for (const [host, one] of entries(value)) takes(host, one, seen)
  }
}

function takes(name: string, value: unknown, seen: Map<string, Parts>): boolean {
  const own = Object.fromEntries(entries(value))
  let took = false
  for (const [label, schema] of Object.entries(part)) {
    if (!(label in own)) continue
    const read = schema.safeParse(own[label])
    if (read.success) seen.set(name, { ...seen.get(name), [label]: read.data })
    took = true
  }
  return took
}

function entries(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []
}
