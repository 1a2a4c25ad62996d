/** Who may import whom: the folders of src/, from the core to the rim. `uses` is free, `knows` only by `import type`; npm packages and
 *  Node's own modules by name, where a folder has any. A folder that stands not here may import nothing. */
const FOLDERS = {
  faults: {},
  wire: { packages: ['zod'] },
  licensing: { uses: ['wire'], knows: ['faults'] },
  farm: { knows: ['wire'] },
  workflow: { uses: ['licensing', 'faults', 'wire'], packages: ['yaml', 'zod'], node: ['path', 'crypto'] },
  diagnosis: { uses: ['licensing', 'farm', 'faults', 'wire'], knows: ['workflow'] },
  knowledge: { uses: ['faults'], knows: ['workflow'] },
  kms: { uses: ['diagnosis', 'workflow', 'licensing', 'faults', 'wire', 'report/page'], packages: ['zod', 'saxes'] },
  procedure: { uses: ['workflow', 'licensing', 'farm', 'diagnosis', 'faults', 'wire'], packages: ['xstate'] },
  report: {
    uses: ['procedure', 'diagnosis', 'workflow', 'licensing', 'faults', 'wire'],
    packages: ['xstate', '@viz-js/viz', 'zod'],
  },
  engine: { uses: ['procedure', 'faults', 'wire'], knows: ['workflow'], packages: ['xstate'], node: ['crypto'] },
  clock: { knows: ['engine/ports'], node: ANY() },
  diary: { knows: ['engine/ports'], packages: ['winston'], node: ANY() },
  notify: {
    uses: [],
    knows: ['report/events', 'procedure/(fold|run-view)', 'workflow/(inventory|settings)'],
    packages: ['nodemailer'],
    node: ANY(),
  },
  store: { uses: ['faults'], knows: ['engine/ports'], node: ANY() },
  remote: {
    uses: ['faults', 'wire'],
    knows: ['engine/ports', 'workflow/inventory'],
    packages: ['ssh2', 'node-powershell', 'zod'],
    node: ANY(),
  },
  lab: { uses: ['wire'], packages: ['ssh2', 'yaml', 'zod'], node: ANY() },
  api: {
    uses: ['compose', 'version', 'ui', 'report', 'engine', 'procedure', 'workflow', 'faults'],
  },
  ui: {
    uses: ['engine', 'procedure', 'report', 'diagnosis', 'knowledge', 'kms', 'workflow', 'licensing', 'faults', 'wire'],
    knows: ['compose'],
    packages: ['commander', 'ink', 'react', '@clack/prompts'],
    node: ANY(),
  },
}

/** A file of a folder that may do more than its folder, and why. */
const EXCEPTIONS = [
  // Where a workflow file comes off the disk; everything behind it works on text.
  { file: 'workflow/file-reader.ts', node: ['fs', 'os'] },
  // The rows of a table come from a parser that is a stream of Node's; everything behind it works on text.
  { file: 'kms/read-csv.ts', node: ['stream'] },
]

function ANY() {
  return ['[a-z_/]+']
}

/** Adapters are chosen in compose.ts; nobody else names one. */
const adapters = {
  name: 'only-compose-names-adapters',
  comment: 'A concrete store, transport, clock, diary or lab is chosen in src/compose.ts and nowhere else.',
  severity: 'error',
  from: { path: '^src/', pathNot: '^src/(compose\\.ts$|remote/|store/|clock/|diary/|notify/|lab/)' },
  to: { path: '^src/(remote|store|clock|diary|notify|lab)/' },
}

const cycles = { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } }

/** Begun by themselves, not imported by the program. */
const ROOTS = [
  // The library; other programs import it.
  '^src/index\\.ts$',
  // A lab in a process of its own, and the farms of the scenarios: what tests run against.
  '^src/lab/process\\.ts$',
  '^src/lab/farm-file/presets\\.ts$',
]

const unreachable = {
  name: 'no-orphans',
  comment: 'Every file is reached from main.ts or index.ts, or generates something.',
  severity: 'error',
  from: { path: `^(src/main\\.ts$|scripts/)|${ROOTS.join('|')}` },
  to: { path: '^src/', pathNot: ROOTS, reachable: false },
}

const unresolved = { name: 'nothing-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } }

const devOnly = {
  name: 'no-test-packages',
  comment: 'What ships imports no test and nothing that only develops it.',
  severity: 'error',
  from: { path: '^src/' },
  to: { path: '^(test|scripts|examples)/|node_modules/(@jest|fast-check|esbuild|typescript)/' },
}

function rulesOf([folder, { uses = [], knows = [], packages = [], node = [] }]) {
  const own = exceptionsOf(folder)
  const from = { path: `^src/${folder}/`, ...(own.length > 0 ? { pathNot: own.map(({ file }) => `^src/${file}$`) } : {}) }
  const allowed = [folder, ...uses]
  return [
    {
      name: `${folder}-uses`,
      severity: 'error',
      from,
      to: { path: '^src/', pathNot: anyOf([...allowed, ...knows]) },
    },
    ...(knows.length === 0
      ? []
      : [
          {
            name: `${folder}-knows-types-only`,
            severity: 'error',
            from,
            to: { path: anyOf(knows), pathNot: anyOf(allowed), dependencyTypesNot: ['type-only'] },
          },
        ]),
    { name: `${folder}-packages`, severity: 'error', from, to: { path: 'node_modules/', pathNot: packagesOf(packages) } },
    { name: `${folder}-node`, severity: 'error', from, to: { dependencyTypes: ['core'], pathNot: nodeOf(node) } },
    ...own.map((one) => ({
      name: `${folder}-exception`,
      severity: 'error',
      from: { path: `^src/${one.file}$` },
      to: { dependencyTypes: ['core'], pathNot: nodeOf(one.node) },
    })),
  ]
}

function exceptionsOf(folder) {
  return EXCEPTIONS.filter(({ file }) => file.startsWith(`${folder}/`))
}

function anyOf(folders) {
  return `^src/(${folders.join('|')})(/|\\.ts$)`
}

function packagesOf(names) {
  return names.length === 0 ? '^$' : `node_modules/(@types/)?(${names.join('|')})/`
}

function nodeOf(names) {
  return names.length === 0 ? '^$' : `^(node:)?(${names.join('|')})$`
}

export default {
  forbidden: [adapters, cycles, unreachable, unresolved, devOnly, ...Object.entries(FOLDERS).flatMap(rulesOf)],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.json'],
    },
  },
}
