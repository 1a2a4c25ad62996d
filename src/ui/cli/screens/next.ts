import type { Terminal } from '../terminal.ts'
import { asTyped } from './as-typed.ts'
import { hanging } from './wrap.ts'

/** Something to type or to do, and what it is for. */
export interface Way {
  readonly type: string
  readonly for: string
}

/** What a person can do next, one way after the other, with the options that the next command needs as well. A command stays on one line, so that it can be copied. */
export function nextLines(ways: readonly Way[], screen: Pick<Terminal, 'width' | 'said'>): readonly string[] {
  return ways.flatMap((way, at) => {
    const head = at === 0 ? '  Next:  ' : '         '
    const [type, aim] = [asTyped(way.type, screen.said), way.for]
    const line = `${head}${type}`
    const beside = aim === '' ? line : `${line}   ${aim}`
    if (beside.length <= screen.width) return [beside]
    const typed = type.startsWith('vdiskprep ') ? [line] : hanging(head, type, screen.width)
    return aim === '' ? typed : [...typed, ...hanging(' '.repeat(13), aim, screen.width)]
  })
}
