import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { stringify } from 'yaml'
import { Fault } from '../../src/faults/fault.ts'
import { diskFiles } from '../../src/workflow/file-reader.ts'
import { formatDiagnostics, type Diagnostic } from '../../src/workflow/diagnostic.ts'
import { findings } from '../../src/workflow/findings.ts'
import { mergeTrees } from '../../src/workflow/merge.ts'
import { readWorkflow, validateFile } from '../../src/workflow/read-workflow.ts'
import type { Files } from '../../src/workflow/reading.ts'
import { sourceOf } from '../../src/workflow/source.ts'
import { plain } from '../../src/workflow/tree-path.ts'
import { parseTree, type Tree } from '../../src/workflow/yaml-tree.ts'
import { FARM, PROCEDURES, w11 } from './workspace.ts'

/** Files that live in memory, with the shipped procedures read from disk. */
function memory(texts: Readonly<Record<string, string | Uint8Array>>): Files {
  const disk = diskFiles(PROCEDURES)
  return {
    ...disk,
    read(path, limit) {
      const text = Object.hasOwn(texts, path) ? texts[path] : undefined
      if (text === undefined) return disk.read(path, limit)
      return { is: 'bytes', bytes: typeof text === 'string' ? new TextEncoder().encode(text) : text }
    },
  }
}

function problems(texts: Readonly<Record<string, string | Uint8Array>>): readonly Diagnostic[] {
  const files = memory(texts)
  try {
    readWorkflow('w11.yaml', files)
    return []
  } catch (thrown) {
    if (!(thrown instanceof Fault) || thrown.code !== 'INPUT_INVALID') throw thrown
    const found = thrown.details['diagnostics'] as readonly Diagnostic[]
    expect(found.length).toBeGreaterThan(0)
    validateFile('w11.yaml', files)
    return found
  }
}

function expectInside(found: readonly Diagnostic[], texts: Readonly<Record<string, string>>): void {
  for (const one of found) {
    const lines = (texts[one.file] ?? '').split(/\r\n|\n|\r/)
    expect(one.line).toBeLessThanOrEqual(lines.length)
    expect(one.col).toBeLessThanOrEqual((lines[one.line - 1] ?? '').length + 1)
    expect(one.line === 0).toBe(one.col === 0)
    expect(formatDiagnostics([one])).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u0080-\u009f]/)
  }
}

const KEYS = [
  'extends',
  'vdisk',
  'store',
  'name',
  'target',
  'canaries',
  'hooks',
  'sealVDisk',
  'before',
  'policy',
  'matrix',
  'vdisks',
]
KEYS.push(
  'windows',
  'key',
  'office',
  'keys',
  'approvals',
  'seal',
  'verify',
  'deadline',
  'cache',
  'size',
  'inventory',
  'run',
  '__proto__',
)

const anyValue = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(
      '30m',
      '4GiB',
      '',
      'auto',
      '${os}',
      'kms-new-image',
      './w11.yaml',
      'farm.yaml',
      'W11-MASTER',
      'VTC42',
      null,
      true,
      7,
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.array(tie('node'), { maxLength: 3 }),
    fc
      .uniqueArray(fc.tuple(fc.oneof(fc.constantFrom(...KEYS), fc.string({ maxLength: 5 })), tie('node')), {
        maxLength: 6,
        selector: ([key]) => key,
      })
      .map((entries) => Object.fromEntries(entries) as unknown),
  ),
})).node

