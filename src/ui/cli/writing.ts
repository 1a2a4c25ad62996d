import { writeFileSync } from 'node:fs'
import { Fault } from '../../faults/fault.ts'

/** Writes a file that a person named; one of an earlier time is replaced. Throws FILE_NOT_WRITTEN. */
export function writeNamed(file: string, text: string): void {
  try {
    writeFileSync(file, text)
  } catch (thrown) {
    throw new Fault('FILE_NOT_WRITTEN', { file, why: (thrown as NodeJS.ErrnoException).code ?? String(thrown) }, thrown)
  }
}
