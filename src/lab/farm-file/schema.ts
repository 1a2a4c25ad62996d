import { z } from 'zod'
import { officeReleases, type OfficeName } from '../model/office-releases.ts'
import { windowsReleases, type WindowsName } from '../model/windows-releases.ts'
import { worldSchema } from '../model/worlds.ts'

const names = <N extends string>(table: Record<N, unknown>) => Object.keys(table) as [N, ...N[]]
const name = z.string().min(1)

const image = z.strictObject({
  os: z.enum(names<WindowsName>(windowsReleases)),
  /** As the key table names it: Enterprise, Pro, Professional, Standard, Datacenter. */
  edition: name.optional(),
  evaluation: z.boolean().default(false),
  language: z.string().default('en-US'),
  windowsKey: z.enum(['gvlk', 'none', 'mak', 'kms-host', 'retail']).default('gvlk'),
  activated: z.boolean().default(false),
  rearmsLeft: z.int().nonnegative().optional(),
  office: z.enum(names<OfficeName>(officeReleases)).nullable().default(null),
  /** Product ids as Office names them; by default the suite alone. */
  products: z.array(name).optional(),
  officeKeys: z.enum(['gvlk', 'none']).default('none'),
  officeBits: z.union([z.literal(32), z.literal(64)]).default(64),
  officeRearmsLeft: z.int().nonnegative().default(5),
})

const store = z.strictObject({
  name,
  site: name.default('Main'),
  kind: z.enum(['share', 'local']).default('share'),
  servers: z.array(name).min(1),
  freeMiB: z.int().nonnegative().default(500_000),
})

const disk = z.strictObject({
  name,
  store: name,
  image: name,
  writeCacheType: z.int().min(0).max(12).default(9),
  writeCacheSizeMiB: z.int().nonnegative().default(4096),
  licenseMode: z.union([z.literal(0), z.literal(1), z.literal(2)]).default(0),
  sizeMiB: z.int().positive().default(81_920),
  vhdx: z.boolean().default(true),
})

const device = z.strictObject({
  name,
  role: z.enum(['master', 'canary', 'production']).default('production'),
  disks: z.array(name).default([]),
  power: z.enum(['on', 'off']).default('off'),
  type: z.union([z.literal(0), z.literal(1), z.literal(2)]).default(0),
  bootFrom: z.union([z.literal(1), z.literal(2)]).default(1),
  enabled: z.boolean().default(true),
  /** A Windows on the machine's own disk. */
  hardDisk: name.optional(),
})

const kms = z.strictObject({
  name: name.default('KMS1'),
  address: name.default('kms1.hq'),
  port: z.int().min(1).max(65_535).default(1688),
  /** Machines outside the farm that the host counts all the time. */
  count: z.int().nonnegative().default(41),
  officeCount: z.int().nonnegative().default(9),
})

/** One declared fault: its name, and where and how where that can be chosen (`vdiskprep lab --list-faults`). */
export const faultUse = z.strictObject({
  fault: name,
  server: name.optional(),
  device: name.optional(),
  host: name.optional(),
  disk: name.optional(),
  op: name.optional(),
  service: z.enum(['StreamService', 'soapserver', 'both']).optional(),
  product: z.enum(['Windows', 'Office']).optional(),
  /** From the start (default), at the master's first boot, or at its first shutdown. */
  when: z.enum(['start', 'boot', 'shutdown']).optional(),
  value: z.number().optional(),
})

export type FaultUse = z.infer<typeof faultUse>

/** A simulated farm as a file describes it. */
export const farmFile = z.strictObject({
  farm: name.default('HQ'),
  domain: name.default('hq'),
  /** Farm seconds per real second. */
  speed: z.number().positive().default(500),
  seed: z.int().default(1),
  world: worldSchema.prefault({}),
  kms: kms.prefault({}),
  servers: z.array(name).min(1),
  stores: z.array(store).min(1),
  images: z.record(name, image),
  disks: z.array(disk).min(1),
  devices: z.array(device).min(1),
  faults: z.array(faultUse).default([]),
})

export type FarmFile = z.input<typeof farmFile>
export type FarmPlan = z.output<typeof farmFile>
/** One image of a farm file, with its defaults filled in. */
export type ImagePlan = FarmPlan['images'][string]
