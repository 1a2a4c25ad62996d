import { begin } from './0001-begin.ts'
import { openEffects } from './0002-open-effects.ts'
import { runKeys } from './0003-run-keys.ts'

/** Every step of the schema in order; position n leads to schema n + 1. Only ever appended to. */
export const migrations: readonly string[] = [begin, openEffects, runKeys]
