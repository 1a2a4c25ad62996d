import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { hasTmux, Terminals, type Screen } from '../../../scripts/screens/tmux.ts'
import { startLab, type Lab } from '../../../src/lab/lab.ts'
import { builtIn } from '../../remote/by-hand/built-in.ts'
import { desk, EXAMPLE, ROOT, type Desk } from '../vdiskprep.ts'

const onTerminal = hasTmux ? test : test.skip
const named = (what: string) => (hasTmux ? what : `${what} (skipped: no tmux for a pseudo-terminal)`)

let at: Desk
let lab: Lab
let terminals: Terminals

beforeAll(async () => {
  if (!hasTmux) return
  at = await desk()
  lab = await startLab(join(at.home, EXAMPLE, 'lab.yaml'), { dir: join(at.home, 'lab') })
  terminals = new Terminals(`vdp-hand-${String(process.pid)}`)
}, 60_000)

afterAll(async () => {
  if (!hasTmux) return
  terminals.close()
  await lab.close()
  await at.clear()
})

/** What somebody who asks a host with -Show can copy there: every answer on a line of its own. */
async function copied(host: string): Promise<string> {
  const away = join(at.home, 'away')
  cpSync(join(at.home, 'stick'), away, { recursive: true })
  await builtIn(lab.model).type(host, `powershell -File ${away}/ask.ps1 ${host}`)
  const answers = readdirSync(join(away, host)).filter((name) => name.endsWith('.answer.json'))
  return answers.map((name) => `${readFileSync(join(away, host, name), 'utf8')}\n`).join('')
}

function plan(): Screen {
  const screen = terminals.open('hand', at.home, 80, 45, { PATH: process.env['PATH'] ?? '', HOME: at.home, NO_COLOR: '1' })
  const words = `plan ${EXAMPLE}/w11.yaml --inventory lab/inventory.yaml --by-hand stick`
  screen.type(`clear; '${process.execPath}' '${join(ROOT, 'src/main.ts')}' ${words}; echo "left with $?"`)
  screen.press('Enter')
  return screen
}

const typed = (screen: Screen, text: string) => {
  screen.type(text)
  screen.press('Enter')
}

onTerminal(
  named('a plan by hand takes what is pasted without showing it, says what is not clear, and gives the terminal back at Ctrl-C'),
  async () => {
    const screen = plan()
    await screen.shows(/BY HAND {2}11 questions for 4 hosts, [^]*on W11-MASTER, [^]*looks for the KMS host/, 15_000)
    const whole = await copied('PVS01')
    screen.paste(whole)
    await screen.shows(/\nBY HAND {2}answered: PVS01\. Still waiting: KMS1 \(1\), PVS02 \(2\), W11-MASTER \(2\)\.\n/, 15_000)
    typed(screen, 'off PVS99')
    await screen.shows(/nothing\s+waits\s+for\s+a\s+host\s+PVS99/, 15_000)
    screen.paste(whole)
    await screen.shows(/\nBY HAND {2}Still waiting: KMS1 \(1\), PVS02 \(2\), W11-MASTER \(2\)\.\n/, 15_000)
    expect(screen.text()).not.toContain('"form"')
    typed(screen, 'list')
    await screen.shows(/\nBY HAND {2}5 questions for 3 hosts, in [^]*Nothing is kept/, 15_000)
    screen.press('C-c')
    expect(await screen.shows(/left with 130/, 15_000)).toContain('Stopped before the plan was whole')
  },
  60_000,
)
