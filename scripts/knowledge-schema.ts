import { z } from 'zod'
import { STEPS } from '../src/workflow/plan.ts'

const text = z.string().trim().min(3)
const cause = z.strictObject({
  cause: text,
  check: z
    .string()
    .regex(/^[a-z]+\.\w+$/)
    .optional(),
  look: text.optional(),
})

const known = {
  means: text,
  steps: z.array(z.enum(STEPS)).min(1),
  causes: z.array(cause).min(1),
  remedy: z.array(text).min(1),
  risk: text,
  sources: z.array(text).min(1),
  unproven: text.optional(),
}

/** One entry of the knowledge base, after the error numbers of PVS got what their groups share. */
export const entrySchema = z.strictObject({
  id: z.string().regex(/^(0x[0-9A-F]{8}|PVS \d{1,4}|event \d{1,5}|text [a-z0-9-]+)$/),
  name: text.optional(),
  says: z.array(text),
  ...known,
  see: z.array(text).min(1).optional(),
  outer: z.literal(true).optional(),
  generic: z.literal(true).optional(),
})

/** One switch of slmgr.vbs or ospp.vbs. */
export const switchSchema = z.strictObject({
  tool: z.enum(['slmgr', 'ospp', 'ospprearm']),
  switch: z.string().regex(/^(\/[a-z-]+|ospprearm\.exe)$/),
  takes: z.string(),
  does: text,
  releases: text,
  on: z.enum(['any', 'host', 'forest']),
  elevated: z.boolean(),
  answers: z.string(),
  instead: text,
  sources: z.array(text).min(1),
  trap: text.optional(),
})
