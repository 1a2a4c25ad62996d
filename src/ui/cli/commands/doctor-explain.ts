import type { Check } from '../../../diagnosis/check.ts'
import { isNamed, namesOf } from '../../../diagnosis/choice.ts'
import { checks } from '../../../diagnosis/diagnose.ts'
import { Fault } from '../../../faults/fault.ts'
import { nearest } from '../../../workflow/nearest.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { checkLines } from '../screens/check.ts'
import type { Terminal } from '../terminal.ts'

/** `doctor --explain NAMES`: what checks look at and what helps; without a name one line for each. Needs no farm. */
export function explainChecks(name: string | true, json: boolean, terminal: Terminal): ExitCode {
  const names = name === true ? [] : name.split(',')
  refuseUnknownChecks(names)
  const told = name === true ? checks : checks.filter((check) => isNamed(check, names))
  for (const check of told) {
    if (json) terminal.out(JSON.stringify(plain(check)))
    else if (name === true) terminal.out(` ${check.id.padEnd(22)}  ${check.severity}  ${check.title}`)
    else for (const line of checkLines(check, terminal)) terminal.out(line)
  }
  return EXIT.ok
}

/** Throws CHECK_UNKNOWN with every name that no check answers to. */
export function refuseUnknownChecks(names: readonly string[]): void {
  const known = namesOf(checks)
  const strange = names.filter((name) => !known.includes(name))
  if (strange.length === 0) return
  const told = strange.map((name) => {
    const near = nearest(name, known)
    return near === undefined ? name : `${name} (did you mean ${near}?)`
  })
  throw new Fault('CHECK_UNKNOWN', { names: told })
}

function plain({ id, title, group, severity, reads, rule, effect, remedy, byHand, source }: Check) {
  return { id, title, group, severity, reads, rule, effect, remedy, byHand, source }
}
