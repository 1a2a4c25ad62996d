import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'

/** Whether there is a person at this process: a terminal to read from and one to ask on. */
export function isAttended(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY
}

/** Asks for a secret without showing what is typed; null where nobody can be asked. Rejects when the person presses Ctrl-C or Ctrl-D. */
export function askHidden(): ((label: string) => Promise<string>) | null {
  if (!isAttended()) return null
  return async (label) => {
    process.stderr.write(`${label}: `)
    const answer = await readLine(new Writable({ write: (_chunk, _encoding, next) => next() }))
    process.stderr.write('\n')
    return answer
  }
}

/** Asks a question that takes yes or no; anything but a yes is a no. */
export async function askYes(question: string): Promise<boolean> {
  process.stderr.write(`${question} [y/N] `)
  const answer = await readLine(process.stderr).catch(() => 'n')
  return /^y(es)?$/i.test(answer.trim())
}

/** Asks for a line of text; null when the person presses Ctrl-C or Ctrl-D. */
export async function askLine(question: string): Promise<string | null> {
  process.stderr.write(question)
  const answer = await readLine(process.stderr).catch(() => null)
  if (answer === null) process.stderr.write('\n')
  return answer
}

/** The terminal echoes nothing itself while the interface has it in raw mode: `echo` gets what is typed. */
async function readLine(echo: NodeJS.WritableStream): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: echo, terminal: true })
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve)
      lines.once('SIGINT', () => reject(new Error('nothing was typed')))
      lines.once('close', () => reject(new Error('nothing was typed')))
    })
  } finally {
    lines.close()
  }
}
