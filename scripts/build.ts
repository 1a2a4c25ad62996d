import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

const ROOT = join(import.meta.dirname, '..')
const DIST = join(ROOT, 'dist')

/** Packages in CommonJS ask for Node's own modules by require(), which a module does not have. */
const REQUIRE = "import { createRequire as vdpRequire } from 'node:module'; const require = vdpRequire(import.meta.url);"

/** Builds dist/ for the package: everything but ssh2 (it may bring compiled parts), what is imported late in files of its own. Names are
 *  kept, so that a stack trace can be read. Resolves with the files that went in, relative to the repository. */
async function bundle(): Promise<readonly string[]> {
  rmSync(DIST, { recursive: true, force: true })
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: ['src/main.ts'],
    outdir: DIST,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    external: ['ssh2'],
    banner: { js: REQUIRE },
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

/** What the lab's PowerShell loads lies beside the bundle under the name that src/lab/windows/front.ts looks for. */
function labModule(): void {
  cpSync(join(ROOT, 'src/lab/windows/module'), join(DIST, 'lab-module'), { recursive: true })
}

writeFileSync(join(DIST, 'THIRD-PARTY-LICENSES.txt'), licences(await bundle()))
labModule()
