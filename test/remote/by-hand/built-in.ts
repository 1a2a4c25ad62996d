import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { kmsHost, serverHost, targetHost, type AgentHost } from '../../../src/lab/agent/agent-host.ts'
import { openSession } from '../../../src/lab/agent/session.ts'
import type { Farm } from '../../../src/lab/model/farm.ts'

interface Asked {
  readonly id: string
  readonly host: string
  readonly act: boolean
  readonly lines: readonly string[]
}

/** The hosts of a farm as the lab itself answers for them, for people who have no PowerShell: what Ask.ps1 does with the files of a host,
 *  over the lab's own agents. `typed` resolves with how many it answered, null for a machine that is off. */
export function builtIn(farm: Farm) {
  const hosts = [
    ...farm.servers.map((one) => serverHost(farm, one)),
    ...farm.devices.map((one) => targetHost(farm, one)),
    kmsHost(farm),
  ]
  const type = async (name: string, line: string): Promise<number | null> => {
    const host = hosts.find((one) => one.name === name)
    if (host === undefined) throw new Error(`no host ${name}`)
    const place = join(folderIn(line), name)
    const open = readdirSync(place)
      .filter((file) => file.endsWith('.request.json'))
      .sort()
    let answered = 0
    for (const file of open) {
      const base = join(place, file.replace(/\.request\.json$/, ''))
      if (!existsSync(`${base}.request.json`) || existsSync(`${base}.answer.json`)) continue
      farm.time.settle()
      if (host.alive() === null) return null
      const asked = JSON.parse(readFileSync(`${base}.request.json`, 'utf8')) as Asked
      const begun = asked.act && existsSync(`${base}.begun`)
      if (asked.act) writeFileSync(`${base}.begun`, '')
      const said = await processOf(host, begun ? asked.lines.slice(0, 1) : asked.lines)
      writeFileSync(`${base}.answer.json`, answerText(asked, said, host.computer))
      answered += 1
    }
    return answered
  }
  return { type }
}

/** The text of an answer as Ask.ps1 writes it. */
export function answerText({ id, host }: Pick<Asked, 'id' | 'host'>, said: readonly string[], computer: string): string {
  const answered = '2026-10-14T08:00:00Z'
  const sha256 = createHash('sha256')
    .update([id, host, computer, answered, ...said].join('\n'))
    .digest('hex')
  return JSON.stringify({ form: 1, id, host, computer, answered, lines: said, sha256 })
}

/** A nonce of nobody's question. */
export const strangeId = () => randomBytes(16).toString('hex')

function folderIn(line: string): string {
  const file = /-File "?(.+?)[\\/]ask\.ps1/.exec(line)?.[1]
  if (file === undefined) throw new Error(`it starts no ask.ps1: ${line}`)
  return file
}

/** One process that is given all of its lines at once: what it printed, without noise. */
function processOf(host: AgentHost, lines: readonly string[]): Promise<string[]> {
  return new Promise((resolve) => {
    let said = ''
    const end = () => resolve(said.split('\n').filter((line) => /^VDP[ -]/.test(line)))
    const session = openSession(host, {
      send: (text) => {
        said += text
      },
      complain: () => undefined,
      exit: end,
      breakLink: end,
    })
    for (const line of lines) session.line(line)
    session.eof()
  })
}
