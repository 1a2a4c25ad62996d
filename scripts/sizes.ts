import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import ts from 'typescript'

const ROOT = join(import.meta.dirname, '..')

/** One source file: its lines, its longest function and the files it imports, types included. Paths are relative to the repository. */
interface Measured {
  readonly path: string
  readonly lines: number
  readonly longest: { readonly name: string; readonly lines: number }
  readonly imports: readonly string[]
}

/** Measures every TypeScript file below a folder. */
export function measure(folder: string): readonly Measured[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'))
  return paths.map((path) => measureFile(join(folder, path)))
}

/** Groups of files that import each other in a ring; none is as it should be. */
export function cycles(files: readonly Measured[]): readonly (readonly string[])[] {
  const imports = new Map(files.map((file) => [file.path, file.imports]))
  const reached = new Map(files.map((file) => [file.path, reachedFrom(file.path, imports)]))
  const inRing = files.filter(({ path }) => reached.get(path)?.has(path))
  const rings = inRing.map(({ path }) => [...(reached.get(path) ?? [])].filter((other) => reached.get(other)?.has(path)).sort())
  return [...new Map(rings.map((ring) => [ring.join(), ring])).values()]
}

function reachedFrom(start: string, imports: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const reached = new Set<string>()
  const open = [...(imports.get(start) ?? [])]
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (reached.has(path)) continue
    reached.add(path)
    open.push(...(imports.get(path) ?? []))
  }
  return reached
}

function measureFile(path: string): Measured {
  const text = readFileSync(path, 'utf8')
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true)
  let longest = { name: '', lines: 0 }
  const imports: string[] = []
  const visit = (node: ts.Node) => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) {
      const lines = lineOf(source, node.end) - lineOf(source, node.getStart(source)) + 1
      if (lines > longest.lines) longest = { name: nameOf(node), lines }
    }
    const from = importedBy(node)
    if (from?.startsWith('.')) imports.push(relative(ROOT, join(dirname(path), from)))
    ts.forEachChild(node, visit)
  }
  visit(source)
  return { path: relative(ROOT, path), lines: text.split('\n').length - 1, longest, imports }
}

function lineOf(source: ts.SourceFile, position: number): number {
  return source.getLineAndCharacterOfPosition(position).line
}

function importedBy(node: ts.Node): string | undefined {
  const from = ts.isImportDeclaration(node) || ts.isExportDeclaration(node) ? node.moduleSpecifier : undefined
  const late = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword ? node.arguments[0] : undefined
  const text = from ?? late
  return text !== undefined && ts.isStringLiteral(text) ? text.text : undefined
}

function nameOf(node: ts.Node): string {
  if ('name' in node && node.name !== undefined) return (node.name as ts.Node).getText()
  return ts.isVariableDeclaration(node.parent) || ts.isPropertyAssignment(node.parent) ? node.parent.name.getText() : 'a function'
}

/** The report that `npm run check` ends with. */
export function report(files: readonly Measured[]): string {
  const bySize = files.toSorted((one, other) => other.lines - one.lines)
  const largest = bySize[0]
  const median = bySize[Math.floor(bySize.length / 2)]
  const longest = files.toSorted((one, other) => other.longest.lines - one.longest.lines)[0]
  const rings = cycles(files)
  return [
    `files             ${files.length}, ${files.reduce((sum, file) => sum + file.lines, 0)} lines`,
    `largest file      ${largest?.lines} lines  ${largest?.path}`,
    `median file       ${median?.lines} lines`,
    `longest function  ${longest?.longest.lines} lines  ${longest?.longest.name} in ${longest?.path}`,
    `cycles            ${rings.length}${rings.map((ring) => `\n  ${ring.join(' -> ')}`).join('')}`,
  ].join('\n')
}

if (import.meta.main) process.stdout.write(`${report(measure(join(ROOT, 'src')))}\n`)
