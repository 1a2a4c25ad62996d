import { descendants, textOf } from '../../../../scripts/agents/syntax.ts'
import { perFile, type Rule } from './rule.ts'

/** What holds something of the host until it is given back. */
const OPENS =
  /^New-Object System\.(IO\.FileStream|Threading\.Mutex|Net\.Sockets\.\w+|Security\.Principal\.WindowsIdentity)\b|^\[System\.Diagnostics\.Process\]::Start\(|\.CreateSubKey\(/

/** A file, a lock, a socket, a process, a key: who opens it closes it in a `finally`; and the debug right is given back in one. */
export const closesOpened: Rule = perFile(({ tree }) => {
  const last = descendants(tree, 'finally_clause').map(textOf)
  const opened = descendants(tree, 'assignment_expression').flatMap((one) => {
    const [left, , right] = one.children.map(textOf)
    if (left === undefined || right === undefined || !OPENS.test(right)) return []
    const closed = last.some((text) => ['Dispose', 'Close'].some((word) => text.includes(`${left}.${word}()`)))
    return closed ? [] : [[one, `${left} is opened and not closed in a finally`] as const]
  })
  const given = last.some((text) => text.includes('::LeaveDebugMode()'))
  const taken = descendants(tree, 'member_name').filter((one) => textOf(one) === 'EnterDebugMode' && !given)
  return [...opened, ...taken.map((one) => [one, 'the debug right is taken and not given back in a finally'] as const)]
})
