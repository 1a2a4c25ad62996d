import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ChildProcess } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { stringify } from 'yaml'
import { twentyDisks } from '../../../scripts/screens/farm-of-twenty.ts'
import { hasTmux, Terminals, type Screen } from '../../../scripts/screens/tmux.ts'
import { bareEnv, desk, EXAMPLE, printed, ROOT, type Desk, type Ended } from '../vdiskprep.ts'

const onTerminal = hasTmux ? test : test.skip
const DEEP = process.env['VDISKPREP_DEEP'] === '1'
const named = (what: string) => (hasTmux ? what : `${what} (skipped: no tmux for a pseudo-terminal)`)

let at: Desk
let lab: ChildProcess & { readonly ended: Promise<Ended> }
let terminals: Terminals

/** A lab that stays, and a run that asks before the rearm of Windows. */
beforeAll(async () => {
  if (!hasTmux) return
  at = await desk()
  terminals = new Terminals(`vdp-test-${String(process.pid)}`)
  const farm = readFileSync(join(at.home, EXAMPLE, 'lab.yaml'), 'utf8')
  writeFileSync(join(at.home, 'lab.yaml'), farm)
  const said = [
    `extends: ${join(EXAMPLE, 'w11.yaml')}`,
    'inventory: lab/inventory.yaml',
    'approvals: { rearmWindows: true, release: true }',
    '',
  ]
  writeFileSync(join(at.home, 'w11.yaml'), said.join('\n'))
  lab = at.begin('lab', '--farm', 'lab.yaml', '--speed', '500', '--json')
  await printed(lab, '"ready":true')
}, 60_000)

afterAll(async () => {
  if (!hasTmux) return
  terminals.close()
  lab.kill('SIGTERM')
  await lab.ended
  await at.clear()
})

function screen(name: string, columns: number, rows: number, env: Readonly<Record<string, string>> = {}): Screen {
  return terminals.open(name, at.home, columns, rows, { ...bareEnv(at.home), ...env })
}

const typed = (screen: Screen, words: string) => {
  screen.type(`clear; '${process.execPath}' '${join(ROOT, 'src/main.ts')}' ${words}; echo "left with $?"`)
  screen.press('Enter')
}

const restored = { cursorShown: true, alternateScreen: false }

