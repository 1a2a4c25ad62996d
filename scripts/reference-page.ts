/** A JSON Schema as far as our files use it. */
interface Schema {
  readonly type?: string | readonly string[]
  readonly title?: string
  readonly description?: string
  readonly default?: unknown
  readonly examples?: readonly unknown[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: Schema | boolean
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
}

interface Row {
  readonly path: string
  readonly schema: Schema
  /** Another path that has the same fields. */
  readonly as: string | undefined
}

/** What the page knows beside the schema: words for patterns, and names that stand for each other (the steps). */
export interface PageWords {
  readonly patterns: ReadonlyMap<string, string>
  readonly steps: readonly string[]
}

/** One file's fields as Markdown: a table for each block, in the order of the schema. */
export function referenceSection(schema: object, words: PageWords): string {
  const rows = rowsOf('', schema, words, new Map())
  const tables = new Map<string, Row[]>()
  for (const row of rows) {
    const parent = row.path.includes('.') ? row.path.slice(0, row.path.lastIndexOf('.')) : ''
    tables.set(parent, [...(tables.get(parent) ?? []), row])
  }
  return [...tables].map(([parent, own]) => table(parent, own, rows, words)).join('\n')
}

function table(parent: string, rows: readonly Row[], all: readonly Row[], words: PageWords): string {
  const block = all.find(({ path }) => path === parent)
  const head = parent === '' ? '### Top of the file' : `### \`${parent}\``
  const intro = block?.schema.description === undefined ? '' : `\n${block.schema.description}\n`
  const lines = rows.map(({ path, schema, as }) => {
    const form = as === undefined ? formOf(schema, words) : `as \`${as}\``
    const name = path.slice(path.lastIndexOf('.') + 1)
    return `| \`${name}\` | ${cell(form)} | ${cell(defaultOf(schema))} | ${cell(schema.description ?? '')} |`
  })
  return `${head}\n${intro}\n| key | form | default | meaning |\n|---|---|---|---|\n${lines.join('\n')}\n`
}

/** Every named field below a schema; `<name>` stands for a key that the file chooses, `<step>` for each step, `[]` for each entry of a
 *  list. Fields that stand in several places are written out at the first one. */
function rowsOf(path: string, schema: Schema, words: PageWords, seen: Map<string, string>): readonly Row[] {
  const below = (name: string) => (path === '' ? name : `${path}.${name}`)
  const again = (one: Schema, at: string) => {
    const shape = JSON.stringify({ ...one, description: null })
    const first = seen.get(shape)
    if (one.properties ?? one.items ?? one.anyOf) seen.set(shape, first ?? at)
    return first
  }
  const named = namesOf(schema, words).flatMap(([name, one]) => {
    const as = again(one, below(name))
    const row = { path: below(name), schema: one, as: (one.properties ?? one.items?.properties) ? as : undefined }
    return as === undefined ? [row, ...rowsOf(row.path, one, words, seen)] : [row]
  })
  const inList = schema.items && path !== 'vdisks' ? rowsOf(`${path}[]`, schema.items, words, seen) : []
  const free =
    typeof schema.additionalProperties === 'object' ? rowsOf(below('<name>'), schema.additionalProperties, words, seen) : []
  const either = (schema.anyOf ?? []).flatMap((one) => rowsOf(path, one, words, seen))
  return [...named, ...inList, ...free, ...either]
}

function namesOf(schema: Schema, words: PageWords): readonly [string, Schema][] {
  const entries = Object.entries(schema.properties ?? {})
  const [first] = entries.filter(([name]) => words.steps.includes(name))
  if (first === undefined || !words.steps.every((step) => entries.some(([name]) => name === step))) return entries
  const others = entries.filter(([name]) => !words.steps.includes(name))
  return [...others, ['<step>', { ...first[1], description: 'Each step by its name, see the steps below.' }]]
}

function formOf(schema: Schema, words: PageWords): string {
  if (schema.anyOf) return schema.anyOf.map((one) => formOf(one, words)).join(' or ')
  if (schema.enum) return schema.enum.map((one) => `\`${String(one)}\``).join(', ')
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const).replaceAll('"', '')}\``
  if (schema.items) return `list of ${formOf(schema.items, words)}`
  if (schema.properties) return 'block'
  if (typeof schema.additionalProperties === 'object') return `names with ${formOf(schema.additionalProperties, words)} each`
  const known = schema.pattern === undefined ? undefined : words.patterns.get(schema.pattern)
  if (known !== undefined) return known
  if (schema.type === 'integer' && (schema.maximum ?? Infinity) < 1e9) return `${schema.minimum ?? 0} to ${schema.maximum ?? ''}`
  const word = { string: 'text', boolean: 'true or false', integer: 'a whole number', number: 'a number' }
  return withExample(
    [schema.type ?? '']
      .flat()
      .map((type) => word[type as keyof typeof word])
      .join(' or '),
    schema,
  )
}

function withExample(form: string, schema: Schema): string {
  const example = schema.examples?.[0]
  return example === undefined ? form : `${form}, such as \`${typeof example === 'string' ? example : JSON.stringify(example)}\``
}

function defaultOf(schema: Schema): string {
  if (schema.default === undefined) return ''
  return `\`${typeof schema.default === 'string' ? schema.default : JSON.stringify(schema.default)}\``
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}
