import { examine, type Examination } from '../../../src/diagnosis/examine.ts'
import { survey } from '../../../src/engine/survey.ts'
import { Fault } from '../../../src/faults/fault.ts'
import type { Hosts, Session } from '../../../src/engine/ports/hosts.ts'
import { kmsHost, serverHost, targetHost, type AgentHost } from '../../../src/lab/agent/agent-host.ts'
import { answer } from '../../../src/lab/agent/answer.ts'
import { virtualClock } from '../../../src/lab/clock.ts'
import { buildFarm } from '../../../src/lab/farm-file/build.ts'
import { checkFarm } from '../../../src/lab/farm-file/load.ts'
import type { FarmFile } from '../../../src/lab/farm-file/schema.ts'
import { presetFarm, type PresetWish } from '../../../src/lab/farm-file/presets.ts'
import { applyFaults } from '../../../src/lab/faults/catalogue.ts'
import { alreadyOn } from '../../../src/lab/model/power.ts'
import { checkups } from '../../../src/procedure/checkup.ts'
import { refuseUnfit } from '../../../src/remote/session/refuse.ts'
import { PROTOCOL } from '../../../src/wire/messages.ts'
import { operations } from '../../../src/wire/operations/catalogue.ts'
import type { Plan } from '../../../src/workflow/plan.ts'
import type { Procedure } from '../../simulate/draw.ts'
import { readPlan, START } from '../../simulate/farm.ts'

/** A farm of the lab that answers in this process, without SSH: for many of them in a short time. */
export interface FarmInProcess {
  readonly farm: ReturnType<typeof buildFarm>['farm']
  readonly cast: ReturnType<typeof buildFarm>['cast']
  readonly plan: Plan
  readonly agents: ReadonlyMap<string, AgentHost>
  examine(plan?: Plan): Promise<Examination>
}

/** Builds a farm with its faults. `open`: the image is open in Private mode, and its device runs from it; `later` are faults that come then. */
export function farmInProcess(
  wish: PresetWish,
  {
    procedure = 'kms-new-image',
    open = false,
    later = [],
  }: { readonly procedure?: Procedure; readonly open?: boolean; readonly later?: FarmFile['faults'] & object } = {},
): FarmInProcess {
  const { faults = [], ...healthy } = wish
  const { farm, cast } = buildFarm(checkFarm(presetFarm(healthy)), virtualClock(START))
  applyFaults(farm, cast, faults)
  if (open) {
    cast.disk.writeCacheType = 0
    alreadyOn(farm, cast.master)
  }
  applyFaults(farm, cast, later)
  const agents = new Map(
    [...farm.servers.map((one) => serverHost(farm, one)), ...farm.devices.map((one) => targetHost(farm, one)), kmsHost(farm)].map(
      (one) => [one.name, one],
    ),
  )
  const usual = readPlan(wish.os, procedure, 'usual')
  return {
    farm,
    cast,
    plan: usual,
    agents,
    examine: async (plan = usual) => {
      const looks = await survey(hostsOf(agents), checkups([plan]), new AbortController().signal)
      const record = { working: null, last: null }
      return examine(
        looks.map((look) => ({ ...look, record })),
        { only: [], skip: [] },
      )
    },
  }
}

/** The hosts of such a farm, as a survey reaches them. */
export function hostsOf(agents: ReadonlyMap<string, AgentHost>): Hosts {
  return {
    open: async (name) => {
      const agent = agents.get(name)
      if (agent === undefined || agent.alive() === null)
        throw new Fault('HOST_UNREACHABLE', { host: name, why: 'nobody answers' })
      const shell = { language: 'FullLanguage', bits: 64, elevated: true, ...agent.farm.mischief.banner.get(name) } as const
      refuseUnfit(name, { ...shell, type: 'banner', protocol: PROTOCOL, powershell: agent.powershell(), os: 64 } as never)
      if (agent.farm.mischief.deafToKeys.has(name)) throw new Fault('PVS_AUTH_NEEDS_PASSWORD', { host: name })
      return Promise.resolve(sessionOf(agent))
    },
    close: () => Promise.resolve(),
  }
}

function sessionOf(agent: AgentHost): Session {
  const caller = { run: 'plan', pid: agent.nextPid(), killed: new AbortController().signal, open: () => true }
  return {
    host: agent.name,
    welcome: {} as Session['welcome'],
    request: async (op, args) => {
      const { seconds } = operations[op]
      const request = { type: 'request', id: 1, op, args, fence: 0, effect: null, deadlineMs: seconds * 1000 } as const
      const reply = await answer(agent, caller, request)
      if (reply === null) return { is: 'lost', reason: 'link', sent: true, detail: 'the machine went down' }
      if (!reply.ok) return { is: 'refused', error: reply.error }
      return { is: 'facts', facts: operations[op].facts.parse(reply.facts) as never }
    },
    close: () => Promise.resolve(),
  }
}

/** What stands first among the findings that are not in order; null when all is well. */
export function firstOf({ findings }: Examination) {
  return findings.find(({ verdict }) => verdict !== 'pass' && verdict !== 'na') ?? null
}
