import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

const ROOT = join(import.meta.dirname, '..')

/** Packages in CommonJS ask for Node's own modules by require(), which a module does not have. */
const REQUIRE = "import { createRequire as vdpRequire } from 'node:module'; const require = vdpRequire(import.meta.url);"

/** Builds dist/ for the package: everything but ssh2 in a few files, what is imported late in files of its own. Names are kept, so that a
 *  stack trace can be read. */
rmSync(join(ROOT, 'dist'), { recursive: true, force: true })
await build({
  absWorkingDir: ROOT,
  entryPoints: ['src/main.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  external: ['ssh2'],
  banner: { js: REQUIRE },
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'linked',
  logLevel: 'warning',
})
