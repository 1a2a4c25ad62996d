import { z } from 'zod'
import type { Path } from './tree-path.ts'

/** The keys that a schema knows at a path; empty where any key may stand or none. */
export function keysAt(schema: z.core.$ZodType, path: Path): readonly string[] {
  return schemasAt(schema, path).flatMap((one) => (one instanceof z.ZodObject ? Object.keys(one.shape) : []))
}

/** Every schema that may stand at a path: several below a union. */
function schemasAt(schema: z.core.$ZodType, path: Path): readonly z.core.$ZodType[] {
  if (schema instanceof z.ZodOptional) return schemasAt(schema.unwrap(), path)
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => schemasAt(option, path))
  const [first, ...rest] = path
  if (first === undefined) return [schema]
  if (schema instanceof z.ZodArray) return schemasAt(schema.element, rest)
  if (schema instanceof z.ZodRecord) return schemasAt(schema.valueType, rest)
  if (!(schema instanceof z.ZodObject) || !Object.hasOwn(schema.shape, first)) return []
  return schemasAt((schema.shape as Record<string, z.core.$ZodType>)[String(first)] ?? z.never(), rest)
}
