import { z } from 'zod'
import { isAnsweredBy, operations, type OperationName, type Role } from '../../src/wire/operations/catalogue.ts'
import type { ParsedFile, ParsedFunction } from './parsed.ts'

type Schema = z.core.JSONSchema.JSONSchema

/** The operations that a host of this role answers, by the contract. */
export function contractOf(role: Role): readonly OperationName[] {
  return (Object.keys(operations) as OperationName[]).filter((op) => isAnsweredBy(op, role))
}

/** Where the functions of a role and the contract differ, in words: a missing function, a parameter too many or too few, a wrong type. */
export function differences(role: Role, files: readonly ParsedFile[]): string[] {
  const functions = new Map(files.flatMap((file) => file.functions).map((one) => [one.name, one]))
  return contractOf(role).flatMap((op) => {
    const found = functions.get(op)
    return found === undefined ? [`${op}: no such function`] : differenceOf(op, found)
  })
}

/** What the session adds to the arguments of a request where an operation declares it. */
const ADDED = ['fence', 'effect', 'deadlinems']

function differenceOf(op: OperationName, found: ParsedFunction): string[] {
  const wanted = argumentsOf(op)
  const has = new Map(found.parameters.map((one) => [one.name.toLowerCase(), one]))
  const problems: string[] = []
  for (const [name, { schema, always }] of wanted) {
    const parameter = has.get(name.toLowerCase())
    if (parameter === undefined) problems.push(`${op}: no parameter for ${name}`)
    else {
      if (!typesOf(schema).includes(kindOf(parameter.type))) problems.push(`${op} -${parameter.name}: ${parameter.type}`)
      if (mayBeNull(schema) && parameter.mandatory && !parameter.nullable) problems.push(`${op} -${parameter.name}: refuses null`)
      if (always && !parameter.mandatory) problems.push(`${op} -${parameter.name}: is not mandatory`)
    }
  }
  const names = new Set([...wanted.keys()].map((name) => name.toLowerCase()))
  for (const name of has.keys())
    if (!names.has(name) && !ADDED.includes(name)) problems.push(`${op} -${name}: not in the contract`)
  const writer = has.get('fence')?.mandatory === true && has.get('effect')?.mandatory === true
  if (writer !== operations[op].writes) problems.push(`${op}: fence and effect do not fit writes: ${operations[op].writes}`)
  return problems
}

/** Arguments by name; of a union (address or GUID) those of every form. `always` when no form goes without it. */
function argumentsOf(op: OperationName): Map<string, { schema: Schema; always: boolean }> {
  const whole = z.toJSONSchema(operations[op].args, { io: 'input' }) as Schema
  const forms = whole.anyOf ?? [whole]
  const found = new Map<string, { schema: Schema; always: boolean }>()
  for (const form of forms) {
    for (const [name, schema] of Object.entries(form.properties ?? {}) as [string, Schema][]) {
      const always = forms.every((one) => one.required?.includes(name) === true)
      found.set(name, { schema, always })
    }
  }
  return found
}

function variants(schema: Schema): Schema[] {
  if (Array.isArray(schema.type)) return schema.type.map((type) => ({ ...schema, type }))
  return schema.anyOf?.flatMap(variants) ?? [schema]
}

function mayBeNull(schema: Schema): boolean {
  return variants(schema).some((one) => one.type === 'null')
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
    if (one.format === 'date-time') return ['moment']
    return one.pattern?.includes('\\d') === true && !one.pattern.includes('-') ? ['whole'] : ['text', 'guid']
  })
}

function kindOf(type: string): string {
  const plain = /Nullable(?:`1)?\[([^\]]+)\]/.exec(type)?.[1] ?? type
  const last = (plain.split('.').at(-1) ?? plain).toLowerCase()
  if (last.endsWith('[]')) return 'list'
  if (/^(u?int(16|32|64)?|u?long)$/.test(last)) return 'whole'
  if (/^bool/.test(last)) return 'truth'
  return { guid: 'guid', string: 'text', datetime: 'moment', hashtable: 'table' }[last] ?? last
}
