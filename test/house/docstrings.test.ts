import { expect, test } from '@jest/globals'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

const SRC = join(import.meta.dirname, '../../src')

/** Names that a source text exports without saying what they promise. A type that is read off a value or a schema (`typeof`) is told by
 *  the docstring there. */
function undocumented(path: string, text: string): readonly string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true)
  return source.statements
    .filter((statement) => ts.canHaveModifiers(statement) && isExported(statement))
    .filter((statement) => ts.getJSDocCommentsAndTags(statement).length === 0)
    .filter((statement) => !(ts.isTypeAliasDeclaration(statement) && /\btypeof\b/.test(statement.type.getText())))
    .map((statement) => `${path}: ${nameOf(statement)}`)
}

function isExported(statement: ts.HasModifiers): boolean {
  return ts.getModifiers(statement)?.some((one) => one.kind === ts.SyntaxKind.ExportKeyword) ?? false
}

function nameOf(statement: ts.Statement): string {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map((one) => one.name.getText()).join(', ')
  return 'name' in statement ? (statement.name as ts.Node).getText() : statement.getText().slice(0, 40)
}

test('every exported name says what it promises', () => {
  const paths = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'))
  expect(paths.length).toBeGreaterThan(200)
  expect(paths.flatMap((path) => undocumented(path, readFileSync(join(SRC, path), 'utf8')))).toEqual([])
})

test('an exported name without a docstring is noticed, a type of a documented value is not', () => {
  const text = [
    'export const bare = 1',
    '/** Told. */\nexport const told = [1] as const',
    'export type Told = (typeof told)[number]',
    'export interface Bare { one: 1 }',
    'const own = 2',
  ]
  expect(undocumented('a.ts', text.join('\n'))).toEqual(['a.ts: bare', 'a.ts: Bare'])
})
