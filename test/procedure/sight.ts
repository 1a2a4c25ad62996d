import type { Probe } from '../../src/procedure/asking.ts'
import { emptyMemory, type Memory } from '../../src/procedure/memory.ts'
import type { ActEnd, Intent, Sight, Stage } from '../../src/procedure/stage.ts'
import type { Verdict } from '../../src/procedure/verdict.ts'
import type { Plan } from '../../src/workflow/plan.ts'
import { healthy } from '../diagnosis/healthy-look.ts'

/** What a test says about a look; the rest is a healthy farm in the middle of a run. */
export interface Said {
  readonly plan?: Plan
  readonly memory?: Partial<Memory>
  readonly now: unknown
  readonly missing?: Sight<Probe>['missing']
  readonly intent?: Partial<Intent>
  readonly end?: ActEnd
  readonly granted?: readonly string[]
}

/** The memory of a run that has booted the target and rearms. */
const remembered: Memory = {
  ...emptyMemory,
  disk: {
    guid: healthy().disk.disk.guid,
    name: healthy().disk.disk.name,
    writeCacheType: 9,
    writeCacheSizeMiB: 4096,
    licenseMode: 2,
    serverName: null,
    sealedBefore: false,
    sealAs: { writeCacheType: 9, writeCacheSizeMiB: 4096 },
  },
  device: { id: healthy().device.device.id, name: healthy().device.device.name, mac: healthy().device.device.mac },
  rearm: { wanted: true, because: 'the workflow asks for a rearm' },
  officeInstalls: [],
}

/** Lets a stage judge. */
export function judged(stage: Stage, said: Said): Verdict {
  const intent: Intent | null =
    said.intent === undefined
      ? null
      : { key: 'act', effect: 'e1', what: 'an act', host: 'W11-MASTER', op: 'Get-VdpTargetState', baseline: null, ...said.intent }
  const sight: Sight<Probe> = {
    plan: said.plan ?? healthy().plan,
    memory: { ...remembered, ...said.memory },
    now: said.now as never,
    missing: said.missing ?? {},
    intent,
    end: said.end ?? null,
    granted: said.granted ?? [],
  }
  return stage.judge(sight)
}
