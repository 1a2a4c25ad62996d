import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { stringify } from 'yaml'
import { twentyDisks } from './farm-of-twenty.ts'
import { Terminals, type Screen } from './tmux.ts'

const ROOT = join(import.meta.dirname, '../..')
const PAGES = join(ROOT, 'docs/screens')
const HEIGHTS: Readonly<Record<number, number>> = { 80: 30, 160: 42 }

/** One recording: what is typed, and which screens are kept of it. */
interface Scene {
  readonly name: string
  readonly speed: number
  readonly play: (stage: Stage) => Promise<void>
}

/** Where a scene is played: two terminals over one store, and the frames that are kept. */
class Stage {
  readonly frames: string[] = []
  readonly #terminals: Terminals
  readonly #home: string
  readonly #columns: number

  constructor(terminals: Terminals, home: string, columns: number) {
    this.#terminals = terminals
    this.#home = home
    this.#columns = columns
  }

  terminal(name: string): Screen {
    const path = `${join(this.#home, 'bin')}:${process.env['PATH'] ?? ''}`
    const env = { PATH: path, HOME: this.#home, VDISKPREP_HOME: join(this.#home, 'state'), NO_COLOR: '1' }
    return this.#terminals.open(name, this.#home, this.#columns, HEIGHTS[this.#columns] ?? 30, env)
  }

  /** Types a command of this program; it shows as it would be typed on a desk. */
  command(screen: Screen, words: string): void {
    screen.type(`clear; vdiskprep ${words}; echo "exit code $?"`)
    screen.press('Enter')
  }

  /** Keeps the screen as soon as it shows this. */
  async keep(screen: Screen, what: RegExp, says: string): Promise<string> {
    const text = await screen.shows(what, 120_000)
    this.frames.push(`## ${says}\n\n${masked(text, this.#home).trimEnd()}\n`)
    return text
  }
}

/** Nothing of this machine stands in a recording: folder, login and host are replaced, in the same width where that is possible. */
function masked(text: string, home: string): string {
  const { username } = userInfo()
  const name = ['uli', 'anna', 'maria', 'thomas'].find(({ length }) => length === username.length) ?? 'maria'
  return text
    .replaceAll(home, '~')
    .replaceAll(`${username}@${hostname()}`, `${name}@ops1`)
    .replaceAll(new RegExp(`\\b${username}\\b`, 'g'), name)
}

const idOn = (text: string) => /\brun ([2-9a-z]{5})\b/.exec(text)?.[1] ?? ''

async function answer(screen: Screen, ...answers: readonly string[]): Promise<void> {
  for (const one of answers) {
    await screen.shows(/_( +│.*)?\n/)
    screen.type(one)
    screen.press('Enter')
  }
}

const scenes: readonly Scene[] = [
  {
    name: 'happy-path',
    speed: 300,
    play: async (stage) => {
      const one = stage.terminal('one')
      stage.command(one, 'run w11.yaml')
      await stage.keep(one, / wait {2}waiting for/, 'vdiskprep run w11.yaml: a wait, with its deadline and its signal')
      await stage.keep(one, /run +8 +seal[^]*no reboot until the seal/, 'in the no-reboot window')
      await stage.keep(one, /exit code 0/, 'the end: what stays on the terminal')
      stage.command(one, 'run verify.yaml')
      await stage.keep(one, /times: ~/, 'the next run: expected times by the run before')
      one.press('q')
      await one.shows(/exit code/)
    },
  },
  {
    name: 'hold',
    speed: 300,
    play: async (stage) => {
      const one = stage.terminal('one')
      stage.command(one, 'run asks.yaml')
      await stage.keep(one, / ASKS {2}rearm Windows/, 'vdiskprep run asks.yaml: an approval that the workflow demands')
      one.press('a')
      await stage.keep(one, /Why\?/, 'a: evidence, cost, consequence, and no default')
      await answer(one, 'counters checked with the team')
      await stage.keep(one, /Type spend/, 'the reason is given; only the whole word spends the rearm')
      await answer(one, 'spend')
      await stage.keep(one, /another login than/, 'before the seal a second person is demanded')
      one.press('e')
      await stage.keep(one, / why /, 'e: what the step is for')
      one.press('q')
      await stage.keep(one, /exit code 4/, 'q: what is to be typed later')
    },
  },
  {
    name: 'take-over',
    speed: 100,
    play: async (stage) => {
      const [one, two] = [stage.terminal('one'), stage.terminal('two')]
      stage.command(one, 'run w11.yaml')
      const run = idOn(await one.shows(/run +4 +activate/))
      stage.command(two, 'list')
      await stage.keep(two, /running[^]*exit code 0/, 'a colleague looks: vdiskprep list')
      stage.command(two, `decide ${run} take-over --as jonas --reason 'the shift has ended'`)
      await stage.keep(two, /Type take-over/, 'vdiskprep decide: what it means, and the whole word')
      two.type('take-over')
      two.press('Enter')
      await two.shows(/Recorded/)
      await stage.keep(one, /exit code 7/, 'the first terminal: it may change nothing any more')
      stage.command(two, 'resume --as jonas')
      await stage.keep(two, /run +8 +seal[^]*\[d\]etails/, 'vdiskprep resume --as jonas: it goes on where it stood')
      two.press('d')
      await stage.keep(two, /take-over/, 'd: the story names both')
      two.press('C-c')
      await two.shows(/exit code/)
    },
  },
  {
    name: 'interrupt',
    speed: 100,
    play: async (stage) => {
      const one = stage.terminal('one')
      stage.command(one, 'run w11.yaml')
      await one.shows(/run +4 +activate/)
      one.press('C-c')
      await stage.keep(one, /exit code 130/, 'Ctrl-C: it stops at the next safe point')
      stage.command(one, 'list')
      await stage.keep(one, /stopped[^]*exit code 0/, 'vdiskprep list')
      stage.command(one, 'resume')
      await stage.keep(one, /run +8 +seal/, 'vdiskprep resume: it goes on where it stood')
      one.press('q')
      await one.shows(/exit code/)
    },
  },
  {
    name: 'twenty',
    speed: 100,
    play: async (stage) => {
      const one = stage.terminal('one')
      stage.command(one, 'run twenty.yaml')
      await stage.keep(one, /[2-9] NEEDS YOU/, 'vdiskprep run twenty.yaml: 20 vDisks at once, those first that need a human')
      one.press('Enter')
      await stage.keep(one, /one of 20 runs/, 'Enter: the chosen one')
      one.press('Escape')
      await one.shows(/20 runs: /)
      one.press('q')
      await one.shows(/exit code/)
    },
  },
]

function prepare(home: string, scene: Scene): void {
  cpSync(join(ROOT, 'examples/first-vdisk'), home, { recursive: true })
  const file = (name: string, says: unknown) => writeFileSync(join(home, name), stringify(says))
  const base = { extends: join(home, 'w11.yaml'), inventory: 'lab/inventory.yaml' }
  file('run.yaml', base)
  file('asks.yaml', { ...base, approvals: { rearmWindows: true, sealVDisk: { anotherPerson: true } } })
  writeFileSync(join(home, 'w11.yaml'), readFileSync(join(home, 'w11.yaml'), 'utf8').replace('farm.yaml', 'lab/inventory.yaml'))
  file('verify.yaml', base)
  mkdirSync(join(home, 'bin'))
  const program = `#!/bin/sh\nexec '${process.execPath}' '${join(ROOT, 'src/main.ts')}' "$@"\n`
  writeFileSync(join(home, 'bin/vdiskprep'), program, { mode: 0o755 })
  if (scene.name !== 'twenty') return
  const { farm, workflow } = twentyDisks()
  file('lab.yaml', farm)
  file('twenty.yaml', workflow)
}

async function labIn(home: string, speed: number): Promise<ChildProcess> {
  const args = [join(ROOT, 'src/main.ts'), 'lab', '--farm', 'lab.yaml', '--speed', String(speed), '--json']
  const lab = spawn(process.execPath, args, {
    cwd: home,
    env: { PATH: process.env['PATH'], HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const piece of lab.stdout) if (String(piece).includes('"ready":true')) return lab
  throw new Error('the simulated farm did not start')
}

async function record(scene: Scene, columns: number): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'vdp-screens-'))
  const terminals = new Terminals(`vdp-screens-${String(process.pid)}`)
  prepare(home, scene)
  const lab = await labIn(home, scene.speed)
  const stage = new Stage(terminals, home, columns)
  try {
    await scene.play(stage)
    const head = `# ${scene.name}, ${String(columns)} columns (recorded by scripts/screens/screens.ts on the simulated farm)\n\n`
    writeFileSync(join(PAGES, `${scene.name}-${String(columns)}.txt`), head + stage.frames.join('\n'))
  } finally {
    terminals.close()
    lab.kill('SIGTERM')
    await once(lab, 'close')
    rmSync(home, { recursive: true, force: true })
  }
}

const { values } = parseArgs({ options: { only: { type: 'string' } } })
mkdirSync(PAGES, { recursive: true })
for (const scene of scenes)
  for (const columns of [80, 160])
    if (values.only === undefined || values.only === scene.name) {
      process.stdout.write(`${scene.name}, ${String(columns)} columns\n`)
      await record(scene, columns)
    }
