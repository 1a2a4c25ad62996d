import { z } from 'zod'
import type { Agents } from '../../scripts/agents/agents.ts'
import type { AgentFunction, AgentParameter } from '../../scripts/agents/functions.ts'
import { operationsOf } from '../../scripts/agents/reach.ts'
import { operations, type OperationName, type Role } from '../../src/wire/operations/catalogue.ts'

type Schema = z.core.JSONSchema.JSONSchema

/** Where the functions of a role and the contract differ, in words: a missing function, a parameter too many or too few, a wrong type, values
 *  that are not those of the contract. */
export function differences(role: Role, agents: Agents): string[] {
  return operationsOf(role).flatMap((op) => {
    const found = agents.functions.get(op)
    return found === undefined ? [`${op}: no such function`] : differenceOf(op, found)
  })
}

/** What the session adds to the arguments of a request where an operation declares it. */
const ADDED = ['fence', 'effect', 'deadlinems']

function differenceOf(op: OperationName, found: AgentFunction): string[] {
  const wanted = argumentsOf(op)
  const has = new Map(found.parameters.map((one) => [(one.aliases[0] ?? one.name).toLowerCase(), one]))
  const problems = [...wanted].flatMap(([name, argument]) => {
    const parameter = has.get(name.toLowerCase())
    return parameter === undefined
      ? [`${op}: no parameter for ${name}`]
      : problemsOf(parameter, argument).map((one) => `${op} -${parameter.name}: ${one}`)
  })
  const names = new Set([...wanted.keys()].map((name) => name.toLowerCase()))
  const strange = [...has.keys()].filter((name) => !names.has(name) && !ADDED.includes(name))
  const writer = ['fence', 'effect'].every((name) => (has.get(name)?.mandatory.length ?? 0) > 0)
  return [
    ...problems,
    ...strange.map((name) => `${op} -${name}: not in the contract`),
    ...(writer === operations[op].writes ? [] : [`${op}: fence and effect do not fit writes: ${operations[op].writes}`]),
  ]
}

interface Argument {
  readonly schema: Schema
  /** No form of the arguments goes without it. */
  readonly always: boolean
}

function problemsOf(parameter: AgentParameter, { schema, always }: Argument): string[] {
  const { type, mandatory, nullable, values } = parameter
  const wanted = valuesOf(schema)
  const nothing = variants(schema).some((one) => one.type === 'null')
  const holdsNull = /^Nullable\[/.test(type) || ['string', 'hashtable'].includes(type.toLowerCase())
  return [
    ...(typesOf(schema).includes(kindOf(type)) ? [] : [`is a ${type}`]),
    ...(nothing && (!holdsNull || (mandatory.length > 0 && !nullable)) ? ['refuses null'] : []),
    ...(always && mandatory.length === 0 ? ['is not mandatory'] : []),
    ...(wanted.join() === [...values].sort().join() ? [] : [`takes ${values.join(', ')} instead of ${wanted.join(', ')}`]),
  ]
}

/** Arguments by name; of a union (address or GUID) those of every form. */
function argumentsOf(op: OperationName): ReadonlyMap<string, Argument> {
  const whole = z.toJSONSchema(operations[op].args, { io: 'input' }) as Schema
  const forms = whole.anyOf ?? [whole]
  const named = forms.flatMap((form) => Object.entries(form.properties ?? {}) as [string, Schema][])
  return new Map(
    named.map(([name, schema]) => [name, { schema, always: forms.every((one) => one.required?.includes(name) === true) }]),
  )
}

function variants(schema: Schema): Schema[] {
  if (Array.isArray(schema.type)) return schema.type.map((type) => ({ ...schema, type }))
  return schema.anyOf?.flatMap(variants) ?? [schema]
}

/** The words that the contract allows, of a list those of its elements; none when any will do. */
function valuesOf(schema: Schema): readonly string[] {
  const forms = variants(schema).flatMap((one) =>
    one.items === undefined || typeof one.items === 'boolean' ? [one] : variants(one.items as Schema),
  )
  return forms.flatMap((one) => (one.enum ?? []).filter((value) => typeof value === 'string')).sort()
}

/** Kinds of parameter that take what the schema allows. */
function typesOf(schema: Schema): string[] {
  return variants(schema).flatMap((one) => {
    if (one.type === 'null') return []
    if (one.type === 'integer' || typeof one.const === 'number') return ['whole']
    if (one.type === 'boolean') return ['truth']
    if (one.type === 'array') return ['list']
    if (one.type === 'object') return ['table']
    if (one.format === 'uuid' || one.format === 'guid') return ['guid']
    if (one.format === 'date-time') return ['moment', 'text']
    return one.pattern?.includes('\\d') === true && !one.pattern.includes('-') ? ['whole'] : ['text', 'guid']
  })
}

function kindOf(type: string): string {
  const plain = /^Nullable\[([^\]]+)\]$/.exec(type)?.[1] ?? type
  const last = (plain.split('.').at(-1) ?? plain).toLowerCase()
  if (last.endsWith('[]')) return 'list'
  if (/^(u?int(16|32|64)?|u?long)$/.test(last)) return 'whole'
  if (/^bool/.test(last)) return 'truth'
  return { guid: 'guid', string: 'text', datetime: 'moment', hashtable: 'table' }[last] ?? last
}
