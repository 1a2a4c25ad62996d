import { open } from 'node:fs/promises'
import { Fault } from '../../../faults/fault.ts'
import type { Batch } from '../../../kms/batch.ts'
import { NoEvents, readEvents, type Unreadable } from '../../../kms/read-events.ts'

/** Bytes of one piece: one buffer is used again and again, so that a large file costs no memory. */
const PIECE = 65_536

const IS: Readonly<Record<Unreadable, string>> = {
  evtx: 'a log in the binary form of Windows, which only Windows can read',
  clixml: 'a list of objects as Export-Clixml writes it',
  empty: 'empty',
  other: 'neither XML nor a table',
}

/** The events of a file, `-` for what comes on stdin. Rejects with KMS_EVENTS_FORM or FILE_NOT_READ. */
export async function* eventsOfFile(file: string): AsyncGenerator<Batch> {
  try {
    yield* readEvents(file === '-' ? 'stdin' : file, file === '-' ? process.stdin : bytesOf(file))
  } catch (thrown) {
    if (thrown instanceof NoEvents) throw new Fault('KMS_EVENTS_FORM', { file, is: IS[thrown.form] }, thrown)
    throw thrown
  }
}

async function* bytesOf(file: string): AsyncGenerator<Uint8Array> {
  const handle = await open(file).catch((thrown: unknown) => {
    throw notRead(file, thrown)
  })
  const buffer = Buffer.allocUnsafeSlow(PIECE)
  try {
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, PIECE).catch((thrown: unknown) => {
        throw notRead(file, thrown)
      })
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await handle.close()
  }
}

function notRead(file: string, thrown: unknown): Fault {
  const code = (thrown as NodeJS.ErrnoException).code
  const why = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : (code ?? String(thrown))
  return new Fault('FILE_NOT_READ', { file, why }, thrown)
}
