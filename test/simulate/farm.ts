import { join } from 'node:path'
import { stringify } from 'yaml'
import { kmsHost, serverHost, targetHost, type AgentHost } from '../../src/lab/agent/agent-host.ts'
import type { FarmClock } from '../../src/lab/clock.ts'
import { buildFarm } from '../../src/lab/farm-file/build.ts'
import { checkFarm } from '../../src/lab/farm-file/load.ts'
import { presetFarm, presetNames, presetPairs } from '../../src/lab/farm-file/presets.ts'
import type { FarmFile } from '../../src/lab/farm-file/schema.ts'
import type { Cast } from '../../src/lab/faults/lab-fault.ts'
import { inventoryText } from '../../src/lab/inventory.ts'
import type { Farm } from '../../src/lab/model/farm.ts'
import { alreadyOn } from '../../src/lab/model/power.ts'
import type { Hook, Plan } from '../../src/workflow/plan.ts'
import { diskFiles } from '../../src/workflow/file-reader.ts'
import { readWorkflow } from '../../src/workflow/read-workflow.ts'
import type { Files } from '../../src/workflow/reading.ts'
import { wishes, type Drawn, type Procedure } from './draw.ts'
import { thisMachine } from './here.ts'
import type { Kernel } from './kernel.ts'
import { ownKeyOf } from './secrets.ts'

/** When farm time begins. */
export const START = Date.UTC(2026, 9, 14, 8)

/** A lab in this process, without SSH. */
export interface DirectLab {
  readonly farm: Farm
  readonly cast: Cast
  readonly agents: ReadonlyMap<string, AgentHost>
  /** Farm time as the lab counts it. */
  now(): number
}

/** The farm a seed draws; `watch` stands between the agents and the model. */
export function buildLab(drawn: Drawn, kernel: Kernel, watch: (host: AgentHost) => AgentHost): DirectLab {
  const pair = presetPairs[drawn.pair] ?? { os: 'windows-11-23h2', office: 'ltsc-2021' }
  const preset = presetFarm({
    os: pair.os,
    office: drawn.office ? pair.office : null,
    world: drawn.world,
    faults: drawn.wish === 'inPlace' ? [...drawn.faults, { fault: 'assigned-to-others' }] : [...drawn.faults],
    store: drawn.localStore ? 'local' : 'share',
    onHardDisk: isImaged(drawn),
    ...(drawn.wish === 'ownKey' ? { image: { windowsKey: 'none' as const } } : {}),
    seed: drawn.chance % 1_000_003,
  })
  const clock = farmClockOf(kernel)
  const { farm, cast } = buildFarm(checkFarm(foundAs(drawn, drawn.twin ? withTwin(preset) : preset)), clock)
  const agents = [
    ...farm.servers.map((one) => serverHost(farm, one)),
    ...farm.devices.map((one) => targetHost(farm, one)),
    kmsHost(farm),
    thisMachine(farm),
  ]
  return { farm, cast, agents: new Map(agents.map((one) => [one.name, watch(one)])), now: () => clock.now() }
}

/** Names of the second vDisk and its devices. */
const twinOf = (name: string) => `${name}-B`

/** A second vDisk with a master and canaries of its own. */
function withTwin(preset: FarmFile): FarmFile {
  const twins = preset.devices
    .filter(({ role }) => role !== 'production')
    .map((device) => ({ ...device, name: twinOf(device.name), disks: (device.disks ?? []).map(twinOf) }))
  return {
    ...preset,
    disks: [...preset.disks, ...preset.disks.map((disk) => ({ ...disk, name: twinOf(disk.name) }))],
    devices: [...preset.devices, ...twins],
  }
}

/** The same for the second vDisk; null where it is not prepared. */
export function twinPlanOf(drawn: Drawn): Plan | null {
  if (!drawn.twin || isImaged(drawn)) return null
  const plan = planOf(drawn, 'kms-new-image')
  const twin = ({ host, device }: Plan['target']) => ({ host: twinOf(host), device: twinOf(device) })
  return {
    ...plan,
    vdisk: { ...plan.vdisk, name: twinOf(plan.vdisk.name) },
    target: twin(plan.target),
    canaries: plan.canaries.map(twin),
  }
}

function foundAs({ found, wish }: Drawn, preset: FarmFile): FarmFile {
  const [master, ...others] = preset.devices
  const [disk, ...disks] = preset.disks
  if (master === undefined || disk === undefined || found === 'usual' || found === 'canaries') return preset
  const device = {
    ...master,
    ...(found === 'running' ? { power: 'on' as const } : {}),
    ...(found === 'other source' ? { bootFrom: 2 as const } : {}),
  }
  const open = wish === 'imaging' ? disk : { ...disk, writeCacheType: 0 }
  return { ...preset, devices: [device, ...others], disks: [open, ...disks] }
}

/** The canaries stream the vDisk before the run begins. */
export function startCanaries({ farm, cast }: DirectLab): void {
  for (const canary of cast.canaries) {
    Object.assign(canary, { bootFrom: 1, enabled: true })
    if (!canary.disks.some(({ guid }) => guid === cast.disk.guid)) canary.disks.push({ guid: cast.disk.guid, enabled: true })
    alreadyOn(farm, canary)
  }
}

/** The image lies on the master's own disk, and the run makes the vDisk. */
function isImaged({ wish, procedure }: Drawn): boolean {
  return wish === 'imaging' && procedure === 'kms-new-image'
}

