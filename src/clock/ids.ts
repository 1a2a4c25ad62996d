import { randomBytes, randomInt } from 'node:crypto'
import { hostname } from 'node:os'
import type { Ids } from '../engine/ports/clock.ts'

/** No vowels (no words by accident) and nothing that is mistaken for another character. */
const ALPHABET = '23456789bcdfghjkmnpqrstvwxz'

/** Names drawn at random: a run's is five characters, short enough to type and to say. */
export const randomIds: Ids = {
  run: () => Array.from({ length: 5 }, () => ALPHABET[randomInt(ALPHABET.length)]).join(''),
  owner: () => `${hostname()}/${String(process.pid)}/${randomBytes(6).toString('hex')}`,
  gone: (owner) => {
    const [host, pid] = owner.split('/')
    return host === hostname() && pid !== String(process.pid) && !runs(Number(pid))
  },
}

/** Whether a process of this number runs; one that may not be signalled does. */
function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