describe('a run on a terminal', () => {
  onTerminal(
    named(
      'asks, is answered from another terminal, pauses, survives Ctrl-C, and is played again; every screen gives the terminal back',
    ),
    async () => {
      const mine = screen('mine', 80, 30)
      typed(mine, 'run w11.yaml')
      const asks = await mine.shows(/\n ASKS  rearm Windows\n/)
      expect(asks).toMatch(/\n\S?ok +7 +rearm Office +count 5 → 4; hands off Office/)
      expect(asks).toMatch(/no reboot until the seal/)
      expect(asks).toContain('[a]pprove  [x] abort  [d]etails  [e]xplain')
      expect(mine.standing().alternateScreen).toBe(true)

      mine.resize(160, 45)
      await mine.shows(/│ evidence\n(.*\n)*.*│ story\n/)
      mine.resize(60, 20)
      const narrow = await mine.shows(/ASKS {2}rearm Windows\n/)
      expect(narrow.split('\n').filter((line) => line.length > 60)).toEqual([])
      mine.resize(80, 30)
      mine.press('p')
      await mine.shows(/It stops at the end of this step\. The target must not reboot meanwhile\./)

      const theirs = screen('theirs', 80, 30, { NO_COLOR: '1' })
      typed(theirs, 'attach')
      await theirs.shows(/\n ASKS {2}rearm Windows\n/)
      theirs.press('a')
      await theirs.shows(/This spends one Windows rearm: 1001 → 1000\./)
      theirs.type('agreed')
      theirs.press('Enter')
      await theirs.shows(/Type spend to do it: _/)
      theirs.type('spend')
      theirs.press('Enter')
      await theirs.shows(/Recorded: approve by /)
      await mine.shows(/ok +5 +rearm Windows +count 1001 → 1000[^]*\n stop {2}stands at a safe point/)
      await theirs.shows(/\n stop {2}stands at a safe point/)
      theirs.press('q')
      await theirs.shows(/left with 0/)
      expect(theirs.standing()).toEqual(restored)
      mine.press('g')
      await mine.shows(/(run|ok) +8 +seal/)
      mine.press('C-c')
      const stopped = await mine.shows(/left with (130|4)/)
      expect(stopped).toMatch(/Next: {2}vdiskprep (resume|decide) /)
      expect(mine.standing()).toEqual(restored)

      typed(mine, 'show --replay --speed 10000')
      await mine.shows(/replay of a past run, 10000 times as fast: .*, at its end\n/)
      mine.resize(110, 60)
      mine.press('d')
      const story = await mine.shows(/decided: approve \("agreed"\)/)
      expect(story).toMatch(/paused after 5 rearm Windows by /)
      mine.press('q')
      await mine.shows(/left with 0/)
      expect(mine.standing()).toEqual(restored)
    },
    120_000,
  )

  onTerminal(
    named('of a file with several vDisks is a line each, those that need a person first'),
    async () => {
      const { farm, workflow } = twentyDisks()
      const three = { ...workflow, inventory: 'several/inventory.yaml', vdisks: workflow.vdisks.slice(0, 3) }
      writeFileSync(
        join(at.home, 'farm.yaml'),
        stringify({ ...farm, disks: farm.disks.slice(0, 3), devices: farm.devices.slice(0, 9) }),
      )
      writeFileSync(join(at.home, 'several.yaml'), stringify(three))
      const several = at.begin('lab', '--farm', 'farm.yaml', '--dir', 'several', '--speed', '150', '--json')
      await printed(several, '"ready":true')
      try {
        const all = screen('all', 80, 24, { VDISKPREP_HOME: join(at.home, 'several-state') })
        typed(all, 'run several.yaml')
        const shown = await all.shows(/ 3 runs: 1 NEEDS YOU, 2 running/)
        expect(shown).toMatch(/NEEDS YOU +\w{5} +W11-03 [^]*running +\w{5} +W11-0[12] [^]*running +\w{5} +W11-0[12] /)
        expect(shown.split('\n').filter((line) => line.length > 80)).toEqual([])
        all.press('C-c')
        const left = await all.shows(/left with 130/)
        expect(left).toMatch(
          / state +run +vDisk [^]* NEEDS YOU [^]* stopped [^]* {2}Next: {2}vdiskprep resume several\.yaml {3}takes up \d/,
        )
        typed(all, 'resume several.yaml')
        await all.shows(/ 3 runs: 1 NEEDS YOU, 2 running/)
        all.press('C-c', 'C-c')
        await all.shows(/left with 130/)
        expect(all.standing()).toEqual(restored)
      } finally {
        several.kill('SIGTERM')
        await several.ended
      }
    },
    60_000,
  )

  const toItsEnd = DEEP ? onTerminal : test.skip
  const deeply = DEEP ? named : (what: string) => `${what} (skipped: VDISKPREP_DEEP=1 runs it)`
  toItsEnd(
    deeply('is taken up to its end, and what it asks then is answered by a command that asks back'),
    async () => {
      const mine = screen('again', 80, 30)
      typed(mine, 'resume')
      await mine.shows(/run +(8|9) /)
      mine.press('C-c', 'C-c')
      expect(await mine.shows(/left with 130/)).toMatch(/Stopped at once\. {2}Next: {2}vdiskprep resume \w{5}\n/)
      expect(mine.standing()).toEqual(restored)
      typed(mine, 'resume')
      await mine.shows(/ASKS +10 +release/)
      const other = screen('other', 80, 30)
      const shown = /run (\w{5}) /.exec(mine.text())?.[1] ?? ''
      typed(other, `decide ${shown} approve`)
      await other.shows(/then +It does this[^]*Why\?/)
      other.type('four eyes')
      other.press('Enter')
      await other.shows(/Type approve to do it:/)
      other.type('yes')
      other.press('Enter')
      await other.shows(/Nothing was recorded\.\nleft with 2/)
      typed(other, `decide ${shown} approve --reason 'four eyes'`)
      await other.shows(/Type approve to do it:/)
      other.type('approve')
      other.press('Enter')
      await other.shows(/Recorded: approve by .*\nleft with 0/)
      expect(await mine.shows(/left with 0/)).toContain('VERIFIED')
      expect((await at.vdp('show')).out).toMatch(/decided: approve \("four eyes"\)/)
      expect(mine.standing()).toEqual(restored)
    },
    180_000,
  )

  onTerminal(
    named('is drawn without colours and without Unicode where those are not wanted'),
    async () => {
      const old = screen('old', 100, 40, { LANG: 'C', NO_COLOR: '1' })
      typed(old, 'list --watch')
      expect(await old.shows(/ 1 run: /)).toMatch(/^[\x00-\x7F]*$/)
      old.press('q')
      await old.shows(/left with 0/)
      expect(old.standing()).toEqual(restored)
    },
    60_000,
  )
})
