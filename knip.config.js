/** What nobody uses: files, exports, packages. Programs that tests start are roots of their own. */
export default {
  entry: [
    'src/index.ts',
    'src/lab/process.ts',
    'scripts/*.ts',
    'scripts/screens/screens.ts',
    'scripts/usability/{scene,farm-process}.ts',
    'test/**/*.test.ts',
    'test/fixtures/*.ts',
    'test/**/fixtures/*.ts',
  ],
  project: ['src/**/*.ts', 'scripts/**/*.ts', 'test/**/*.ts'],
  // A type that an exported signature names is part of it.
  ignoreExportsUsedInFile: { interface: true, type: true },
  // Programs of the system that tests look for and skip without.
  ignoreBinaries: ['pwsh', 'script', 'ssh-keygen', 'ssh-agent', 'ssh-add', 'man', 'fish'],
}
