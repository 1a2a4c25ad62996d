import type { DirectFarm } from './direct.ts'
import { spot } from './writers.ts'
import { targetWindows } from '../../../src/lab/windows/target/target-windows.ts'
import { serverWindows } from '../../../src/lab/windows/server/server-windows.ts'
import { tasksAt } from '../../../src/lab/windows/machine/tasks.ts'
import { noLeavings } from '../../../src/lab/windows/machine/leavings.ts'
import type { ServerDesk, TargetDesk } from '../../../src/lab/windows/surface.ts'

/** What a machine has, one entry each: files, registry values, services, scheduled tasks, and what its image keeps of licences. */
export type Inventory = ReadonlyMap<string, string>

/** What the modelled target has on its disk and in memory. */
export function targetInventory(farm: DirectFarm): Inventory {
  const left = farm.left(farm.master.name) ?? noLeavings()
  const desk = { ...spot(farm), left } as unknown as TargetDesk
  const { licensing, office } = desk.running.image
  return new Map([
    ...filesOf(targetWindows.files(desk)),
    ...valuesOf(targetWindows.registry(desk)),
    ...targetWindows.services(desk).map(({ Name, State, StartMode }) => [`service ${Name}`, `${State} ${StartMode}`] as const),
    ...Object.entries(licensing).map(([name, value]) => [`licence ${name}`, JSON.stringify(value)] as const),
    ...Object.entries(office ?? {}).map(([name, value]) => [`office ${name}`, JSON.stringify(value)] as const),
    ...leavingsOf(left, targetWindows.now(desk)),
  ])
}

/** What the modelled PVS server has. */
export function serverInventory(farm: DirectFarm): Inventory {
  const left = farm.left(farm.cast.server.name) ?? noLeavings()
  const desk = { farm: farm.model, server: farm.cast.server, left } as unknown as ServerDesk
  return new Map([
    ...filesOf(serverWindows.files(desk)),
    ...valuesOf(serverWindows.registry(desk)),
    ...serverWindows.services(desk).map(({ Name, State, StartMode }) => [`service ${Name}`, `${State} ${StartMode}`] as const),
    ...leavingsOf(left, serverWindows.now(desk)),
  ])
}

/** The names of what is there afterwards and was not before, is gone, or is another. */
export function changed(before: Inventory, after: Inventory): string[] {
  const names = new Set([...before.keys(), ...after.keys()])
  return [...names].filter((name) => before.get(name) !== after.get(name)).sort()
}

function filesOf(files: Readonly<Record<string, { readonly sha256: string }>>): [string, string][] {
  return Object.entries(files).map(([path, { sha256 }]) => [`file ${path}`, sha256])
}

function valuesOf(keys: Readonly<Record<string, object | null>>): [string, string][] {
  return Object.entries(keys).flatMap(([key, values]) =>
    values === null
      ? []
      : [
          [`key ${key}`, ''] as [string, string],
          ...Object.entries(values).map(([name, value]): [string, string] => [`value ${key}!${name}`, JSON.stringify(value)]),
        ],
  )
}

function leavingsOf(left: ReturnType<typeof noLeavings>, now: number): [string, string][] {
  return [
    ...[...left.files].map(([path, { text }]): [string, string] => [`file ${path}`, text]),
    ...[...left.folders].map((path): [string, string] => [`folder ${path}`, '']),
    ...[...left.volatile].map(([name, value]): [string, string] => [`volatile ${name}`, value]),
    ...tasksAt(left, now).map(({ name }): [string, string] => [`task ${name}`, '']),
  ]
}
