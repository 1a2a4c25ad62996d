import { setTimeout as wait } from 'node:timers/promises'
import type { Stamped } from '../../procedure/fold.ts'
import type { Person } from '../../procedure/events.ts'
import { clock } from '../cli/screens/elapsed.ts'
import type { Terminal } from '../cli/terminal.ts'
import { Desk } from './desk.ts'
import { mount, type Mounted } from './mount.ts'
import { signsOf } from './signs.ts'

/** Times as fast as it happened, where nobody says how fast. */
export const USUAL_SPEED = 60

/** Nobody watches a night of waiting: a longer pause on the screen is cut to this. Milliseconds. */
const LONGEST_MS = 2000

/** Plays a past run on the terminal, `speed` times as fast as it happened. At its end it stands until a key ends it; without a keyboard it
 *  ends there. */
export async function replay(
  lines: readonly Stamped[],
  at: { readonly by: Person; readonly terminal: Terminal; readonly speed: number },
): Promise<void> {
  const [first] = lines
  if (first === undefined) return
  const quit = new AbortController()
  const stop = () => quit.abort()
  for (const signal of SIGNALS) process.on(signal, stop)
  let { speed } = at
  let [now, played] = [first.at, 0]
  const desk = new Desk({
    signs: signsOf(process.env, process.platform),
    at: { role: 'replaying', by: at.by, said: at.terminal.said },
    several: false,
    now: () => now,
    standing: (view) => view.state,
    wants: ({ is }) => {
      if (is === 'faster') speed *= 2
      else if (is === 'slower') speed = Math.max(1, speed / 2)
      else stop()
    },
    banner: () => {
      const end = played === lines.length ? ', at its end' : ''
      return `replay of a past run, ${String(speed)} times as fast: ${clock(now - first.at)}${end}`
    },
  })
  desk.feed(first.run, [first])
  let mounted: Mounted | null = null
  try {
    mounted = await mount(desk, at.terminal)
    for (played = 1; played < lines.length && !quit.signal.aborted; played += 1) {
      const next = lines[played]
      if (next === undefined) break
      const pause = Math.min(LONGEST_MS, (next.at - now) / speed)
      if (pause > 0) await wait(pause, undefined, { signal: quit.signal }).catch(() => undefined)
      now = next.at
      desk.feed(first.run, [next])
    }
    if (process.stdin.isTTY && !quit.signal.aborted)
      await new Promise((resolve) => quit.signal.addEventListener('abort', resolve, { once: true }))
  } finally {
    await mounted?.close()
    for (const signal of SIGNALS) process.off(signal, stop)
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
