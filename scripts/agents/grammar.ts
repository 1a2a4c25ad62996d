import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { syntaxTree, type FlatNode, type SyntaxNode } from './syntax.ts'

/** The syntax trees of PowerShell texts, in their order. What the grammar does not understand is a node of kind ERROR or MISSING.
 *  Parsed in a process of its own, because V8's optimising compiler ends the whole process on the grammar's largest function (Node issue
 *  63421) unless it is kept away on the command line. */
export function parseTexts(texts: readonly string[]): readonly SyntaxNode[] {
  const said = execFileSync(process.execPath, ['--liftoff-only', import.meta.filename], {
    input: JSON.stringify(texts),
    maxBuffer: 2 ** 28,
    timeout: 60_000,
  })
  const flat = JSON.parse(said.toString('utf8')) as (readonly FlatNode[])[]
  return texts.map((text, n) => syntaxTree(text, flat[n] ?? []))
}

async function flatTrees(texts: readonly string[]): Promise<FlatNode[][]> {
  const { Language, Parser } = await import('web-tree-sitter')
  await Parser.init()
  const grammar = fileURLToPath(import.meta.resolve('tree-sitter-pwsh/tree-sitter-powershell.wasm'))
  const parser = new Parser().setLanguage(await Language.load(grammar))
  return texts.map((text) => {
    const cursor = parser.parse(text)?.walk()
    if (cursor === undefined) throw new Error('the grammar gave no tree')
    const nodes: FlatNode[] = []
    for (let depth = 0; depth >= 0;) {
      const kind = cursor.nodeIsMissing ? 'MISSING' : cursor.nodeType
      nodes.push([kind, cursor.startIndex, cursor.endIndex, depth])
      if (cursor.gotoFirstChild()) depth += 1
      else while (depth >= 0 && !cursor.gotoNextSibling()) depth = cursor.gotoParent() ? depth - 1 : -1
    }
    return nodes
  })
}

if (import.meta.main) {
  const texts = JSON.parse(readFileSync(0, 'utf8')) as string[]
  process.stdout.write(JSON.stringify(await flatTrees(texts)))
}
