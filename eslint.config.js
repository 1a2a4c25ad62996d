import tseslint from 'typescript-eslint'

/** Words that end a file's name when it has no single idea. */
const VAGUE_NAMES = 'utils|helpers|manager|service|types|data|info'

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
    // Tools that want a default export.
    files: ['eslint.config.js', 'jest.config.js', '.dependency-cruiser.js', 'knip.config.js', 'test/house/closing-line.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  { files: ['**/*.js'], ...tseslint.configs.disableTypeChecked },
  { files: ['test/**', 'examples/**'], rules: { 'max-lines-per-function': 'off', 'max-lines': ['error', { max: 400 }] } },
)
