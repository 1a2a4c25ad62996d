import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { parseAll, readAgentTrees, type AgentFile } from '../../../scripts/agents/agents.ts'
import type { AgentFunction } from '../../../scripts/agents/functions.ts'
import { descendants } from '../../../scripts/agents/syntax.ts'
import { AGENTS_FOLDER, pwshMissing } from '../../fixtures/powershell.ts'
import { constructs } from './constructs.ts'
import { EXAMPLES } from './examples.ts'
import { APPROVED_VERBS } from './rules/form.ts'

interface ToldHelp {
  readonly synopsis: string
  readonly description: string
  readonly outputs: string
  readonly notes: string
  readonly examples: readonly unknown[]
  readonly parameters: readonly string[]
}

interface Told {
  readonly name: string
  readonly help: ToldHelp | null
  readonly binding: boolean
  readonly parameters: readonly { readonly values: readonly (string | number)[] }[]
}

interface Said {
  readonly version: string
  readonly verbs: readonly string[]
  readonly aliases: readonly string[]
  readonly read: readonly {
    readonly errors: readonly string[]
    readonly seen: readonly string[]
    readonly functions: readonly Told[]
  }[]
}

const missing = pwshMissing()
const where = missing === undefined ? describe : describe.skip

/** What PowerShell's own parser sees in texts. */
function askPowerShell(texts: readonly string[]): Said {
  const folder = mkdtempSync(join(tmpdir(), 'vdp-parse-'))
  try {
    const file = join(folder, 'texts.json')
    writeFileSync(file, JSON.stringify(texts))
    const quoted = (path: string) => `'${path.replaceAll("'", "''")}'`
    const command = `& ${quoted(join(import.meta.dirname, 'parse.ps1'))} -From ${quoted(file)}`
    const said = execFileSync('pwsh', ['-NoProfile', '-NonInteractive', '-Command', command], {
      maxBuffer: 2 ** 28,
      timeout: 120_000,
    })
    return JSON.parse(said.toString('utf8')) as Said
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const isRead = ({ tree }: AgentFile) => descendants(tree, 'ERROR', 'MISSING').length === 0
const plain = (text: string) => text.replace(/\s+/g, ' ').trim()

/** A function as the rules see it, in the shape of what PowerShell tells. */
function ours({ name, help, binding, parameters }: AgentFunction): unknown {
  return {
    name,
    binding,
    help:
      help === undefined
        ? null
        : {
            ...help,
            examples: help.examples.length,
            parameters: [...help.parameters.keys()].map((one) => one.toUpperCase()).sort(),
          },
    parameters: parameters.map((one) => ({
      name: one.name,
      type: one.type,
      mandatory: one.mandatory,
      values: one.values,
      aliases: one.aliases,
    })),
  }
}

function theirs({ help, parameters: declared, ...rest }: Told): unknown {
  const known = { ...rest, parameters: declared.map((one) => ({ ...one, values: one.values.map(String) })) }
  if (help === null) return { ...known, help }
  const { synopsis, description, outputs, notes, examples, parameters } = help
  const texts = { synopsis: plain(synopsis), description: plain(description), outputs: plain(outputs), notes: plain(notes) }
  return { ...known, help: { ...texts, examples: examples.length, parameters: [...parameters].sort() } }
}

where(`PowerShell's own parser agrees on everything that the rules look at ${missing ?? ''}`, () => {
  const sets = Object.values(EXAMPLES).flatMap(({ right, wrong }) => [right, ...wrong.map(({ files }) => files)])
  const shipped = readAgentTrees(AGENTS_FOLDER).files
  const files = [...shipped, ...parseAll(sets).flatMap((agents) => agents.files)]
  let said: Said
  beforeAll(() => {
    said = askPowerShell(files.map(({ text }) => text))
  })

  test('that a text is PowerShell: what the grammar takes, it takes as well', () => {
    const refused = files.flatMap((file, n) =>
      isRead(file) ? (said.read[n]?.errors ?? ['not read']).map((one) => `${file.path}: ${one}`) : [],
    )
    expect(refused).toEqual([])
  })

  test('where every command, block, statement, variable, type and operator begins and ends, in the agents and in every example', () => {
    expect(shipped.flatMap(({ tree }) => constructs(tree)).length).toBeGreaterThan(10_000)
    for (const [n, file] of files.entries())
      if (isRead(file))
        expect([file.path, ...constructs(file.tree).toSorted()]).toEqual([file.path, ...(said.read[n]?.seen ?? []).toSorted()])
  })

  test('what every function is called, takes, and says in its help', () => {
    for (const [n, file] of files.entries())
      if (isRead(file)) expect(file.functions.map(ours)).toEqual(said.read[n]?.functions.map(theirs))
  })

  test('which verbs are approved, and that no alias looks like the full name of a command', () => {
    expect([...APPROVED_VERBS].filter((verb) => !said.verbs.includes(verb))).toEqual([])
    expect(said.aliases.filter((alias) => /^[A-Z][A-Za-z]*-[A-Z]\w*$/.test(alias))).toEqual([])
  })
})
