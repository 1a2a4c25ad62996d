import { randomBytes, randomInt } from 'node:crypto'
import type { Ids } from '../engine/ports/clock.ts'

/** No vowels (no words by accident) and nothing that is mistaken for another character. */
const ALPHABET = '23456789bcdfghjkmnpqrstvwxz'

/** Names drawn at random: a run's is five characters, short enough to type and to say. */
export const randomIds: Ids = {
  run: () => Array.from({ length: 5 }, () => ALPHABET[randomInt(ALPHABET.length)]).join(''),
  owner: () => `${String(process.pid)}-${randomBytes(6).toString('hex')}`,
}
