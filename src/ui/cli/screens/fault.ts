import type { FaultRecord } from '../../../faults/fault.ts'
import { describeFault } from '../../../faults/table.ts'
import type { Terminal } from '../terminal.ts'
import { nextLines } from './next.ts'
import { hanging } from './wrap.ts'

/** A fault as a person reads it: what was found, what it means for the vDisk, what to type. `run` fills commands that name it. */
export function faultLines(
  fault: FaultRecord,
  run: string | null,
  screen: Pick<Terminal, 'paint' | 'width' | 'said'>,
): readonly string[] {
  const { says, effect, remedy } = describeFault(fault.code, { run: run ?? '<run>', ...fault.details })
  const isOutsideRuns = fault.code === 'HOST_UNREACHABLE' && run === null
  return [
    ...hanging(`${screen.paint('bad', fault.code)}  `, says, screen.width, 2),
    ...hanging('  ', effect, screen.width),
    ...nextLines(
      remedy.map((line) => ({
        type: isOutsideRuns && line.startsWith('vdiskprep resume') ? 'Then repeat the command.' : line,
        for: '',
      })),
      screen,
    ),
  ]
}
