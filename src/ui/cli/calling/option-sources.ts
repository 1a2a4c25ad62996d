import type { Command, Option } from 'commander'
import { Fault } from '../../../faults/fault.ts'

/** Options that mean the same wherever they stand, by their names in commander: for each a variable without the name of a command will do. */
export const SHARED = [
  'json',
  'quiet',
  'plain',
  'debug',
  'nonInteractive',
  'store',
  'as',
  'inventory',
  'lab',
  'waitFor',
  'timeout',
  'metrics',
  'traces',
] as const

/** The variables that stand for an option, the one that counts first: VDISKPREP_RUN_TIMEOUT, VDISKPREP_TIMEOUT. */
export function variablesOf(option: Option, command: Command): readonly string[] {
  const name = option.name().toUpperCase().replaceAll('-', '_')
  const own = `VDISKPREP_${[...pathOf(command), name].join('_').toUpperCase().replaceAll('-', '_')}`
  return (SHARED as readonly string[]).includes(option.attributeName()) ? [own, `VDISKPREP_${name}`] : [own]
}

/** The words of a command after the program's name. */
export function pathOf(command: Command): readonly string[] {
  return command.parent === null ? [] : [...pathOf(command.parent), command.name()]
}

/** Where values come from that were not typed. */
export interface OptionSources {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Of the settings file, by the names of commander. */
  readonly settings: Readonly<Record<string, string | boolean>>
}

/** Gives the options of a command that were not typed what variables say, and else the settings file. Throws OPTION_INVALID. */
export function fillOptions(command: Command, { env, settings }: OptionSources): void {
  for (const option of command.options) {
    const name = option.attributeName()
    const source = command.getOptionValueSource(name)
    if (source !== undefined && source !== 'default') continue
    const variable = variablesOf(option, command).find((one) => (env[one] ?? '') !== '')
    const said = variable === undefined ? settings[name] : env[variable]
    if (said === undefined) continue
    const value = valueOf(option, String(said), variable ?? `${name} in the settings`)
    if (value !== undefined) command.setOptionValueWithSource(name, value, variable === undefined ? 'config' : 'env')
  }
}

/** Commander refuses a command without an option that it must have before anything can be filled in: what variables say comes first there. */
export function fillMandatory(command: Command, env: OptionSources['env']): void {
  for (const option of command.options.filter(({ mandatory }) => mandatory)) {
    const variable = variablesOf(option, command).find((one) => (env[one] ?? '') !== '')
    if (variable !== undefined) command.setOptionValueWithSource(option.attributeName(), env[variable], 'env')
  }
  for (const child of command.commands) fillMandatory(child, env)
}

const YES = ['1', 'true', 'yes', 'on']
const NO = ['0', 'false', 'no', 'off']

function valueOf(option: Option, text: string, from: string): unknown {
  const word = text.toLowerCase()
  if (!option.required && [...YES, ...NO].includes(word)) return YES.includes(word) ? true : undefined
  if (option.isBoolean()) throw new Fault('OPTION_INVALID', { option: from, value: text, expected: 'true or false' })
  try {
    if (option.parseArg !== undefined) return option.parseArg(text, undefined as never)
    return option.variadic ? text.split(',').map((one) => one.trim()) : text
  } catch (thrown) {
    if (thrown instanceof Fault) throw thrown
    const expected = option.argChoices === undefined ? option.description : `one of: ${option.argChoices.join(', ')}`
    throw new Fault('OPTION_INVALID', { option: from, value: text, expected }, thrown)
  }
}
