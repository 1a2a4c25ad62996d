import { Box, render, Text, useInput, useWindowSize, type Instance } from 'ink'
import { createElement, memo, useSyncExternalStore, type ReactElement } from 'react'
import type { Terminal } from '../cli/terminal.ts'
import type { Key } from './asking.ts'
import { painted, type Line } from './line.ts'
import type { Size } from './screen.ts'

/** What the component draws and where its keys go. `version` grows with every frame that would differ. */
export interface Source {
  readonly subscribe: (changed: () => void) => () => void
  readonly version: () => number
  readonly frame: (size: Size) => readonly Line[]
  readonly press: (key: Key) => void
}

/** Shows a source on this process's terminal, on a screen of its own that goes away with it. `keys`: somebody can press some. */
export function showApp(source: Source, paint: Terminal['paint'], keys: boolean): Instance {
  return render(createElement(LiveApp, { source, paint, keys }), {
    alternateScreen: true,
    incrementalRendering: true,
    interactive: true,
    exitOnCtrlC: false,
    patchConsole: false,
    maxFps: 10,
  })
}

/** It draws the lines that its source gives for the size of the terminal, and nothing of its own. */
function LiveApp({ source, paint, keys }: { source: Source; paint: Terminal['paint']; keys: boolean }): ReactElement {
  const { columns, rows } = useWindowSize()
  useSyncExternalStore(source.subscribe, source.version)
  useInput((text, key) => source.press(keyOf(text, key)), { isActive: keys })
  // The last column and row stay free: an old console scrolls when its last cell is written.
  const lines = source.frame({ columns: columns - 1, rows: rows - 1 })
  return createElement(
    Box,
    { flexDirection: 'column', width: columns },
    ...lines.map((line, row) => createElement(Row, { key: row, text: painted(line, { paint }) })),
  )
}

/** A line that has not changed costs nothing. */
const Row = memo(({ text }: { readonly text: string }) => createElement(Text, { wrap: 'truncate' }, text === '' ? ' ' : text))

interface InkKey {
  readonly upArrow: boolean
  readonly downArrow: boolean
  readonly return: boolean
  readonly escape: boolean
  readonly backspace: boolean
  readonly delete: boolean
  readonly ctrl: boolean
  readonly meta: boolean
}

function keyOf(text: string, key: InkKey): Key {
  if (key.ctrl) return { text: '', name: text === 'c' ? 'ctrl-c' : null }
  if (key.return) return { text: '', name: 'enter' }
  if (key.escape) return { text: '', name: 'escape' }
  if (key.backspace || key.delete) return { text: '', name: 'backspace' }
  if (key.upArrow) return { text: '', name: 'up' }
  if (key.downArrow) return { text: '', name: 'down' }
  return { text: key.meta ? '' : text, name: null }
}
