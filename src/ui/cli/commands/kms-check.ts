import type { Composition } from '../../../compose.ts'
import { survey } from '../../../engine/survey.ts'
import { Fault } from '../../../faults/fault.ts'
import { checkOf } from '../../../kms/checking/check.ts'
import type { HostHere, KmsView } from '../../../kms/checking/view.ts'
import { known } from '../../../wire/reading.ts'
import type { Inventory } from '../../../workflow/inventory.ts'
import { readInventory } from '../../../workflow/read-workflow.ts'
import type { ExitCode } from '../exit-codes.ts'
import { EXIT } from '../exit-codes.ts'
import { interrupts } from '../interrupts.ts'
import { entryOf, inventoryOf, type InventoryOptions } from '../inventory-option.ts'
import { KMS_PORT, networkHere } from '../kms/from-here.ts'
import { remoteViews, type Asked } from '../kms/remote-views.ts'
import { searchDomains } from '../kms/search-domains.ts'
import type { CommonOptions } from '../options.ts'
import { kmsCheckScreen } from '../screens/kms-check.ts'
import type { Terminal } from '../terminal.ts'

/** Options of `kms check`. */
export interface KmsCheckOptions extends CommonOptions, InventoryOptions {
  readonly host?: readonly string[]
  readonly target?: readonly string[]
  readonly domain?: readonly string[]
  readonly dns?: string
  readonly lab?: string
  readonly all?: boolean
}

/** Targets that are asked unless some are named: each costs a login. */
const TARGETS = 8

/** `kms check`: whether the KMS hosts can be found, reached and asked, as this machine and as targets see it. Needs no run and no PVS; reads
 *  only. Exit code 5 when a check failed, 4 when something that matters is not known. */
export async function kmsCheck(options: KmsCheckOptions, composition: Composition, terminal: Terminal): Promise<ExitCode> {
  const lab = options.lab === undefined ? null : await composition.startLab(options.lab)
  const stop = interrupts(() => undefined)
  try {
    const inventory = lab === null ? inventoryOrNone(options, composition) : readInventory(lab.inventory, composition.files)
    const clock = composition.farmClock(inventory)
    const view = await look(options, inventory, composition, stop.signal)
    const report = checkOf(view, clock.now())
    if (options.json === true) terminal.out(JSON.stringify(report))
    else if (options.quiet === true)
      terminal.out(
        `${String(report.tally.fail)} fail, ${String(report.tally.warn)} warn, ${String(report.tally.unknown)} unknown`,
      )
    else for (const line of kmsCheckScreen(report, options.all === true, terminal)) terminal.out(line)
    return report.exitCode === 5 ? EXIT.failed : report.exitCode === 4 ? EXIT.held : EXIT.ok
  } catch (thrown) {
    if (!stop.signal.aborted) throw thrown
    terminal.err('Stopped. Nothing was changed.')
    return EXIT.interrupted
  } finally {
    stop.dispose()
    await lab?.close()
  }
}

/** Without any inventory the check is made from this machine alone. */
function inventoryOrNone(options: KmsCheckOptions, composition: Composition): Inventory | null {
  try {
    return inventoryOf(options, composition)
  } catch (thrown) {
    const isNone = thrown instanceof Fault && thrown.code === 'NO_INVENTORY'
    if (isNone && options.inventory === undefined && options.target === undefined) return null
    throw thrown
  }
}

async function look(
  options: KmsCheckOptions,
  inventory: Inventory | null,
  composition: Composition,
  signal: AbortSignal,
): Promise<KmsView> {
  const wish = wishOf(options, inventory)
  const remote =
    inventory === null || wish.targets.length + wish.kmsHosts.length === 0
      ? { targets: [], silentTargets: {}, kmsHosts: {}, silentKmsHosts: {} }
      : await overHosts(inventory, wish, composition, signal)
  const here = inventory?.lab === undefined || inventory.lab === null ? await lookHere(options, wish.named, remote, signal) : null
  return { file: inventory?.file ?? null, here, ...remote }
}

async function overHosts(inventory: Inventory, asked: Asked, composition: Composition, signal: AbortSignal) {
  const hosts = await composition.hosts(inventory, [...asked.targets, ...asked.kmsHosts])
  try {
    const since = new Date(composition.farmClock(inventory).now() - 30 * 86_400_000).toISOString()
    return await survey(hosts, remoteViews(asked, since), signal)
  } finally {
    await hosts.close()
  }
}

/** A `--host` that the inventory does not have is an address to try. */
function wishOf(options: KmsCheckOptions, inventory: Inventory | null): Asked & { readonly named: readonly string[] } {
  const entries = Object.values(inventory?.hosts ?? {})
  const ofRole = (role: string) => entries.flatMap((one) => (one.role === role ? [one.name] : []))
  const wanted = options.host ?? []
  const own = wanted.filter((name) => ofRole('kms').includes(name))
  const targets = (options.target ?? ofRole('target').slice(0, TARGETS)).map((name) =>
    inventory === null ? name : entryOf(name, inventory).name,
  )
  return { targets, kmsHosts: wanted.length > 0 ? own : ofRole('kms'), named: wanted.filter((name) => !own.includes(name)) }
}

async function lookHere(
  options: KmsCheckOptions,
  named: readonly string[],
  { targets, kmsHosts }: Pick<KmsView, 'targets' | 'kmsHosts'>,
  signal: AbortSignal,
): Promise<NonNullable<KmsView['here']>> {
  const network = networkHere(options.dns ?? null)
  const theirs = targets.flatMap(({ state, reach }) => [
    ...[state.identity?.domain ?? ''].filter((domain) => domain !== ''),
    ...(reach !== null && known(reach.records) ? reach.records.map(({ domain }) => domain) : []),
  ])
  const published = Object.values(kmsHosts).flatMap(({ publishDomains = [] }) =>
    known(publishDomains)
      ? publishDomains.map((entry) => entry.split(',')[0]?.trim() ?? '').filter((domain) => domain !== '')
      : [],
  )
  const names = [
    ...new Set([...(options.domain ?? searchDomains()), ...theirs, ...published].map((domain) => domain.toLowerCase())),
  ]
  const domains = await Promise.all(names.map((domain) => network.domain(domain)))
  signal.throwIfAborted()
  const places = [
    ...domains.flatMap(({ records }) => (known(records) ? records.map(({ host, port }) => placeOf(host, port, 'dns')) : [])),
    ...[
      ...named,
      ...targets.flatMap(({ named: set }) => set?.probes.map(({ host, port }) => `${host}:${String(port)}`) ?? []),
    ].map(byName),
  ]
  const once = new Map(
    places.map((place) => [`${place.host.toLowerCase()}:${String(place.port)}`, place]).reverse() as [string, Place][],
  )
  return { domains, hosts: await Promise.all([...once.values()].reverse().map((place) => network.host(place))) }
}

type Place = Pick<HostHere, 'host' | 'port' | 'by'>

function placeOf(host: string, port: number, by: Place['by']): Place {
  return { host, port, by }
}

function byName(text: string): Place {
  const [, host = text, port] = /^(.*?)(?::(\d+))?$/.exec(text) ?? []
  return placeOf(host, port === undefined ? KMS_PORT : Number(port), 'name')
}
