import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { completionAt } from '../../../src/ui/cli/calling/candidates.ts'
import { COMPLETION_SCRIPTS } from '../../../src/ui/cli/calling/completion-scripts.ts'
import { commandTree } from '../../../src/ui/cli/program.ts'
import { openStore } from '../../../src/store/sqlite/open.ts'
import { begin } from '../../contract/store-rig.ts'
import { here, type Here } from './here.ts'

const ROOT = join(import.meta.dirname, '../../..')
const has = (program: string) => spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined
const where = (found: boolean) => (found ? test : test.skip)

describe('a command line', () => {
  const tree = commandTree('0')
  const words = (before: string, word: string) => {
    const found = completionAt(tree, before.split(' ').filter(Boolean), word)
    return 'words' in found ? found.words.map((one) => one.word) : found.of
  }

  test('goes on with commands, their sub-commands and their options', () => {
    expect(words('', '')).toEqual(expect.arrayContaining(['run', 'doctor', 'kms', 'completion']))
    expect(words('', '')).not.toContain('complete')
    expect(words('kms', '')).toEqual(['report', 'check'])
    expect(words('run w11.yaml', '--')).toEqual(expect.arrayContaining(['--json', '--wait-for', '--help']))
  })

  test.each([
    ['run', '', 'files'],
    ['run w11.yaml', '', 'nothing'],
    ['run --store', '', 'files'],
    ['validate a.yaml', '', 'files'],
    ['show', '', 'runs'],
    ['explain --run', '', 'runs'],
    ['decide 8k2', '', ['approve', 'retry', 'mark-done', 'skip', 'abort', 'take-over']],
    ['run --wait-for', '', ['held', 'done']],
    ['run --wait-for =', '', ['held', 'done']],
    ['run --json', '', 'files'],
    ['doctor w11.yaml --only', 'pri', 'checks'],
    ['explain', '', 'checks'],
    ['decide 8k2 approve --reason', '', 'nothing'],
  ])('"vdiskprep %s" goes on with %j: %j', (before, word, expected) => {
    expect(words(before, word)).toEqual(expected)
  })
})

describe('the completion of', () => {
  let at: Here
  let env: NodeJS.ProcessEnv
  beforeAll(async () => {
    at = await here()
    const program = join(at.folder, 'vdiskprep')
    writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${join(ROOT, 'src/main.ts')}" "$@"\n`)
    chmodSync(program, 0o755)
    env = { PATH: [at.folder, process.env['PATH']].join(delimiter), ...at.env, VDISKPREP_STORE: join(at.folder, 'runs.db') }
    const store = openStore(join(at.folder, 'runs.db'))
    await begin(store, 'k7w2m')
    await begin(store, 'zz9pl')
    await store.close()
    const other = openStore(join(at.folder, 'other.db'))
    await begin(other, 'k4444')
    await other.close()
    for (const [shell, script] of Object.entries(COMPLETION_SCRIPTS)) writeFileSync(join(at.folder, `for.${shell}`), script)
  })
  afterAll(() => at.clear())

  /** What bash would offer for the words; the last one is under the cursor. */
  const bash = (...words: string[]) => {
    const line = words.map((word) => `'${word}'`).join(' ')
    const script = `source for.bash; source for.bash; COMP_WORDS=(${line}); COMP_CWORD=${String(words.length - 1)}
      _vdiskprep vdiskprep; printf '%s\\n' "\${COMPREPLY[@]}"`
    return promisify(execFile)('bash', ['--norc', '-uc', script], { cwd: at.folder, env })
  }

  where(has('bash'))(
    `bash offers commands, runs, checks after a comma, and files${has('bash') ? '' : ' (skipped: no bash here)'}`,
    async () => {
      const asked = [
        ['vdiskprep', 'do'],
        ['vdiskprep', 'show', 'k'],
        ['vdiskprep', 'show', 'W'],
        ['vdiskprep', 'show', '--store', 'other.db', 'k'],
        ['vdiskprep', 'show', '--store', '=', 'other.db', 'k'],
        ['vdiskprep', 'doctor', 'w11.yaml', '--only', 'driver,privilege.s'],
        ['vdiskprep', 'validate', 'for.'],
      ]
      const told = await Promise.all(asked.map((words) => bash(...words)))
      expect(told.map(({ stdout }) => stdout.trim().split('\n').sort())).toEqual([
        ['doctor'],
        ['k7w2m'],
        ['W11-Office'],
        ['k4444'],
        ['k4444'],
        ['driver,privilege.soap', 'driver,privilege.stream'],
        ['for.bash', 'for.fish', 'for.powershell', 'for.zsh'],
      ])
    },
  )

  where(has('pwsh'))(
    `PowerShell offers runs${has('pwsh') ? '' : ' (skipped: no pwsh here)'}`,
    () => {
      const script = `. ([scriptblock]::Create((Get-Content -Raw for.powershell)))
        (TabExpansion2 'vdiskprep show k' 16).CompletionMatches.CompletionText`
      const told = execFileSync('pwsh', ['-NoProfile', '-NonInteractive', '-Command', script], {
        cwd: at.folder,
        env,
        encoding: 'utf8',
      })
      expect(told.trim()).toBe('k7w2m')
    },
    60_000,
  )

  where(has('zsh'))(`zsh is a script that zsh reads${has('zsh') ? '' : ' (skipped: no zsh here)'}`, () => {
    execFileSync('zsh', ['-n', 'for.zsh'], { cwd: at.folder, env })
  })

  where(has('fish'))(`fish offers runs${has('fish') ? '' : ' (skipped: no fish here)'}`, () => {
    const told = execFileSync('fish', ['-c', 'source for.fish; complete -C "vdiskprep show k"'], {
      cwd: at.folder,
      env,
      encoding: 'utf8',
    })
    expect(told.split('\t')[0]).toBe('k7w2m')
  })

  test('a shell that is not known is refused with those that are', async () => {
    const { code, err } = await at.call('completion', 'cmd')
    expect([code, err]).toEqual([2, expect.stringContaining('bash, zsh, fish, powershell')])
  })
})

const man = has('man')
where(man)(`the manual page is one that man shows without a warning${man ? '' : ' (skipped: no man here)'}`, () => {
  const told = spawnSync('man', ['--warnings=w', '-l', join(ROOT, 'man/vdiskprep.1')], {
    encoding: 'utf8',
    env: { ...process.env, MANWIDTH: '100', LC_ALL: 'C.UTF-8' },
  })
  expect([told.status, told.stderr]).toEqual([0, ''])
  expect(told.stdout).toContain('--wait-for <what>')
})