function farmClockOf(kernel: Kernel): FarmClock {
  const now = () => START + Math.floor(kernel.now)
  const wake = (at: number, call: () => void) => kernel.after(at - START - kernel.now, call)
  return {
    speed: kernel.speed,
    now,
    wake,
    wait: (until, signal) =>
      new Promise((resolve, reject) => {
        const reason = () => (signal?.reason instanceof Error ? signal.reason : new Error('stopped waiting'))
        if (signal?.aborted === true) {
          reject(reason())
          return
        }
        const stop = () => {
          cancel()
          reject(reason())
        }
        const cancel = wake(until, () => {
          signal?.removeEventListener('abort', stop)
          resolve()
        })
        signal?.addEventListener('abort', stop, { once: true })
      }),
    close: () => undefined,
  }
}

const read = new Map<string, Plan>()
const disk = diskFiles(join(import.meta.dirname, '..', '..', 'workflows'))

/** The plan that the program reads from a workflow file with these wishes; without approvals, which are data of their own. */
export function planOf(drawn: Drawn, procedure: Procedure): Plan {
  const pair = presetPairs[drawn.pair] ?? { os: 'windows-11-23h2', office: 'ltsc-2021' }
  const wish = drawn.wish === 'imaging' && !isImaged(drawn) ? 'usual' : drawn.wish
  const key = JSON.stringify([pair.os, procedure, wish])
  const plan = read.get(key) ?? readPlan(pair.os, procedure, wish)
  read.set(key, plan)
  const approvals = Object.fromEntries(
    drawn.approvals.map((step) => [step, { anotherPerson: drawn.anotherPerson, reason: null }]),
  )
  const hasty = drawn.hasty
    ? { policy: hastened(plan.policy), verify: { ...plan.verify, deadlineMs: HASTE_MS } }
    : { policy: plan.policy, verify: plan.verify }
  const more = { ...hasty, approvals: { ...plan.approvals, ...approvals }, hooks: { ...plan.hooks, ...hooksOf(drawn) } }
  return wished({ ...plan, ...more }, { ...drawn, wish })
}

/** How long the hasty wait. */
const HASTE_MS = 4 * 60_000

function hastened(policy: Plan['policy']): Plan['policy'] {
  return Object.fromEntries(
    Object.entries(policy).map(([step, one]) => [step, { ...one, deadlineMs: HASTE_MS }]),
  ) as unknown as Plan['policy']
}

/** What is wished of a plan and not of its file. */
function wished(plan: Plan, drawn: Drawn): Plan {
  const { wish } = drawn
  if (wish === 'ownKey') return { ...plan, windows: { ...plan.windows, key: ownKeyOf(drawn) } }
  if (wish === 'kmsHost') return { ...plan, kms: { machine: 'kms1.hq', port: 1688 } }
  if (wish === 'inPlace')
    return { ...plan, vdisk: { ...plan.vdisk, open: 'in-place' }, release: { ...plan.release, mode: 'reenable' } }
  if (wish !== 'hookCopies') return plan
  const copy = { ...USUAL_HOOK, name: 'copy', on: 'pvs', effect: 'idempotent', script: 'robocopy a b' } as const
  return {
    ...plan,
    seal: { ...plan.seal, replicate: 'hook' },
    hooks: { ...plan.hooks, sealVDisk: { before: [], after: [copy] } },
  }
}

const USUAL_HOOK = { parameters: {}, timeoutMs: 600_000, success: [0], mayReboot: false }

function hooksOf({ hooks }: Drawn): Plan['hooks'] {
  const placed: Record<string, { before: Hook[]; after: Hook[] }> = {}
  for (const [at, { step, moment, ...hook }] of hooks.entries()) {
    const around = (placed[step] ??= { before: [], after: [] })
    around[moment].push({ ...USUAL_HOOK, name: `hook ${String(at + 1)}`, ...hook })
  }
  return placed
}

/** The plan that the program reads from a workflow file for a preset farm. */
export function readPlan(os: (typeof presetPairs)[number]['os'], procedure: Procedure, wish: Drawn['wish']): Plan {
  const preset = checkFarm(presetFarm({ os }))
  const hosts = [
    ...preset.servers.map((name) => ({ name, role: 'pvs' })),
    ...preset.devices.map(({ name }) => ({ name, role: 'target' })),
    { name: preset.kms.name, role: 'kms' },
  ].map((host) => ({ host, port: 22 }))
  const names = presetNames(os)
  const maintenance = procedure === 'kms-maintenance-version' ? ['maintenanceVersion'] : []
  const {
    acceptRisk = [],
    vdisk = {},
    ...wished
  } = wishes[wish] as { readonly acceptRisk?: readonly string[]; readonly vdisk?: object }
  const texts: Readonly<Record<string, string>> = {
    'inventory.yaml': inventoryText(preset, hosts as unknown as Parameters<typeof inventoryText>[1], {
      speed: 1000,
      start: START,
    }),
    'workflow.yaml': stringify({
      extends: procedure,
      inventory: 'inventory.yaml',
      farm: 'HQ',
      vdisk: { store: 'Store1', name: names.disk, ...vdisk },
      target: names.master,
      canaries: [...names.canaries],
      acceptRisk: [...maintenance, ...acceptRisk],
      ...(procedure === 'kms-maintenance-version' ? { verify: { onFailure: 'revert' } } : {}),
      policy: { verify: { poll: '5m' }, sealVDisk: { poll: '30s' }, createVDisk: { poll: '20s' }, release: { poll: '30s' } },
      ...wished,
    }),
  }
  const files: Files = {
    ...disk,
    folder: '/simulated',
    home: '/simulated',
    read: (path, limit) => {
      const text =
        path.startsWith('/simulated/') || !path.includes('/') ? texts[path.slice(path.lastIndexOf('/') + 1)] : undefined
      return text === undefined ? disk.read(path, limit) : { is: 'bytes', bytes: Buffer.from(text) }
    },
  }
  const [plan] = readWorkflow('/simulated/workflow.yaml', files).plans
  if (plan === undefined) throw new Error('the workflow has no plan')
  return plan
}
