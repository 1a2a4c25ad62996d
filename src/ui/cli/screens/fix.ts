import { hanging } from './wrap.ts'

/** What to do about a finding, one way after the other. A command is never broken, so that it can be copied: where it does not fit, the host
 *  it is for stands on a line of its own and the command below it. */
export function fixLines(remedy: readonly string[], width: number): readonly string[] {
  return remedy.flatMap((line, at) => {
    const head = at === 0 ? 'Fix  ' : '     '
    const [, host, command] = /^(on [^:]+:) (.+)$/.exec(line) ?? []
    const whole = `${head}${line}`
    if (whole.length <= width || line.startsWith('vdiskprep ')) return [whole]
    if (host !== undefined && command !== undefined) return [`${head}${host}`, `       ${command}`]
    return hanging(head, line, width, 7)
  })
}
