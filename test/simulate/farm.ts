import { join } from 'node:path'
import { stringify } from 'yaml'
import { kmsHost, serverHost, targetHost, type AgentHost } from '../../src/lab/agent/agent-host.ts'
import type { FarmClock } from '../../src/lab/clock.ts'
import { buildFarm } from '../../src/lab/farm-file/build.ts'
import { checkFarm } from '../../src/lab/farm-file/load.ts'
import { presetFarm, presetNames, presetPairs } from '../../src/lab/farm-file/presets.ts'
import type { Cast } from '../../src/lab/faults/lab-fault.ts'
import { inventoryText } from '../../src/lab/inventory.ts'
import type { Farm } from '../../src/lab/model/farm.ts'
import type { Hook, Plan } from '../../src/workflow/plan.ts'
import { diskFiles } from '../../src/workflow/file-reader.ts'
import { readWorkflow } from '../../src/workflow/read-workflow.ts'
import type { Files } from '../../src/workflow/reading.ts'
import { wishes, type Drawn, type Procedure } from './draw.ts'
import type { Kernel } from './kernel.ts'

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
    seed: drawn.chance % 1_000_003,
  })
  const clock = farmClockOf(kernel)
  const { farm, cast } = buildFarm(checkFarm(preset), clock)
  const agents = [
    ...farm.servers.map((one) => serverHost(farm, one)),
    ...farm.devices.map((one) => targetHost(farm, one)),
    kmsHost(farm),
  ]
  return { farm, cast, agents: new Map(agents.map((one) => [one.name, watch(one)])), now: () => clock.now() }
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
  return wished({ ...plan, approvals: { ...plan.approvals, ...approvals }, hooks: { ...plan.hooks, ...hooksOf(drawn) } }, wish)
}

/** What is wished of a plan and not of its file. */
function wished(plan: Plan, wish: Drawn['wish']): Plan {
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
  for (const [at, { step, moment, on, effect, script }] of hooks.entries()) {
    const around = (placed[step] ??= { before: [], after: [] })
    around[moment].push({ ...USUAL_HOOK, name: `hook ${String(at + 1)}`, on, effect, script })
  }
  return placed
}

function readPlan(os: (typeof presetPairs)[number]['os'], procedure: Procedure, wish: Drawn['wish']): Plan {
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