describe('whatever is in a file', () => {
  test('arbitrary text gives a fault with positions inside the file, never another error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const texts = { 'w11.yaml': text.replaceAll('\0', ' ').toWellFormed(), 'farm.yaml': FARM }
        expectInside(problems(texts), { ...texts, 'w11.yaml': texts['w11.yaml'].replace(/^\ufeff/, '') })
      }),
      { numRuns: 150 },
    )
  })

  test('arbitrary bytes give a fault, never another error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(problems({ 'w11.yaml': bytes, 'farm.yaml': FARM }).length).toBeGreaterThan(0)
      }),
      { numRuns: 150 },
    )
  })

  test('arbitrary YAML made of our own keys gives a fault with positions inside the file', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...KEYS), anyValue), { maxLength: 6 }), (entries) => {
        const texts = { 'w11.yaml': stringify(Object.fromEntries(entries)), 'farm.yaml': FARM }
        expectInside(problems(texts), texts)
      }),
      { numRuns: 150 },
    )
  })

  test('a good file with one line damaged is refused or accepted, never an error of the program', () => {
    const lines = w11('windows: { os: Windows 11 Enterprise }\nseal: { offDwell: 3m }\n').split('\n')
    fc.assert(
      fc.property(
        fc.nat(lines.length - 1),
        fc.nat(40),
        fc.string({ unit: 'binary-ascii', maxLength: 3 }),
        (at, column, noise) => {
          const line = lines[at] ?? ''
          const damaged = lines.with(at, line.slice(0, column) + noise.replaceAll('\0', '') + line.slice(column + 1)).join('\n')
          const texts = { 'w11.yaml': damaged, 'farm.yaml': FARM }
          expectInside(problems(texts), texts)
        },
      ),
      { numRuns: 200 },
    )
  })

  test('an inventory of arbitrary values gives a fault with positions inside the file', () => {
    const inventoryKeys = fc.constantFrom(
      'farms',
      'hosts',
      'defaults',
      'kmsHost',
      'lab',
      'knownHosts',
      'PVS01',
      'ssh',
      'auth',
      'constructor',
    )
    const entries = fc.array(fc.tuple(inventoryKeys, anyValue), { maxLength: 5 })
    const host = fc.record(
      { role: fc.constantFrom('pvs', 'target', 'jump', 'x'), ssh: anyValue, local: anyValue },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(entries, fc.dictionary(fc.constantFrom('A', 'B', '__proto__'), host), (some, hosts) => {
        const texts = { 'w11.yaml': w11(), 'farm.yaml': stringify({ ...Object.fromEntries(some), hosts }) }
        expectInside(problems(texts), texts)
      }),
      { numRuns: 100 },
    )
  })
})

describe('a literal secret', () => {
  const SECRET = 'Canary-Geheimnis-7391'
  const place = fc.constantFrom(
    `auth: { password: ${SECRET} }`,
    `auth: { password: "${SECRET}" }`,
    `auth: ${SECRET}`,
    `auth: { passwrod: ${SECRET} }`,
    `auth: { key: k, passphrase: '${SECRET}' }`,
    `auth: { password: env:${SECRET} }`,
    `auth: { password: [${SECRET}] }`,
    `auth:\n      password: |\n        ${SECRET}\n`,
    `auth:\n      password: >-\n\n        ${SECRET}`,
    `auth:\n      password:\n        "${SECRET}\n         more"`,
    `auth: { password: "${SECRET}`,
    `auth: { password: ${SECRET}, password: ${SECRET} }`,
    `auth: [${SECRET}]`,
    `auth: { ${SECRET} }`,
    `password: ${SECRET}`,
    `user: x\n    x: &p ${SECRET}\n    auth: { password: *p }`,
    `auth: { password: *p }\n    x: &p ${SECRET}`,
    `\tauth: { password: ${SECRET} }`,
  )

  test('is never shown, whatever else is wrong around it', () => {
    const noise = fc.constantFrom('', '  }', '\t', ': :', '"', '    usr: y', '- x', '# fine')
    fc.assert(
      fc.property(place, noise, noise, (written, before, after) => {
        const farm = FARM.replace('  ssh: { user: HQ\\svc }', `  ssh:\n${before}\n    ${written}\n${after}`)
        const found = problems({ 'w11.yaml': w11(), 'farm.yaml': farm })
        expect(JSON.stringify(found)).not.toContain(SECRET.slice(0, 6))
        expect(found.length).toBeGreaterThan(0)
      }),
      { numRuns: 200 },
    )
  })
})

describe('merging what is extended', () => {
  function treeOf(value: unknown): Tree {
    const tree = parseTree(sourceOf('x.yaml', stringify({ top: value })), findings())
    if (!tree) throw new Error('not a tree')
    return tree
  }

  test('doing it twice changes nothing, and a file merged with itself is itself', () => {
    fc.assert(
      fc.property(anyValue, anyValue, (one, other) => {
        const [base, over] = [treeOf(one), treeOf(other)]
        const once = mergeTrees(base, over)
        expect(plain(mergeTrees(once, over))).toEqual(plain(once))
        expect(plain(mergeTrees(base, once))).toEqual(plain(once))
        expect(plain(mergeTrees(base, base))).toEqual(plain(base))
      }),
    )
  })
})
