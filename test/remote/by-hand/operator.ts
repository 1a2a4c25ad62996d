import type { HandHost, Hands } from '../../../src/engine/ports/by-hand.ts'
import type { FaultRecord } from '../../../src/faults/fault.ts'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Somebody who does nothing but type the printed line on each host, and mark a host that is off. */
export function operator(
  folder: string,
  type: (host: string, line: string) => Promise<unknown>,
  sees: (hosts: readonly HandHost[]) => 'works' | 'rests' = () => 'works',
) {
  const leaving = new AbortController()
  const wrong: FaultRecord[] = []
  const screens: (readonly HandHost[])[] = []
  const typed: string[] = []
  const busy = new Set<string>()
  let paste: (line: string) => void = () => undefined
  let idle = false
  const walk = async (host: string): Promise<void> => {
    const asked = screens.at(-1)?.find((one) => one.host === host)
    if (asked === undefined || busy.has(host) || idle) return
    busy.add(host)
    typed.push(asked.type)
    const end = await type(host, asked.type)
    if (end === null) await writeFile(join(folder, host, 'off.txt'), '')
    busy.delete(host)
    // What was asked while the line ran waits for the next one.
    const last = asked.questions.at(-1)?.n ?? 0
    if (screens.at(-1)?.some((one) => one.host === host && one.questions.some(({ n }) => n > last)) === true) await walk(host)
  }
  const hands: Hands = {
    folder,
    there: folder,
    leaving: leaving.signal,
    waiting(hosts) {
      screens.push(hosts)
      if (sees(hosts) === 'rests') idle = true
      for (const { host } of hosts) void walk(host)
    },
    wrong: (fault) => void wrong.push(fault),
    listen: (take) => {
      paste = take
    },
  }
  return {
    hands,
    wrong,
    screens,
    typed,
    leaving,
    /** Rests from now on, or goes on. */
    rest(is: boolean) {
      idle = is
      for (const { host } of screens.at(-1) ?? []) void walk(host)
    },
    type: (line: string) => paste(line),
  }
}
