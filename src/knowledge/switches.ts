import table from './switches.json' with { type: 'json' }

/** One switch of slmgr.vbs or ospp.vbs: what it does, and what this program does in its place. */
export interface Switch {
  readonly tool: 'slmgr' | 'ospp' | 'ospprearm'
  readonly switch: string
  readonly takes: string
  readonly does: string
  readonly releases: string
  /** Where it acts: a KMS host, the forest, or wherever it is typed. */
  readonly on: 'any' | 'host' | 'forest'
  readonly elevated: boolean
  /** What it prints when it worked; empty where that is not known. */
  readonly answers: string
  readonly instead: string
  readonly sources: readonly string[]
  readonly trap?: string
}

/** Every switch that is known, slmgr first. */
export function allSwitches(): readonly Switch[] {
  return table as readonly Switch[]
}

/** The switches that a command line names (`/ato`, `-ipk`, `cscript ospp.vbs /inpkey:KEY`), of the script it names or of both. */
export function switchesIn(line: string): readonly Switch[] {
  const tool = /ospprearm/i.test(line) ? 'ospprearm' : /ospp/i.test(line) ? 'ospp' : /slmgr/i.test(line) ? 'slmgr' : null
  const words = [...` ${line}`.matchAll(/\s[-/]?([a-z][\w-]*)/gi)].map((match) => (match[1] ?? '').toLowerCase())
  return allSwitches().filter((one) => {
    if (tool !== null && one.tool !== tool) return false
    return one.tool === 'ospprearm' ? tool === 'ospprearm' : words.includes(one.switch.slice(1))
  })
}
