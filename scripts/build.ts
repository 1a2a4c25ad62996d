import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import ts from 'typescript'
import { bundling } from './bundling.ts'

const ROOT = join(import.meta.dirname, '..')
const DIST = join(ROOT, 'dist')

/** Builds dist/ for the package. Names are kept, so that a stack trace can be read. Resolves with the files that went in, relative to the
 *  repository. */
async function bundle(): Promise<readonly string[]> {
  rmSync(DIST, { recursive: true, force: true })
  const { metafile } = await build({
    ...bundling,
    absWorkingDir: ROOT,
    entryPoints: ['src/main.ts', 'src/index.ts'],
    outdir: DIST,
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  })
  return Object.keys(metafile.inputs)
}

/** The licences of the packages that went into the bundle, as they ask for. Throws when a package brings none. */
function licences(inputs: readonly string[]): string {
  const folders = inputs
    .map((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0])
    .filter((path) => path !== undefined)
  return [...new Set(folders)]
    .sort()
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8')) as Record<
        string,
        string
      >
      const file = readdirSync(join(ROOT, folder)).find((one) => /^licen[cs]e/i.test(one))
      const text = file === undefined ? license : readFileSync(join(ROOT, folder, file), 'utf8').trim()
      if (text === undefined) throw new Error(`${folder} says nothing of its licence`)
      return `${name} ${version}\n\n${text}\n`
    })
    .join('\n----\n\n')
}

/** What no caller of the API sees of its folder. */
const INNER = ['speaking.ts']

/** The declarations of the public API, a file for each of its files. They name nothing outside of it, so that a caller needs no other package's
 *  types. Throws when one does, or cannot be told from its file alone. */
function declarations(): void {
  const options = { compilerOptions: { isolatedDeclarations: true, declaration: true, target: ts.ScriptTarget.ESNext } }
  const seen = readdirSync(join(ROOT, 'src/api')).filter((name) => !INNER.includes(name))
  for (const file of ['index.ts', ...seen.map((name) => `api/${name}`)]) {
    const told = ts.transpileDeclaration(readFileSync(join(ROOT, 'src', file), 'utf8'), { fileName: file, ...options })
    const problems = (told.diagnostics ?? []).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
    const outside = told.outputText.match(/from '\.\.\/[^']*'/g) ?? []
    if (problems.length + outside.length > 0)
      throw new Error(`${file} cannot be declared: ${[...problems, ...outside].join('; ')}`)
    const path = join(DIST, 'types', file.replace(/\.ts$/, '.d.ts'))
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, told.outputText.replaceAll(/(from '\.[^']*)\.ts'/g, "$1.js'"))
  }
}

/** What the lab's PowerShell loads lies beside the bundle under the name that src/lab/windows/front.ts looks for. */
function labModule(): void {
  cpSync(join(ROOT, 'src/lab/windows/module'), join(DIST, 'lab-module'), { recursive: true })
}

writeFileSync(join(DIST, 'THIRD-PARTY-LICENSES.txt'), licences(await bundle()))
labModule()
declarations()
