import { z } from 'zod'
import type { Agents } from '../../../scripts/agents/agents.ts'
import { operations, type OperationName } from '../../../src/wire/operations/catalogue.ts'
import { either, returnedBy, type Shape } from './shapes.ts'

type Schema = z.core.JSONSchema.JSONSchema

/** How the facts of an operation compare with what its function returns. */
export interface Compared {
  /** In words: a field too many or too few, a table where none may be. */
  readonly wrong: readonly string[]
  /** Places of objects that were compared field by field. */
  readonly compared: readonly string[]
  /** Places of objects of which nothing can be told without running the function. */
  readonly open: readonly string[]
}

/** Compares the contract's facts with the tables that the function and all below it build. */
export function comparedFacts(agents: Agents, op: OperationName): Compared {
  const found = { wrong: new Set<string>(), compared: new Set<string>(), open: new Set<string>() }
  compare(z.toJSONSchema(operations[op].facts, { io: 'output' }), returnedBy(agents, op), op, found)
  const sorted = (texts: ReadonlySet<string>) => [...texts].sort()
  return { wrong: sorted(found.wrong), compared: sorted(found.compared), open: sorted(found.open) }
}

function compare(schema: Schema, shape: Shape, at: string, found: Record<keyof Compared, Set<string>>): void {
  const forms = variants(schema)
  const objects = forms.filter((one) => one.type === 'object' && one.properties !== undefined)
  if (objects.length === 0) {
    if (shape.tables.length > 0 && !forms.some((one) => one.type === 'object' || one.type === undefined))
      found.wrong.add(`${at}: a table`)
    return
  }
  if (shape.any) found.open.add(at)
  else if (shape.tables.length === 0 && objects.length === forms.length) found.wrong.add(`${at}: no table`)
  for (const table of shape.tables)
    if (!objects.some((form) => fits(form, table))) found.wrong.add(`${at}: fields ${[...table.keys()].sort().join(', ')}`)
  for (const form of objects) {
    const tables = shape.tables.filter((table) => fits(form, table))
    if (tables.length > 0) compareFields(form, tables, at, found)
    else if (!shape.any && form.properties?.['unknown'] === undefined)
      found.wrong.add(
        `${at}: nothing with ${Object.keys(form.properties ?? {})
          .sort()
          .join(', ')}`,
      )
  }
}

function compareFields(form: Schema, tables: Shape['tables'], at: string, found: Record<keyof Compared, Set<string>>): void {
  found.compared.add(at)
  for (const [name, inner] of Object.entries(form.properties ?? {})) {
    const fields = tables.flatMap((table) => table.get(name) ?? [])
    if (fields.length === 0) found.wrong.add(`${at}.${name}: never there`)
    if (form.required?.includes(name) === true && fields.some(({ always }) => !always))
      found.wrong.add(`${at}.${name}: not always there`)
    if (typeof inner !== 'boolean' && fields.length > 0)
      compare(inner, either(fields.map(({ shape }) => shape)), `${at}.${name}`, found)
  }
}

/** Whether a table with these keys can be an object of this form: none strange, none that is required left out. */
function fits(form: Schema, table: Shape['tables'][number]): boolean {
  const keys = [...table.keys()]
  const known = Object.keys(form.properties ?? {})
  return keys.every((key) => known.includes(key)) && (form.required ?? []).every((key) => keys.includes(key))
}

/** Every form a value may have, lists as their elements. */
function variants(schema: Schema): readonly Schema[] {
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap((one) => variants(one))
  if (schema.type === 'array')
    return schema.items === undefined || typeof schema.items === 'boolean' ? [schema] : variants(schema.items as Schema)
  return [schema]
}
