import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { Bare } from './bare.ts'
import { deskIn } from './desk.ts'
import type { Farms } from './farms.ts'

const ROOT = join(import.meta.dirname, '..')
const TIMES = 15

/** Packs the package as it is published, unpacks it into a folder, and gives the path of its program. */
export function packInto(folder: string): string {
  mkdirSync(folder, { recursive: true })
  const packed = execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: ROOT, encoding: 'utf8' })
  const tarball = packed.trim().split('\n').at(-1) ?? ''
  execFileSync('tar', ['-xzf', join(folder, tarball), '-C', folder])
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'package', 'node_modules'))
  return join(folder, 'package', 'bin', 'vdiskprep.cjs')
}

/** Medians in milliseconds, taken in turns: the packed `--version`, the packed `explain` of a pasted text, and a Node that does nothing. */
export function versionTimes(program: string): Readonly<Record<'version' | 'explain' | 'floor', number>> {
  const time = (...args: readonly string[]) => {
    const begun = performance.now()
    if (spawnSync(process.execPath, args).status !== 0) throw new Error(`${args.join(' ')} failed`)
    return performance.now() - begun
  }
  const rounds = Array.from({ length: TIMES }, () => ({
    version: time(program, '--version'),
    explain: time(program, 'explain', 'Fehler: 0xC004F038 Die Anzahl reicht nicht aus'),
    floor: time('-e', '0'),
  }))
  const of = (what: keyof (typeof rounds)[number]) => median(rounds.map((one) => one[what]))
  return { version: of('version'), explain: of('explain'), floor: of('floor') }
}

/** Medians in milliseconds: from the start of the packed `resume` to the first request at a host, and from a bare client's connect to its own. */
export async function resumeTimes(
  farms: Farms,
  program: string,
  folder: string,
): Promise<{ readonly resume: number; readonly connect: number }> {
  await farms.start('resume', folder, 0)
  const { workflow, inventory } = deskIn(folder)
  const env = { ...process.env, VDISKPREP_HOME: join(folder, 'state') }
  const toFirstRequest = async (...args: readonly string[]) => {
    const begun = performance.now()
    const child = spawn(process.execPath, [program, ...args, '--json'], { env, stdio: ['ignore', 'ignore', 'inherit'] })
    await Promise.race([farms.nextRequest('resume'), endOf(child)])
    const took = performance.now() - begun
    child.kill('SIGKILL')
    await once(child, 'close')
    return took
  }
  const connected = async () => {
    const bare = new Bare(inventory)
    const begun = performance.now()
    const arrived = farms.nextRequest('resume')
    const asked = bare.open('PVS01').then(() => bare.request('PVS01', 'Get-VdpServerState', {}, false))
    await arrived
    const took = performance.now() - begun
    await asked
    await bare.replay([], () => Promise.resolve())
    return took
  }
  await toFirstRequest('run', workflow)
  const [resume, connect]: [number[], number[]] = [[], []]
  for (let n = 0; n < TIMES; n += 1) {
    resume.push(await toFirstRequest('resume'))
    connect.push(await connected())
  }
  farms.drop('resume')
  return { resume: median(resume), connect: median(connect) }
}

async function endOf(child: ChildProcess): Promise<never> {
  const [code] = (await once(child, 'exit')) as [number | null]
  throw new Error(`the program ended with ${String(code)} before its first request`)
}

/** The middle of some numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? NaN
}
