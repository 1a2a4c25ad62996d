import { spoken } from '../../model/words.ts'
import { SurfaceError, type Bench, type SurfaceCalls } from '../surface.ts'
import type { CimQuestion, EventRow, ProgramStart, Windows } from '../windows.ts'
import { cimInstances, cimMethod, type CimCall } from './cim.ts'
import { fileAt, filesIn, moveFile, removeFile, whatIsAt, writeText } from './files.ts'
import { runProgram } from './native.ts'
import { registryKey, removeRegistryValue } from './registry.ts'
import { serviceCalls } from './services.ts'
import { taskCalls } from './tasks.ts'

interface EventQuestion {
  readonly log: string
  readonly provider: string | null
  readonly ids: readonly number[]
  readonly since: string
  readonly until: string | null
  readonly most: number
}

/** Everything that the shadowed cmdlets and replaced functions of module/Windows.ps1 ask, answered from one kind of Windows. */
export function callsOf<D extends Bench>(windows: Windows<D>): SurfaceCalls<D> {
  const calls = {
    'lab.describe': ({ farm }: D) => ({ speed: farm.clock.speed || 1, world: { ...farm.world } }),
    'clock.now': (desk: D) => new Date(windows.now(desk)),
    'clock.sleep': (desk: D, { ms }: { ms: number }) => desk.spend(ms),
    'culture.get': (desk: D) => windows.culture(desk),
    'words.of': (desk: D, { text }: { text: string }) => spoken(windows.culture(desk), text),
    'cim.get': (desk: D, args: CimQuestion) => cimInstances(windows, desk, args),
    'cim.invoke': (desk: D, args: CimCall) => cimMethod(windows, desk, args),
    'registry.read': (desk: D, { key }: { key: string }) => registryKey(windows, desk, key),
    'registry.remove': (desk: D, { key, name }: { key: string; name: string }) => removeRegistryValue(windows, desk, key, name),
    'registry.volatile': (desk: D, { name, value }: { name: string; value: string }) => void desk.left.volatile.set(name, value),
    'file.test': (desk: D, { path }: { path: string }) => whatIsAt(windows, desk, path),
    'file.stat': (desk: D, { path }: { path: string }) => stat(windows, desk, path),
    'file.read': (desk: D, { path }: { path: string }) => readText(windows, desk, path),
    'file.list': (desk: D, { folder, filter, recurse }: { folder: string; filter: string; recurse: boolean }) =>
      filesIn(windows, desk, folder, filter, recurse),
    'file.write': (desk: D, { path, text }: { path: string; text: string }) => writeText(desk, path, text, windows.now(desk)),
    'file.move': (desk: D, { path, to }: { path: string; to: string }) => moveFile(windows, desk, path, to),
    'file.remove': (desk: D, { path }: { path: string }) => removeFile(windows, desk, path),
    'folder.create': (desk: D, { path }: { path: string }) => void desk.left.folders.add(path),
    'event.get': (desk: D, args: EventQuestion) => events(windows, desk, args),
    'native.run': (desk: D, args: ProgramStart) => runProgram(windows, desk, args),
    ...serviceCalls(windows),
    ...taskCalls(windows),
  }
  return { ...calls, ...windows.more }
}

function stat<D extends Bench>(windows: Windows<D>, desk: D, path: string) {
  const file = fileAt(windows, desk, path)
  return file && { bytes: file.bytes, sha256: file.sha256, modified: new Date(file.modified) }
}

function readText<D extends Bench>(windows: Windows<D>, desk: D, path: string): string | null {
  const file = fileAt(windows, desk, path)
  if (file !== null && file.text === undefined) throw new SurfaceError('unmodelled', `the text of ${path}`)
  return file?.text ?? null
}

/** Events as Get-WinEvent gives them, the newest first. */
function events<D extends Bench>(
  windows: Windows<D>,
  desk: D,
  { log, provider, ids, since, until, most }: EventQuestion,
): EventRow[] {
  const [from, to] = [Date.parse(since), until === null ? Infinity : Date.parse(until)]
  return windows
    .events(desk)
    .filter((one) => one.log === log && (provider === null || one.provider === provider))
    .filter((one) => ids.includes(one.Id) && one.TimeCreated.getTime() >= from && one.TimeCreated.getTime() <= to)
    .toReversed()
    .slice(0, most)
}
