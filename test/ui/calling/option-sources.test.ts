import { Command } from 'commander'
import { describe, expect, test } from '@jest/globals'
import { settingsPage } from '../../../scripts/settings-page.ts'
import { typedCommands } from '../../../scripts/command-tree.ts'
import { fillMandatory, fillOptions, variablesOf } from '../../../src/ui/cli/calling/option-sources.ts'
import { settingsPlace } from '../../../src/ui/cli/calling/settings-file.ts'
import { timeoutMs } from '../../../src/ui/cli/calling/duration-option.ts'
import { commandTree } from '../../../src/ui/cli/program.ts'
import { faultOf } from '../../../src/faults/fault.ts'
import { settingsFile } from '../../../src/workflow/settings-schema.ts'

const commands = typedCommands(commandTree('0'))

describe('every option of every command', () => {
  const all = commands.flatMap(({ words, command }) =>
    command.options.map((option) => ({ words, flags: option.flags, variables: variablesOf(option, command) })),
  )

  test('has a variable of its own that no other option and no other setting has', () => {
    const own = all.map(({ variables }) => variables[0] ?? '')
    expect(own.length).toBeGreaterThan(100)
    expect(own.filter((name, at) => own.indexOf(name) !== at)).toEqual([])
    const shared = new Set(all.flatMap(({ variables }) => variables.slice(1)))
    expect(own.filter((name) => shared.has(name))).toEqual([])
    expect([...own, ...shared].filter((name) => /^VDISKPREP_(HOME|CONFIG|PWSH|DEEP)$/.test(name))).toEqual([])
  })

  test('stands with it on the page of settings', () => {
    const names = new Set(settingsPage(new Map()).match(/\b[A-Z][A-Z_]+\b/g))
    expect(all.filter(({ variables }) => !names.has((variables[0] ?? '').replace('VDISKPREP_', '')))).toEqual([])
  })

  test('that the settings file knows is an option of some command', () => {
    const known = new Set(commands.flatMap(({ command }) => command.options.map((option) => option.attributeName())))
    expect(Object.keys(settingsFile.shape).filter((key) => key !== 'notify' && !known.has(key))).toEqual([])
  })
})

describe('what an option is', () => {
  /** The options of a small command line after variables and settings were heeded. */
  function filled(argv: readonly string[], env: Record<string, string>, settings: Record<string, string | boolean> = {}) {
    const program = new Command('p').exitOverride().enablePositionalOptions()
    let result: unknown = null
    const run = program
      .command('run')
      .option('--json', 'lines')
      .option('--store <file>', 'the store')
      .option('--timeout <duration>', 'how long', timeoutMs)
      .option('--explain [names]', 'what')
      .option('--host <name...>', 'whom')
      .option('--only <names>', 'which', (value: string, before?: readonly string[]) => [...(before ?? []), ...value.split(',')])
      .requiredOption('--to <folder>', 'where')
      .action((options: unknown) => void (result = options))
    program.hook('preAction', (_, command) => fillOptions(command, { env, settings }))
    fillMandatory(program, env)
    program.parse(['run', ...argv], { from: 'user' })
    expect(run.name()).toBe('run')
    return result
  }
  const TO = { VDISKPREP_RUN_TO: 'here' }

  test('is what was typed, else what a variable says, else what the settings say', () => {
    const env = { ...TO, VDISKPREP_STORE: 'env' }
    expect(filled([], TO, { store: 'file' })).toMatchObject({ store: 'file', to: 'here' })
    expect(filled([], env, { store: 'file' })).toMatchObject({ store: 'env' })
    expect(filled(['--store', 'typed'], env, { store: 'file' })).toMatchObject({ store: 'typed' })
    expect(filled([], { ...env, VDISKPREP_RUN_STORE: 'own' })).toMatchObject({ store: 'own' })
    expect(filled([], { ...env, VDISKPREP_STORE: '' }, { store: 'file' })).toMatchObject({ store: 'file' })
  })

  test('is read from a variable as it would be typed', () => {
    expect(filled([], { ...TO, VDISKPREP_TIMEOUT: '2h', VDISKPREP_RUN_ONLY: 'a,b' })).toMatchObject({
      timeout: 7_200_000,
      only: ['a', 'b'],
    })
    expect(filled(['--only', 'c'], { ...TO, VDISKPREP_RUN_ONLY: 'a,b' })).toMatchObject({ only: ['c'] })
    expect(filled([], { ...TO, VDISKPREP_RUN_HOST: 'KMS1, KMS2' })).toMatchObject({ host: ['KMS1', 'KMS2'] })
    expect(filled([], { ...TO, VDISKPREP_RUN_EXPLAIN: '1' })).toMatchObject({ explain: true })
    expect(filled([], { ...TO, VDISKPREP_RUN_EXPLAIN: 'clock' })).toMatchObject({ explain: 'clock' })
  })

  test.each([
    ['1', { json: true }],
    ['TRUE', { json: true }],
    ['no', {}],
    ['0', {}],
  ])('without a value takes %s', (word, expected) => {
    expect(filled([], { ...TO, VDISKPREP_JSON: word })).toEqual({ to: 'here', ...expected })
  })

  test('is refused by the name of its variable', () => {
    const refused = (env: Record<string, string>) => {
      try {
        return filled([], { ...TO, ...env })
      } catch (thrown) {
        return faultOf(thrown)
      }
    }
    expect(refused({ VDISKPREP_JSON: 'maybe' })).toMatchObject({ code: 'OPTION_INVALID', details: { option: 'VDISKPREP_JSON' } })
    expect(refused({ VDISKPREP_TIMEOUT: 'soon' })).toMatchObject({ code: 'OPTION_INVALID', details: { value: 'soon' } })
  })
})

test('the settings file lies in the place of the platform, or where VDISKPREP_CONFIG says', () => {
  const end = (path: string) => path.replaceAll('\\', '/')
  expect(end(settingsPlace({}, 'linux', '/you'))).toBe('/you/.config/vdiskprep/config.yaml')
  expect(end(settingsPlace({ XDG_CONFIG_HOME: '/xdg' }, 'linux', '/you'))).toBe('/xdg/vdiskprep/config.yaml')
  expect(end(settingsPlace({ XDG_CONFIG_HOME: 'relative' }, 'linux', '/you'))).toBe('/you/.config/vdiskprep/config.yaml')
  expect(end(settingsPlace({ APPDATA: 'C:\\App' }, 'win32', '/you'))).toBe('C:/App/vdiskprep/config.yaml')
  expect(settingsPlace({ VDISKPREP_CONFIG: 'mine.yaml' }, 'linux', '/you')).toBe('mine.yaml')
})
