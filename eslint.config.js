import tseslint from 'typescript-eslint'

/** Words that end a file's name when it has no single idea. */
const VAGUE_NAMES = 'utils|helpers|manager|service|types|data|info'

/** Time, chance and the process enter the pure folders as arguments, never by themselves. */
const IMPURE_PROPERTIES = [
  ['Date', 'now'],
  ['Math', 'random'],
  ['performance', 'now'],
  ['crypto', 'randomUUID'],
  ['crypto', 'getRandomValues'],
].map(([object, property]) => ({ object, property, message: 'This folder is pure: time and chance come in from outside.' }))
const IMPURE_NAMES = ['process', 'console', 'fetch', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask']

export default tseslint.config(
  { ignores: ['node_modules', 'dist', 'coverage', '**/*.cjs'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'No default exports: a name says what it is everywhere.' },
        { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that holds the idea.' },
        {
          selector: `ImportDeclaration[source.value=/\\u002F(${VAGUE_NAMES})(\\.ts)?$/]`,
          message: 'A vague file name: say what the file is for.',
        },
      ],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-lines': ['error', { max: 250 }],
      eqeqeq: 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['wire', 'faults', 'workflow', 'licensing', 'farm', 'procedure', 'diagnosis', 'report', 'knowledge', 'kms'].map(
      (folder) => `src/${folder}/**`,
    ),
    ignores: ['src/workflow/file-reader.ts', 'src/kms/read-csv.ts'],
    rules: {
      'no-restricted-properties': ['error', ...IMPURE_PROPERTIES],
      'no-restricted-globals': ['error', ...IMPURE_NAMES.map((name) => ({ name, message: 'This folder is pure.' }))],
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'node:crypto', allowImportNames: ['createHash'], message: 'Hashes are pure; the rest is chance.' }] },
      ],
    },
  },
  {
    // Tools that want a default export.
    files: ['eslint.config.js', 'jest.config.js', '.dependency-cruiser.js', 'knip.config.js', 'test/house/closing-line.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['src/remote/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...['invoke', 'command', '$'].map((property) => ({
          property,
          message:
            'node-powershell: invoke hangs when its end mark does not come last, and its templates are injectable. Use its streams.',
        })),
      ],
    },
  },
  { files: ['**/*.js'], ...tseslint.configs.disableTypeChecked },
  { files: ['test/**', 'examples/**'], rules: { 'max-lines-per-function': 'off', 'max-lines': ['error', { max: 400 }] } },
)
