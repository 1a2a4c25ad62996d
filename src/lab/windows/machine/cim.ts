import { SurfaceError, type Bench } from '../surface.ts'
import type { Cell, CimQuestion, CimRow, Windows } from '../windows.ts'

/** What Invoke-CimMethod asks for; `id` is the ID property of the instance. */
export interface CimCall {
  readonly class: string
  readonly id: string | null
  readonly method: string
  readonly arguments: Readonly<Record<string, unknown>>
}

/** WBEM_E_INVALID_CLASS. */
const INVALID_CLASS = '0x80041010'

/** The instances of a class that a filter leaves, with the properties asked for. A class, property or form of filter that the lab does not
 *  know is unmodelled. */
export async function cimInstances<D extends Bench>(windows: Windows<D>, desk: D, question: CimQuestion): Promise<CimRow[]> {
  const namespace = question.namespace.replaceAll('\\', '/').toLowerCase()
  const full = namespace === 'root/cimv2' ? question.class : `${namespace}:${question.class}`
  const name = Object.keys(windows.cim).find((one) => one.toLowerCase() === full.toLowerCase())
  const read = name === undefined ? undefined : windows.cim[name]
  if (read === undefined) throw new SurfaceError('unmodelled', `the class ${full}`)
  const rows = await read(desk, question)
  if (rows === null) throw new SurfaceError('cim', 'Invalid class', INVALID_CLASS)
  const kept = rows.filter(filterOf(question))
  const { property } = question
  return property === null ? kept : kept.map((row) => Object.fromEntries(property.map((one) => [one, cell(row, one, question)])))
}

/** What a method of an instance gives back. */
export async function cimMethod<D extends Bench>(windows: Windows<D>, desk: D, call: CimCall): Promise<unknown> {
  const method = windows.methods[`${call.class}.${call.method}`]
  if (method === undefined) throw new SurfaceError('unmodelled', `the method ${call.class}.${call.method}`)
  return (await method(desk, call.arguments, call.id)) ?? { ReturnValue: 0 }
}

function filterOf(question: CimQuestion): (row: CimRow) => boolean {
  const clauses = question.filter === null ? [] : question.filter.split(/\s+AND\s+/i).map((text) => clauseOf(text, question))
  return (row) => clauses.every((holds) => holds(row))
}

/** One comparison of WQL: name = 'text' (a backslash stands there twice), name = 1, name = TRUE, name IS [NOT] NULL. */
function clauseOf(text: string, question: CimQuestion): (row: CimRow) => boolean {
  const found = /^(\w+)\s*(?:=\s*(?:'([^']*)'|(\d+)|(TRUE|FALSE))|(IS(?:\s+NOT)?)\s+NULL)$/i.exec(text.trim())
  const [, name = '', literal, digits, word, is] = found ?? []
  if (found === null) throw new SurfaceError('unmodelled', `the filter ${text} on ${question.class}`)
  if (is !== undefined) return (row) => (cell(row, name, question) === null) === /^IS$/i.test(is)
  if (word !== undefined) return (row) => cell(row, name, question) === (word.toUpperCase() === 'TRUE')
  const wanted = (digits ?? literal ?? '').replaceAll('\\\\', '\\').toLowerCase()
  return (row) => {
    const found = cell(row, name, question)
    return (typeof found === 'object' ? JSON.stringify(found) : String(found)).toLowerCase() === wanted
  }
}

function cell(row: CimRow, name: string, question: CimQuestion): Cell {
  const own = Object.keys(row).find((one) => one.toLowerCase() === name.toLowerCase())
  const value = own === undefined ? undefined : row[own]
  if (value === undefined) throw new SurfaceError('unmodelled', `the property ${name} of ${question.class}`)
  return value
}
