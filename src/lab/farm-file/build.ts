import { applyFaults } from '../faults/catalogue.ts'
import type { Cast } from '../faults/lab-fault.ts'
import { freshMemory } from '../model/act-memory.ts'
import type { Device } from '../model/device.ts'
import type { Disk } from '../model/disk.ts'
import { lasts } from '../model/durations.ts'
import { createFarm, type Farm } from '../model/farm.ts'
import { alreadyOn } from '../model/power.ts'
import { freshReplicas } from '../model/replicas.ts'
import { ADMINISTRATORS } from '../model/rights.ts'
import type { PvsServer } from '../model/server.ts'
import type { FarmClock } from '../clock.ts'
import { seededRandom, type Random } from '../random.ts'
import { buildImage } from './build-image.ts'
import type { FarmPlan } from './schema.ts'

/** How far the log of the KMS host reaches back when a farm begins: twice as long as it remembers. */
const LOG_BEFORE_MS = 2 * lasts.kmsMemory

/** A farm as its file describes it, with its faults laid and the machines that are on running. */
export function buildFarm(plan: FarmPlan, clock: FarmClock): { farm: Farm; cast: Cast } {
  const random = seededRandom(plan.seed)
  const { name, address, port, count, officeCount } = plan.kms
  const kms = {
    ...{ name, address, port, domain: plan.domain, reachable: true, publishesSrv: true, servesOffice: true, clockOffsetMs: 0 },
    others: { windows: count, office: officeCount },
    seen: { windows: new Map<string, number>(), office: new Map<string, number>() },
    requests: [],
    logSince: clock.now() - LOG_BEFORE_MS,
  }
  const farm = createFarm({ name: plan.farm, domain: plan.domain, clock, random, world: plan.world, kms })
  const now = clock.now()
  farm.servers.push(...plan.servers.map((server) => buildServer(server, random, farm)))
  farm.stores.push(...plan.stores)
  farm.disks.push(...plan.disks.map((disk) => buildDisk(plan, disk, random, now)))
  farm.devices.push(...plan.devices.map((device, at) => buildDevice(plan, farm, device, at, now)))

  const cast = castOf(plan, farm)
  applyFaults(farm, cast, plan.faults)
  for (const { name: device, power } of plan.devices) {
    const found = farm.devices.find((one) => one.name === device)
    if (power === 'on' && found) alreadyOn(farm, found)
  }
  return { farm, cast }
}

function buildServer(name: string, random: Random, { domain, settings }: Farm): PvsServer {
  const account = {
    account: `${domain.toUpperCase()}\\svc-pvs`,
    accountKind: 'domain',
    sid: 'S-1-5-21-1085031214-1563985344-725345543-1104',
    tokenHolds: true,
    policyGrants: true,
    grantedTo: ADMINISTRATORS,
    tokenReadable: true,
    groupsKnown: true,
    startMode: 'auto',
    exitCode: 0,
  } as const
  const driver = { present: true, startMode: 'manual', running: true, fileVersion: settings.version, problem: 0 } as const
  return {
    id: random.guid(),
    name,
    services: [
      { name: 'StreamService', state: 'running', pid: 2308, ...account },
      { name: 'soapserver', state: 'running', pid: 2312, ...account },
    ],
    drivers: [
      { name: 'CVhdMp', ...driver },
      { name: 'CvhdBusP6', present: false, startMode: null, running: false, fileVersion: null, problem: 0 },
      { name: 'cfsdep2', ...driver },
    ],
    mounted: null,
    pendingReboot: [],
    language: 'en-US',
    role: 100,
    lsaAnswers: true,
    rightPolicy: null,
    memory: freshMemory(),
    bootGuid: random.guid(),
  }
}

function buildDisk(plan: FarmPlan, disk: FarmPlan['disks'][number], random: Random, now: number): Disk {
  const { image: imageName, ...rest } = disk
  const store = plan.stores.find((one) => one.name === disk.store)
  const image = plan.images[imageName]
  return {
    ...rest,
    guid: random.guid(),
    site: store?.site ?? 'Main',
    longDescription: '',
    enabled: true,
    serverName: null,
    autoUpdate: false,
    temporaryVersionSet: false,
    mappedOn: null,
    locks: [],
    versions: [
      { version: 0, access: 0, type: 0, image: image ? buildImage(image, random, now) : null, description: '', createdAt: now },
    ],
    replicas: freshReplicas(store?.servers ?? [], now),
  }
}

function buildDevice(plan: FarmPlan, farm: Farm, device: FarmPlan['devices'][number], at: number, now: number): Device {
  const number = (at + 1).toString(16).padStart(2, '0').toUpperCase()
  const mac = `00-15-5D-0A-1E-${number}`
  const local = device.hardDisk === undefined ? undefined : plan.images[device.hardDisk]
  return {
    id: farm.random.guid(),
    name: device.name,
    collection: 'Collection1',
    mac,
    ip: `10.20.0.${at + 11}`,
    type: device.type,
    bootFrom: device.bootFrom,
    enabled: device.enabled,
    disks: device.disks.flatMap((name) =>
      farm.disks.filter((one) => one.name === name).map((one) => ({ guid: one.guid, enabled: true })),
    ),
    power: 'off',
    active: false,
    session: null,
    server: null,
    running: null,
    localImage: local ? buildImage(local, farm.random, now) : null,
    bootsLocally: false,
    clockOffsetMs: 0,
    staticAddress: false,
    computerName: device.name,
    realMac: mac,
    epoch: 0,
  }
}

/** Who plays the master, the canaries and the disk: faults that name nobody mean these. */
function castOf(plan: FarmPlan, farm: Farm): Cast {
  const of = (role: string) =>
    plan.devices.filter((one) => one.role === role).flatMap(({ name }) => farm.devices.filter((one) => one.name === name))
  const master = of('master')[0] ?? farm.devices[0]
  const disk = farm.disks.find((one) => one.guid === master?.disks[0]?.guid) ?? farm.disks[0]
  const server = farm.servers[0]
  if (!master || !disk || !server) throw new Error('a farm needs a device, a disk and a server')
  return { master, disk, server, canaries: of('canary'), production: of('production') }
}
