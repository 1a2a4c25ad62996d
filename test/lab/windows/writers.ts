import type { Session } from '../../../src/engine/ports/hosts.ts'
import type { PresetWish } from '../../../src/lab/farm-file/presets.ts'
import { createDisk } from '../../../src/lab/model/disk-acts.ts'
import { officeReleases } from '../../../src/lab/model/office-releases.ts'
import { alreadyOn } from '../../../src/lab/model/power.ts'
import { resetTokenStore } from '../../../src/lab/model/token-store.ts'
import type { ArgsOf, OperationName } from '../../../src/wire/operations/catalogue.ts'
import type { TargetPart } from '../../../src/wire/operations/target-state.ts'
import type { DirectFarm } from './direct.ts'

type Ask = <O extends OperationName>(op: O, args: ArgsOf<O>) => Promise<Awaited<ReturnType<Session['request']>>>

/** One act as it is killed and mended: what lies before it, what is asked, and how a look tells how far it came. */
export interface Writer {
  readonly what: string
  readonly op: OperationName
  readonly host: string
  readonly wish: PresetWish
  /** Brings the machine to where the act begins, also from where an earlier one ended. */
  ready(farm: DirectFarm, ask: Ask): unknown
  args(farm: DirectFarm): unknown
  /** What a person or the engine looks at afterwards; `since` is the ledger's length before the act. */
  look(farm: DirectFarm, ask: Ask, since: number): Promise<unknown>
  /** Of an act whose marker may stand without its deed: neither receipt nor facts tell, so the run holds and a person who knows decides. */
  readonly undecided?: boolean
  /** What comes before it is asked for again, where that takes more. */
  mend?(farm: DirectFarm, ask: Ask): Promise<unknown>
}

const W11: PresetWish = { os: 'windows-11-23h2', office: 'ltsc-2021' }
const W7: PresetWish = { os: 'windows-7', office: '2010' }
const WINDOWS_KEY = 'NPPR9-FWDCX-D2C8J-H872K-2YT43'

/** The Windows that the master runs, booted from the open vDisk when it does not run yet. */
export function spot(farm: DirectFarm) {
  const { model, master, disk } = farm
  if (master.running === null) {
    if (master.localImage === null) disk.writeCacheType = 0
    alreadyOn(model, master)
  }
  const { running } = master
  if (running === null) throw new Error('the master is off')
  return { farm: model, device: master, running }
}

/** Office of the master, and where it and its tool lie. */
function officeOf(farm: DirectFarm) {
  const { office } = spot(farm).running.image
  if (office === null) throw new Error('there is no Office')
  const { folder, tool, suite } = officeReleases[office.name]
  return { office, folder, tool, suite }
}

const sees = (...parts: TargetPart[]) => ({
  look: (_: DirectFarm, ask: Ask) => ask('Get-VdpTargetState', { parts }),
})
const onTarget = (op: OperationName, wish: PresetWish = W11) => ({ op, wish, host: wish === W7 ? 'W7-MASTER' : 'W11-MASTER' })
const licence = (farm: DirectFarm) => spot(farm).running.image.licensing
const unmark = (farm: DirectFarm, name: string) => farm.left(farm.master.name)?.volatile.delete(name)
const withBackup = (farm: DirectFarm) => {
  const { image } = spot(farm).running
  image.tokens = { ...image.tokens, backups: [] }
  resetTokenStore(spot(farm))
}
const backup = (farm: DirectFarm) => {
  const { path = '', sha256 = '', bytes = 0 } = spot(farm).running.image.tokens.backups[0] ?? {}
  return { backup: path, sha256, bytes }
}
/** The backup that was looked at before the act: it may have its old name again since. */
const looked = new WeakMap<DirectFarm, object>()
const keyed = (farm: DirectFarm, partial: string | null) => {
  const { office } = officeOf(farm)
  const key = partial === null ? null : ({ partial, channel: 'VOLUME_KMSCLIENT' } as const)
  for (const one of office.products) Object.assign(one, { key: null, status: 0, until: null })
  Object.assign(office.products[0] ?? {}, { key, status: key === null ? 0 : 2 })
}
const officeKey = (farm: DirectFarm) => {
  const key = farm.master.name.startsWith('W7') ? 'VYBBJ-TRJPB-QFQRF-QFT4D-H3GVB' : 'FXYTK-NJJ8C-GB6DW-3DYQT-6F7TH'
  const { folder, office } = officeOf(farm)
  return { key, folder, service: office.service }
}
const freshOffice = (farm: DirectFarm) => {
  Object.assign(officeOf(farm).office, { rearm: 'none', rearmsLeft: 5 })
  spot(farm).running.image.officeTouched = false
  return unmark(farm, 'officeRearmed')
}

/** Attaches an empty vDisk to a master that runs from its own hard disk. */
export const attached = (farm: DirectFarm) => {
  const { model, cast, master } = farm
  let disk = model.disks.find(({ name }) => name === 'W11-Office')
  if (disk === undefined) {
    const wish = {
      site: 'Main',
      store: 'Store1',
      name: 'W11-Office',
      sizeMiB: 40_960,
      vhdx: true,
      dynamic: true,
      serverName: null,
    }
    disk = createDisk(model, cast.server, wish)
    master.disks.unshift({ guid: disk.guid, enabled: true })
  }
  const [version] = disk.versions
  if (version !== undefined) Object.assign(version, { image: null })
  farm.left(master.name)?.services.clear()
  return spot(farm)
}

