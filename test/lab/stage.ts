import { kmsHost, serverHost, targetHost, type AgentHost } from '../../src/lab/agent/agent-host.ts'
import { answer } from '../../src/lab/agent/answer.ts'
import { virtualClock } from '../../src/lab/clock.ts'
import { buildFarm } from '../../src/lab/farm-file/build.ts'
import { checkFarm } from '../../src/lab/farm-file/load.ts'
import { presetFarm, type PresetWish } from '../../src/lab/farm-file/presets.ts'
import { ledgerOf, type MachineLedger } from '../../src/lab/model/ledger.ts'
import { operations, type ArgsOf, type FactsOf, type OperationName } from '../../src/wire/operations/catalogue.ts'
import { HostSaidNo } from './raw-client.ts'

const START = Date.UTC(2026, 9, 14, 8)
export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** A farm in virtual time without sockets: operations are asked of the agents' front itself, and their facts checked by the wire's schemas. */
export function stage(wish: PresetWish) {
  const clock = virtualClock(START)
  const { farm, cast } = buildFarm(checkFarm(presetFarm(wish)), clock)
  const hosts: AgentHost[] = [
    ...farm.servers.map((one) => serverHost(farm, one)),
    ...farm.devices.map((one) => targetHost(farm, one)),
    kmsHost(farm),
  ]
  const effects = { n: 0 }

  async function ask<O extends OperationName>(name: string, op: O, args: ArgsOf<O>): Promise<FactsOf<O>> {
    const host = hosts.find((one) => one.name === name)
    if (!host) throw new Error(`no host ${name}`)
    const effect = operations[op].writes ? `8k2/${++effects.n}` : null
    const caller = { run: '8k2', pid: 1, killed: new AbortController().signal, open: () => true }
    const said = await answer(host, caller, { type: 'request', id: 1, op, args, fence: 1, effect, deadlineMs: 30_000 })
    if (said === null) throw new Error(`${name} fell silent`)
    if (!said.ok) throw new HostSaidNo(said.error)
    return operations[op].facts.parse(said.facts) as FactsOf<O>
  }
  const pass = async (ms: number) => {
    await clock.advance(ms)
    farm.time.settle()
  }
  const server = cast.server.name
  const guid = cast.disk.guid
  const master = cast.master.name
  const ledger = (machine: string): MachineLedger => ledgerOf(farm.ledger.entries, machine)

  return {
    farm,
    cast,
    clock,
    ask,
    pass,
    ledger,
    /** Opens the disk Private and boots the master from it. */
    async open() {
      const { writeCacheType, writeCacheSizeMiB } = cast.disk
      await ask(server, 'Set-VdpDiskMode', { guid, expectedType: writeCacheType, writeCacheType: 0, writeCacheSizeMiB })
      await ask(server, 'Start-VdpDevice', { deviceId: cast.master.id })
      await pass(2 * MINUTE)
    },
    rearmWindows: () => ask(master, 'Invoke-VdpWindowsRearm', {}),
    async rearmOffice() {
      const { office } = await ask(master, 'Get-VdpTargetState', { parts: ['office'] })
      return await ask(master, 'Invoke-VdpOfficeRearm', { tool: office?.installs[0]?.rearmTool ?? '' })
    },
    async shutDown() {
      await ask(server, 'Stop-VdpDevice', { deviceId: cast.master.id })
      await pass(3 * MINUTE)
    },
    licenseMode: (mode: 0 | 1 | 2) => ask(server, 'Set-VdpLicenseMode', { guid, licenseMode: mode }),
    toStandard: () => ask(server, 'Set-VdpDiskMode', { guid, expectedType: 0, writeCacheType: 9, writeCacheSizeMiB: 4096 }),
    toPrivate: () => ask(server, 'Set-VdpDiskMode', { guid, expectedType: 9, writeCacheType: 0, writeCacheSizeMiB: 4096 }),
    /** Boots every canary from the disk and reads its CMID. */
    async bootCanaries() {
      for (const canary of cast.canaries) {
        const free = { unassign: null, bootFrom: null, type: null, enabled: null }
        await ask(server, 'Connect-VdpDevice', { deviceId: canary.id, assign: guid, ...free })
        await ask(server, 'Start-VdpDevice', { deviceId: canary.id })
      }
      await pass(2 * MINUTE)
      return cast.canaries.map((one) => one.running?.image.licensing.cmid)
    },
    /** The whole procedure in the order that suits the release. */
    async prepare() {
      await this.open()
      if (cast.disk.versions[0]?.image?.office?.service === 'sppsvc') {
        await this.rearmOffice()
        await this.rearmWindows()
      } else {
        await this.rearmWindows()
        if (cast.disk.versions[0]?.image?.office) await this.rearmOffice()
      }
      await this.shutDown()
      await this.licenseMode(2)
      await this.toStandard()
    },
  }
}

export type Stage = ReturnType<typeof stage>
