import { describe, expect, test } from '@jest/globals'
import { readAgentTrees } from '../../../scripts/agents/agents.ts'
import { parseTexts } from '../../../scripts/agents/grammar.ts'
import { descendants } from '../../../scripts/agents/syntax.ts'
import { AGENTS_FOLDER } from '../../fixtures/powershell.ts'
import { draw } from './draw.ts'
import { OPERATORS } from './operators.ts'
import { equivalence, mutantsOf, mutated, readKnown } from './sites.ts'

const { files } = readAgentTrees(AGENTS_FOLDER)
const known = readKnown()
const all = mutantsOf(files, known)

describe('the faults that can be planted', () => {
  test.each(OPERATORS.map((one) => [one.name, one] as const))('%s: the example', (_, { example: [right, wrong], edits }) => {
    const [script] = parseTexts([right])
    const made = (script === undefined ? [] : edits(script)).map(
      ({ start, end, text }) => right.slice(0, start) + text + right.slice(end),
    )
    expect(made).toContain(wrong)
  })

  test('every operator finds many in the agents, and each fault has an id of its own', () => {
    for (const { name } of OPERATORS) expect(all.filter(({ operator }) => operator === name).length).toBeGreaterThan(10)
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  })

  test('each changes one line of one file, and what comes out is still PowerShell', () => {
    const some = draw(all, 140, 17)
    const texts = some.map((mutant) => {
      const text = files.find(({ path }) => path === mutant.file)?.text ?? ''
      const lines = text.split('\n')
      const changed = mutated(text, mutant).split('\n')
      expect(changed.flatMap((line, n) => (line === lines[n] ? [] : [n + 1]))).toEqual([mutant.line])
      return changed.join('\n')
    })
    for (const tree of parseTexts(texts)) expect(descendants(tree, 'ERROR', 'MISSING')).toEqual([])
  })
})

describe('the draw', () => {
  test('a seed gives the same faults, in every operator and folder, and another seed gives others', () => {
    const [once, again, other] = [draw(all, 60, 1), draw(all, 60, 1), draw(all, 60, 2)]
    expect(again).toEqual(once)
    expect(other).not.toEqual(once)
    expect(new Set(once.map(({ operator }) => operator)).size).toBe(OPERATORS.length)
    expect(new Set(once.map(({ file }) => file)).size).toBe(60)
    expect(new Set(once.map(({ file }) => file.split('/')[0]))).toEqual(
      new Set(['Common', 'KmsHost', 'PvsServer', 'Session', 'TargetDevice']),
    )
  })

  test('what is known by hand is there', () => {
    const paths = files.map(({ path }) => path)
    expect(known.elsewhere.filter(({ file }) => !paths.includes(file))).toEqual([])
    const told = all.filter((one) => equivalence(known, one) !== undefined)
    expect(new Set(told.map(({ file, before, after }) => `${file} ${before} ${after}`)).size).toBe(known.equivalent.length)
  })
})