/** Every act on a target device. */
export const targetWriters: readonly Writer[] = [
  {
    ...onTarget('Reset-VdpTokenStore'),
    what: 'a new licence store',
    ready(farm) {
      const { image } = spot(farm).running
      image.tokens = { ...image.tokens, backups: [] }
    },
    args(farm) {
      const { path = '', sha256 = '' } = spot(farm).running.image.tokens.file ?? {}
      return { folder: path.replace(/\\[^\\]+$/, ''), sha256 }
    },
    ...sees('service', 'tokens', 'windowsLicense'),
    async mend(farm, ask) {
      const { image } = spot(farm).running
      const { backup: path, sha256 } = backup(farm)
      if (image.tokens.file === null) await ask('Restore-VdpTokenStore', { backup: path, sha256 })
    },
  },
  {
    ...onTarget('Restore-VdpTokenStore'),
    what: 'the old licence store back',
    ready(farm) {
      withBackup(farm)
      const { backup: path, sha256 } = backup(farm)
      looked.set(farm, { backup: path, sha256 })
    },
    args: (farm) => looked.get(farm),
    ...sees('service', 'tokens', 'windowsLicense'),
  },
  { ...onTarget('Remove-VdpTokenBackup'), what: 'no backup', ready: withBackup, args: backup, ...sees('tokens') },
  {
    ...onTarget('Set-VdpWindowsKey'),
    what: 'a Windows key',
    ready: (farm) => Object.assign(licence(farm), { key: null, status: 0, reason: '0xC004F014', until: null }),
    args: () => ({ key: WINDOWS_KEY }),
    ...sees('windowsLicense'),
  },
  {
    ...onTarget('Set-VdpKmsHost'),
    what: 'a KMS host and its port',
    ready: (farm) => Object.assign(licence(farm).kms, { machine: null, port: 0 }),
    args: ({ model }) => ({ machine: model.kms.address, port: 1689 }),
    ...sees('windowsLicense'),
  },
  {
    ...onTarget('Invoke-VdpWindowsActivation'),
    what: 'an activated Windows',
    ready: (farm) => Object.assign(licence(farm), { status: 2, reason: '0x4004F00C' }),
    args: () => ({}),
    ...sees('windowsLicense'),
  },
  {
    ...onTarget('Clear-VdpSkipRearm'),
    what: 'no SkipRearm',
    ready: (farm) => Object.assign(licence(farm), { skipRearm: 1 }),
    args: () => ({}),
    ...sees('windowsLicense'),
  },
  {
    ...onTarget('Invoke-VdpWindowsRearm'),
    what: 'one Windows rearm',
    ready(farm) {
      Object.assign(licence(farm), { rearm: 'none', rearmsLeft: 1001 })
      return unmark(farm, 'windowsRearmed')
    },
    args: () => ({}),
    ...sees('windowsLicense'),
  },
  ...[W11, W7].flatMap((wish): Writer[] => [
    {
      ...onTarget('Set-VdpOfficeKey', wish),
      what: `a key of Office ${String(wish.office)}`,
      ready: (farm) => keyed(farm, null),
      args: officeKey,
      ...sees('office'),
    },
    {
      ...onTarget('Invoke-VdpOfficeActivation', wish),
      what: `an activated Office ${String(wish.office)}`,
      ready: (farm) => keyed(farm, officeKey(farm).key.slice(-5)),
      args: () => ({}),
      ...sees('office'),
    },
    {
      ...onTarget('Invoke-VdpOfficeRearm', wish),
      what: `one rearm of Office ${String(wish.office)}`,
      undecided: true,
      ready: freshOffice,
      args: (farm) => ({ tool: officeOf(farm).tool }),
      ...sees('boot'),
    },
  ]),
  {
    ...onTarget('Invoke-VdpImaging', { ...W11, onHardDisk: true }),
    what: 'a vDisk filled from the hard disk',
    ready: attached,
    args: () => ({ volumeLicensing: 'none' }),
    async look(farm) {
      await farm.clock.advance(60 * 60_000)
      const disk = farm.model.disks.find(({ name }) => name === 'W11-Office')
      return { filled: disk?.versions[0]?.image !== null }
    },
  },
  {
    ...onTarget('Set-VdpUpdateServices'),
    what: 'update services that stand still',
    ready(farm) {
      for (const one of Object.values(spot(farm).running.image.updates.services)) one.state = 'running'
    },
    args: () => ({ services: ['wuauserv', 'UsoSvc'], state: 'stopped' }),
    ...sees('updates'),
  },
  ...(['Stop-VdpComputer', 'Restart-VdpComputer'] as const).map((op): Writer => ({
    ...onTarget(op),
    what: op === 'Stop-VdpComputer' ? 'a machine that is off' : 'a machine that was restarted',
    ready: spot,
    args: () => ({ reason: 'test' }),
    async look(farm, _, since) {
      await farm.clock.advance(15 * 60_000)
      const down = farm
        .ledger()
        .slice(since)
        .filter(({ did }) => did === 'shutdown')
      return { power: farm.master.power, down: down.length }
    },
  })),
  {
    ...onTarget('Invoke-VdpHook'),
    what: 'a hook',
    ready: spot,
    args: () => ({ script: "Write-Output 'done'", parameters: {}, timeoutSeconds: 60, beside: '' }),
    ...sees('service'),
  },
]
