import { execFile, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { SaxesParser } from 'saxes'
import { parse } from 'yaml'
import { startLab, type Lab } from '../../src/lab/lab.ts'
import { variablesOf } from '../../src/ui/cli/calling/option-sources.ts'
import { commandTree } from '../../src/ui/cli/program.ts'
import { typedCommands } from '../../scripts/command-tree.ts'
import { here, type Here } from '../ui/calling/here.ts'

const ROOT = join(import.meta.dirname, '../..')
const FOLDER = join(ROOT, 'examples/callers')
const FARM = join(ROOT, 'examples/missing-privilege')
const read = (...path: string[]) => readFileSync(join(FOLDER, ...path), 'utf8')
const has = (program: string) => spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined
const DEEP = process.env['VDISKPREP_DEEP'] === '1'

/** A test that needs a program of this machine, or minutes; skipped with the reason in its name. */
function needs(program: string, name: string, work: () => Promise<void>, deep = false): void {
  const why = !has(program) ? ` (skipped: no ${program} here)` : deep && !DEEP ? ' (skipped: VDISKPREP_DEEP=1 runs it)' : ''
  ;(why === '' ? test : test.skip)(`${name}${why}`, work, 60_000)
}

describe('the examples of callers that can run here', () => {
  let at: Here
  let lab: Lab

  /** A farm on which every run is held at once, and the program by its name. */
  beforeAll(async () => {
    at = await here()
    lab = await startLab(join(FARM, 'lab.yaml'), { dir: join(at.folder, 'lab'), speed: 5000 })
    mkdirSync(join(at.folder, 'bin'))
    const program = join(at.folder, 'bin/vdiskprep')
    writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${join(ROOT, 'src/main.ts')}" "$@"\n`)
    chmodSync(program, 0o755)
    cpSync(join(FARM, 'w11.yaml'), join(at.folder, 'w11.yaml'))
    cpSync(FOLDER, join(at.folder, 'callers'), { recursive: true })
  }, 60_000)

  afterAll(async () => {
    await lab.close()
    await at.clear()
  })

  const envOf = (name: string) => ({
    ...at.env,
    VDISKPREP_INVENTORY: lab.files.inventory,
    VDISKPREP_STORE: join(at.folder, `${name}.db`),
  })

  /** Runs a program with this environment and no other, in the folder of the workflow file. */
  const start = (env: Readonly<Record<string, string>>, program: string, ...args: string[]) =>
    new Promise<{ code: number; out: string; err: string }>((resolve) => {
      execFile(program, args, { cwd: at.folder, env }, (failed, out, err) =>
        resolve({ code: failed === null ? 0 : Number(failed.code), out, err }),
      )
    })
  const PATH = () => ({ PATH: `${join(at.folder, 'bin')}:/usr/local/bin:/usr/bin:/bin` })
  const runsOf = async (name: string) =>
    (await at.call('list', '--json', '--store', join(at.folder, `${name}.db`))).lines().map(({ title, state }) => [title, state])

  test('cron: two nights are one run, and a person is told each night', async () => {
    const [path = '', , line = ''] = read('cron', 'vdiskprep.cron')
      .split('\n')
      .filter((one) => !one.startsWith('#'))
    const [, command = ''] = /^15 1 \* \* \* vdiskprep (.*)$/.exec(line) ?? []
    expect(path).toMatch(/^PATH=\S+$/)
    const there = command.replace('/etc/vdiskprep/nightly.sh', 'callers/cron/nightly.sh').replace('/etc/vdiskprep/', '')
    for (const night of [1, 2]) {
      const told = await start({ ...envOf('cron'), ...PATH(), SHELL: '/bin/sh' }, '/bin/sh', '-c', there)
      expect([night, told.code, told.out, told.err]).toEqual([night, 4, 'w11.yaml waits for a person: vdiskprep list\n', ''])
    }
    expect(await runsOf('cron')).toEqual([['W11-Office', 'held']])
  }, 60_000)

  needs('jq', 'GitHub Actions: its step keeps the exit code and writes the summary', async () => {
    const { run } = stepsOf().find(({ name }) => name === 'Run') ?? {}
    const env = { ...envOf('actions'), ...PATH(), GITHUB_STEP_SUMMARY: join(at.folder, 'summary') }
    const told = await start(env, 'bash', '-e', '-c', run ?? '')
    expect(told).toMatchObject({ code: 4, err: '' })
    expect(readFileSync(env.GITHUB_STEP_SUMMARY, 'utf8')).toMatch(
      /^W11-Office: held {2}vdiskprep status \w{5} or vdiskprep decide/,
    )
  })

  needs('pwsh', 'SCCM: its script tells each vDisk and keeps the exit code', async () => {
    const args = [
      '-NoProfile',
      '-NonInteractive',
      '-File',
      'callers/sccm/run-vdiskprep.ps1',
      '-File',
      'w11.yaml',
      '-Key',
      'tonight',
    ]
    const told = await start({ ...envOf('sccm'), ...PATH() }, 'pwsh', ...args)
    expect(told).toEqual({ code: 4, out: 'W11-Office: held\n', err: '' })
  })

  needs(
    'pwsh',
    'PowerShell: its line shows a row for each vDisk and keeps the exit code',
    async () => {
      const told = await start({ ...envOf('line'), ...PATH() }, 'pwsh', '-NoProfile', '-File', 'callers/powershell/one-liner.ps1')
      expect([told.code, told.err]).toEqual([4, ''])
      expect(told.out).toMatch(/W11-Office +held/)
    },
    true,
  )

  needs(
    'ansible-playbook',
    'Ansible: its role keeps the result as a fact and stops the play where a person is needed',
    async () => {
      const told = await start(
        { ...envOf('ansible'), ...PATH(), ANSIBLE_NOCOLOR: '1' },
        'ansible-playbook',
        'callers/ansible/playbook.yml',
        '--extra-vars',
        JSON.stringify({ vdiskprep_folder: at.folder }),
      )
      expect(told.code).toBe(2)
      expect(told.out).toMatch(/W11-Office: CHECKS_FAILED. Next: vdiskprep status/)
    },
  )
})

interface Step {
  readonly name?: string
  readonly run?: string
}

function stepsOf(): readonly Step[] {
  return (parse(read('github-actions', 'vdiskprep.yml')) as { jobs: { prepare: { steps: readonly Step[] } } }).jobs.prepare.steps
}

describe('the examples of callers, as text', () => {
  const files = readdirSync(FOLDER, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'README.md')
    .map((entry) => join(entry.parentPath, entry.name).slice(FOLDER.length + 1))
  const commands = typedCommands(commandTree('0'))

  test.each(files)('%s names only commands, options and variables that the program has', (file) => {
    const text = read(file)
      .replaceAll(/\n {6}- "?(.*?)"?(?=\n)/g, ' $1')
      .replace(' argv:', '')
    for (const [, said = ''] of text.matchAll(/\bvdiskprep ((?:run|doctor|report|list|decide|resume)\b[^|;&>\n]*)/g)) {
      const { command } = commands.find(({ words }) => words === said.split(/[\s'"]/)[0]) ?? {}
      const known = command?.options.map(({ long }) => long) ?? []
      expect((said.match(/--[a-z-]+/g) ?? []).filter((option) => !known.includes(option))).toEqual([])
    }
    const variables = new Set(commands.flatMap(({ command }) => command.options.flatMap((one) => variablesOf(one, command))))
    const named = (text.match(/\bVDISKPREP_[A-Z_]+/g) ?? []).filter((name) => !/_(PASSWORD|LOG)$/.test(name))
    expect(named.filter((name) => !variables.has(name))).toEqual([])
  })

  test('call the program in every one of them', () => {
    const calling = files.filter((file) => /\bvdiskprep (run|doctor)\b|- vdiskprep\n/.test(read(file)))
    const folders = readdirSync(FOLDER).filter((name) => name !== 'README.md')
    expect([...new Set(calling.map((file) => file.split('/')[0]))].sort()).toEqual(folders.sort())
  })

  test('each have a README of a few lines that says what comes of it, and stand in the list', () => {
    for (const folder of readdirSync(FOLDER).filter((name) => name !== 'README.md')) {
      expect(read(folder, 'README.md').trim().split('\n').length).toBeLessThanOrEqual(7)
      expect(read(folder, 'README.md')).toContain('Expected')
      expect(read('README.md')).toContain(`(${folder}/README.md)`)
    }
  })

  test('the Ansible role and its playbook are YAML of the form that Ansible reads', () => {
    const [play] = parse(read('ansible/playbook.yml')) as [{ roles: readonly string[] }]
    const tasks = parse(read('ansible/roles/vdiskprep/tasks/main.yml')) as readonly Record<string, unknown>[]
    const defaults = parse(read('ansible/roles/vdiskprep/defaults/main.yml')) as object
    expect(play.roles).toEqual(['vdiskprep'])
    expect(tasks.map((task) => Object.keys(task).find((key) => key.startsWith('ansible.builtin.')))).toEqual([
      'ansible.builtin.command',
      'ansible.builtin.set_fact',
      'ansible.builtin.fail',
    ])
    const used = new Set(JSON.stringify(tasks).match(/vdiskprep_(folder|file|key|timeout|fail_when_held)/g))
    expect([...used].sort()).toEqual(Object.keys(defaults).sort())
  })

  test('the workflow of GitHub Actions has the parts that one must have', () => {
    const workflow = parse(read('github-actions/vdiskprep.yml')) as { on: object; jobs: { prepare: object } }
    expect(Object.keys(workflow.on)).toEqual(['schedule', 'workflow_dispatch'])
    expect(workflow.jobs.prepare).toHaveProperty('runs-on')
    expect(stepsOf().every((step) => 'run' in step !== 'uses' in step)).toBe(true)
  })

  test('the scheduled task is well-formed, of the namespace and with the elements in the order of its schema', () => {
    const parser = new SaxesParser({ xmlns: true })
    const opened: string[] = []
    const problems: string[] = []
    parser.on('opentag', ({ local, uri }) => opened.push(uri.endsWith('/02/mit/task') ? local : `foreign ${local}`))
    parser.on('error', (error) => void problems.push(error.message))
    parser.write(read('task-scheduler/vdiskprep.xml')).close()
    expect(problems).toEqual([])
    const parts = ['Task', 'RegistrationInfo', 'Triggers', 'Principals', 'Settings', 'Actions']
    expect(opened.filter((name) => parts.includes(name))).toEqual(parts)
    expect(opened.filter((name) => name.startsWith('foreign'))).toEqual([])
  })

  test('the Jenkinsfile closes what it opens', () => {
    const text = read('jenkins/Jenkinsfile').replaceAll(/'[^'\n]*'|"[^"\n]*"|\/\/.*/g, '')
    for (const [open, close] of ['{}', '()', '[]'] as const)
      expect(text.split(open ?? '').length).toBe(text.split(close ?? '').length)
  })
})
