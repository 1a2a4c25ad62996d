import { compose, type Composition } from '../compose.ts'
import { Fault, faultOf } from '../faults/fault.ts'
import { describeFault } from '../faults/table.ts'
import type { Terminal } from '../ui/cli/terminal.ts'
import { VERSION } from '../version.ts'
import type { Place } from './contract.ts'
import { VdiskprepError } from './vdiskprep-error.ts'

/** Does what a command does, without a terminal: nobody is asked, and what it prints as JSON is given to `hears`, line by line. Rejects
 *  with a VdiskprepError. */
export async function speaking<T>(
  place: Place,
  hears: (line: unknown) => void,
  work: (composition: Composition, terminal: Terminal) => Promise<T>,
): Promise<T> {
  const terminal: Terminal = {
    width: 80,
    interactive: false,
    attended: false,
    out: (text) => hears(JSON.parse(text)),
    err: () => undefined,
    paint: (_, text) => text,
  }
  const composition = compose(VERSION, place.env ?? process.env, { attended: false })
  try {
    return await work(composition, terminal)
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown
    const { code, details } = faultOf(thrown)
    throw new VdiskprepError({ code, details, ...describeFault(code, details) }, thrown)
  } finally {
    await composition.diary.close()
  }
}

/** Options that every command takes from a place. */
export function placed({ store, inventory, as, signal = NEVER }: Place) {
  return {
    json: true,
    signal,
    ...(store === undefined ? {} : { store }),
    ...(inventory === undefined ? {} : { inventory }),
    ...(as === undefined ? {} : { as }),
  }
}

const NEVER = new AbortController().signal
