import type { Terminal } from '../cli/terminal.ts'
import type { Key } from './asking.ts'
import type { Desk } from './desk.ts'
import type { Size } from './screen.ts'

/** A live view on the terminal. */
export interface Mounted {
  /** Gives the terminal back as it was: cursor, screen, and how keys are read. */
  close(): Promise<void>
  /** The same at once, for a process that ends now. */
  drop(): void
}

/** Frames that follow each other sooner than this are drawn as one. Milliseconds. */
const FRAME_MS = 100
const TICK_MS = 1000

/** Shows a desk on this process's terminal until it is closed. Ink and React are loaded here, by a command that shows something live. */
export async function mount(desk: Desk, terminal: Terminal): Promise<Mounted> {
  const { showApp } = await import('./app.ts')
  let version = 0
  let due: NodeJS.Timeout | null = null
  const listeners = new Set<() => void>()
  const draw = () => {
    due = null
    version += 1
    for (const changed of listeners) changed()
  }
  desk.onChange(() => {
    due ??= setTimeout(draw, FRAME_MS)
  })
  const source = {
    subscribe: (changed: () => void) => {
      listeners.add(changed)
      return () => void listeners.delete(changed)
    },
    version: () => version,
    frame: (size: Size) => desk.frame(size),
    press: (key: Key) => {
      desk.press(key)
      if (due !== null) clearTimeout(due)
      draw()
    },
  }
  const shown = showApp(source, (style, text) => terminal.paint(style, text), process.stdin.isTTY)
  const ticking = setInterval(draw, TICK_MS)
  const drop = () => {
    clearInterval(ticking)
    if (due !== null) clearTimeout(due)
    shown.unmount()
  }
  return {
    drop,
    close: async () => {
      drop()
      await shown.waitUntilExit()
      shown.cleanup()
    },
  }
}
