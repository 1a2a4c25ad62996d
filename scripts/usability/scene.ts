import { fork, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { stringify } from 'yaml'
import type { Wish } from './farm-process.ts'
import { fileOf, files, type VDiskName } from './site.ts'

const ROOT = join(import.meta.dirname, '../..')
const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Farm seconds per real second: while the night is played, and afterwards. */
const PACE = { night: 100, after: 60 } as const
/** What cannot be seen from the files of the site: the two who work with it, each at a machine of his own. */
const PEOPLE = { maria: 'ops1', jonas: 'ops2' } as const
type Person = keyof typeof PEOPLE

/** What a command left behind. */
interface Ended {
  readonly code: number | null
  readonly out: string
}

/** The folder of the site, with its farm as a process of its own that outlives this one. */
class Scene {
  readonly folder: string
  readonly #farm: ChildProcess

  constructor(folder: string, at: number) {
    this.folder = folder
    furnish(folder)
    this.#farm = fork(join(import.meta.dirname, 'farm-process.ts'), [folder, String(PACE.night), String(at)], {
      detached: true,
      stdio: 'ignore',
    })
    writeFileSync(join(folder, 'farm/pid'), `${String(this.#farm.pid)}\n`)
  }

  async opened(): Promise<void> {
    const [first] = (await once(this.#farm, 'message')) as [unknown]
    if (first !== 'ready') throw new Error('the simulated farm did not start')
  }

  async wish(wish: Wish): Promise<void> {
    const done = once(this.#farm, 'message')
    this.#farm.send(wish)
    await done
  }

  /** Types a command on somebody's desk, and does `meanwhile` what the caller likes with the process. */
  async type(who: Person, words: readonly string[], meanwhile?: (child: ChildProcess) => void): Promise<Ended> {
    const child = spawn(join(this.folder, 'desks', who, 'vdiskprep'), words, {
      cwd: this.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let out = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (out += piece.toString()))
    meanwhile?.(child)
    const [code] = (await once(child, 'close')) as [number | null]
    return { code, out }
  }

  /** The same; rejects when the command does not end as the scene needs it. */
  async ends(
    who: Person,
    code: number | null,
    words: readonly string[],
    meanwhile?: (child: ChildProcess) => void,
  ): Promise<string> {
    const ended = await this.type(who, words, meanwhile)
    if (ended.code !== code)
      throw new Error(`vdiskprep ${words.join(' ')} ended with ${String(ended.code)}:\n${ended.out.slice(-3000)}`)
    return ended.out
  }

  /** The id of the run of a vDisk. */
  async runOf(name: VDiskName): Promise<string> {
    const rows = (await this.ends('maria', 0, ['list', '--json'])).trim().split('\n')
    const row = rows.map((line) => JSON.parse(line) as { run: string; title: string }).find(({ title }) => title === name)
    if (row === undefined) throw new Error(`there is no run of ${name}`)
    return row.run
  }

  /** Leaves the farm running without this program. */
  leave(): number | undefined {
    this.#farm.disconnect()
    this.#farm.unref()
    return this.#farm.pid
  }

  end(): void {
    this.#farm.kill('SIGTERM')
  }
}

/** Workflow files, manual and two desks: the same program and state for both, another login and machine. */
function furnish(folder: string): void {
  mkdirSync(folder)
  for (const part of ['farm', 'passports', 'state']) mkdirSync(join(folder, part))
  for (const [name, says] of Object.entries(files)) writeFileSync(join(folder, name), stringify(says))
  const forReaders = (path: string) => !path.includes(join('docs', 'usability'))
  for (const part of ['docs', 'examples', 'workflows', 'README.md'])
    cpSync(join(ROOT, part), join(folder, 'manual', part), { recursive: true, filter: forReaders })
  for (const [who, host] of Object.entries(PEOPLE)) {
    const desk = join(folder, 'desks', who)
    mkdirSync(desk, { recursive: true })
    writeFileSync(join(desk, 'login.mjs'), loginOf(who, host))
    const start = `exec '${process.execPath}' --import '${pathToFileURL(join(desk, 'login.mjs')).href}' '${join(ROOT, 'src/main.ts')}' "$@"`
    const text = `#!/bin/sh\nVDISKPREP_HOME='${join(folder, 'state')}'\nexport VDISKPREP_HOME\n${start}\n`
    writeFileSync(join(desk, 'vdiskprep'), text, { mode: 0o755 })
  }
}

function loginOf(who: string, host: string): string {
  return `import os from 'node:os'
import { syncBuiltinESMExports } from 'node:module'
const { userInfo } = os
os.userInfo = (options) => ({ ...userInfo(options), username: '${who}' })
os.hostname = () => '${host}'
syncBuiltinESMExports()
`
}

const run = (name: VDiskName) => ['run', fileOf(name), '--json', '--key', `${name}-base`]

/** Five weeks ago: two vDisks were sealed, and their passports filed. One of these was edited since. */
async function fiveWeeksAgo(scene: Scene): Promise<void> {
  const both = ['W11-Kiosk', 'W10-Shop'] as const
  await Promise.all(both.map((name) => scene.ends('maria', 0, run(name))))
  for (const name of both) await scene.ends('maria', 0, ['report', await scene.runOf(name), '--html', `passports/${name}.html`])
  const file = join(scene.folder, 'passports/W11-Kiosk.html')
  const page = readFileSync(file, 'utf8')
  writeFileSync(file, page.replaceAll(/the KMS host counts \d+/g, 'the KMS host counts 61'))
  if (readFileSync(file, 'utf8') === page) throw new Error('nothing of the passport was edited')
}

/** Last night: seven runs, and what befell them. */
async function lastNight(scene: Scene): Promise<void> {
  const laid = (name: VDiskName, fault: string, own: object) => scene.wish({ fault: { fault, ...own }, master: `${name}-PREP` })
  await laid('S22-RDS', 'missing-privilege', { server: 'PVS02', when: 'shutdown' })
  await laid('W11-Test', 'mount-sticks', { server: 'PVS04' })
  await laid('W11-Office', 'hung-program', {})
  await Promise.all([
    scene.ends('maria', 0, run('W11-Desk')),
    scene.ends('maria', 4, run('S22-RDS')),
    scene.ends('maria', 5, ['verify', fileOf('W10-CAD'), '--json']),
    scene.ends('maria', 3, run('W10-MAK')),
    scene.ends('maria', 4, run('W11-Sales')),
    scene.ends('jonas', 130, run('W11-Lab'), interrupted),
    mountLeft(scene),
    died(scene),
  ])
}

/** Ctrl-C while the image is being looked at. */
function interrupted(child: ChildProcess): void {
  child.stdout?.on('data', (piece: Buffer) => {
    if (/"type":"step\.entered".*"step":"activateWindows"/.test(piece.toString())) child.kill('SIGINT')
  })
}

async function mountLeft(scene: Scene): Promise<void> {
  await scene.ends('jonas', 4, run('W11-Test'))
  const id = await scene.runOf('W11-Test')
  await scene.ends('jonas', 0, ['decide', id, 'abort', '--reason', 'tried another setting first', '--yes'])
  await scene.ends('jonas', 6, ['resume', id, '--json'])
}

/** The machine of the scheduler went down while OSPPREARM hung; the scheduler's next call found the run and could not know. */
async function died(scene: Scene): Promise<void> {
  await scene.ends('maria', null, run('W11-Office'), ({ pid = 0 }) => {
    void scene.wish({ kill: pid, whileRearming: 'W11-Office-PREP' })
  })
  await scene.ends('maria', 4, run('W11-Office'))
}

async function play(scene: Scene, night: number): Promise<void> {
  await scene.opened()
  await fiveWeeksAgo(scene)
  await scene.wish({ speed: PACE.night, at: night })
  await lastNight(scene)
  await scene.wish({ fault: { fault: 'stale-replica', disk: 'W11-Kiosk', server: 'PVS05' }, master: 'W11-Kiosk-PREP' })
  await scene.wish({ speed: PACE.after, at: Date.now() })
  await scene.ends('maria', 0, ['kms', 'report', '--inventory', 'farm/inventory.yaml', '--events', 'kms-events.csv', '--quiet'])
}

const [wanted] = process.argv.slice(2)
if (wanted === undefined) throw new Error('usage: node scripts/usability/scene.ts DIR   (a folder that does not exist yet)')
const night = Math.floor((Date.now() - 8 * HOUR) / DAY) * DAY - 2 * HOUR
const scene = new Scene(resolve(wanted), night - 35 * DAY)
try {
  await play(scene, night)
} catch (thrown) {
  scene.end()
  throw thrown
}
const pid = String(scene.leave())
process.stdout.write(`The scene stands in ${scene.folder}. Its farm is process ${pid} (farm/pid): it ends with  kill ${pid}\n`)
