import type { BuildOptions } from 'esbuild'

/** Packages in CommonJS ask for Node's own modules by require(), which a module does not have. */
const REQUIRE = "import { createRequire as vdpRequire } from 'node:module'; const require = vdpRequire(import.meta.url);"

/** How the program is bundled, for the package and for tests that start it as processes: everything but ssh2 (it may bring compiled parts),
 *  what is imported late in files of its own; React's production build, and Ink without its way into a browser's developer tools. */
export const bundling = {
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  external: ['ssh2', 'react-devtools-core'],
  define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
  banner: { js: REQUIRE },
} satisfies BuildOptions
