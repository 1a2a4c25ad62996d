type Scalar = string | number | boolean | null

/** The most of one text that a receipt keeps. */
const LONGEST = 1024

/** The scalar facts of an act's answer, one level deep below objects, as a receipt keeps them: `successLine`, `program.exitCode`. */
export function scalarsOf(facts: unknown): Record<string, Scalar> {
  const found: Record<string, Scalar> = {}
  for (const [name, value] of entriesOf(facts)) {
    if (isScalar(value)) found[name] = kept(value)
    else for (const [inner, deep] of entriesOf(value)) if (isScalar(deep)) found[`${name}.${inner}`] = kept(deep)
  }
  return found
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []
}

function kept(value: Scalar): Scalar {
  return typeof value === 'string' ? value.slice(0, LONGEST) : value
}

function isScalar(value: unknown): value is Scalar {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}
