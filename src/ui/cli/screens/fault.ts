import type { FaultRecord } from '../../../faults/fault.ts'
import { describeFault } from '../../../faults/table.ts'
import type { Terminal } from '../terminal.ts'

/** A fault as a person reads it: what was found, what it means for the vDisk, what to type. `run` fills commands that name it. */
export function faultLines(fault: FaultRecord, run: string | null, terminal: Pick<Terminal, 'paint'>): readonly string[] {
  const text = describeFault(fault.code, { run: run ?? '<run>', ...fault.details })
  const [first, ...others] = text.remedy
  return [
    `${terminal.paint('bad', fault.code)}  ${text.says}`,
    `  ${text.effect}`,
    ...(first === undefined ? [] : [`  Next:  ${first}`]),
    ...others.map((line) => `         ${line}`),
  ]
}
