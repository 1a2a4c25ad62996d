import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parseAll, readAgentTrees, type Agents } from '../../../scripts/agents/agents.ts'
import { AGENTS_FOLDER } from '../../fixtures/powershell.ts'
import { EXAMPLES } from './examples.ts'
import { OUTSIDE } from './rules/acts.ts'
import { RULES } from './rules/all.ts'

const shipped = readAgentTrees(AGENTS_FOLDER)
const rules = Object.entries(RULES) as [keyof typeof RULES, (agents: Agents) => readonly string[]][]
const sets = rules.flatMap(([name]) => [EXAMPLES[name].right, ...EXAMPLES[name].wrong.map(({ files }) => files)])
const parsed = new Map(parseAll(sets).map((agents, n) => [sets[n], agents]))
const read = (files: Readonly<Record<string, string>>): Agents => {
  const agents = parsed.get(files)
  if (agents === undefined) throw new Error('an example was not parsed')
  return agents
}

describe('the agents, by their syntax trees', () => {
  test('all of them are read', () => {
    expect(shipped.files.length).toBeGreaterThan(170)
    expect(shipped.functions.size).toBeGreaterThan(shipped.files.length - 5)
  })

  test.each(rules)('%s', (_, rule) => {
    expect(rule(shipped)).toEqual([])
  })

  test('what may change something outside an act is there, and still does', () => {
    expect(Object.keys(OUTSIDE).filter((name) => !shipped.functions.has(name))).toEqual([])
  })
})

describe('the module that stands in for Windows, by its syntax trees', () => {
  const stand = readAgentTrees(join(import.meta.dirname, '../../../src/lab/windows/module'))

  test.each(['every file is PowerShell without a doubt', 'every file is plain ASCII', 'no error is swallowed'] as const)(
    '%s',
    (name) => {
      expect(stand.files.length).toBeGreaterThan(3)
      expect(RULES[name](stand)).toEqual([])
    },
  )
})

describe('each rule notices what it is for, and nothing else', () => {
  test.each(rules)('%s', (name, rule) => {
    for (const { files, says } of EXAMPLES[name].wrong) expect(rule(read(files))).toEqual(says)
    expect(rule(read(EXAMPLES[name].right))).toEqual([])
  })
})
