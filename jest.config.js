import { readFileSync, statfsSync } from 'node:fs'
import { join } from 'node:path'

// Commands are started hundreds of times as processes of their own: what Node compiled for one serves the next.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.cache/vdiskprep-tests')
// Stores flush every commit to the disk, and thousands of commits wait for it: temporary files lie in memory where there is room.
if (hasRoomInMemory('/dev/shm')) process.env.TMPDIR ??= '/dev/shm'

/** Whether this is a file system in memory with 4 GB to spare, from which programs can be started. */
function hasRoomInMemory(path) {
  try {
    const mount = readFileSync('/proc/mounts', 'utf8').match(new RegExp(`^\\S+ ${path} tmpfs (\\S+)`, 'm'))
    const { bavail, bsize } = statfsSync(path)
    return mount !== null && !/\b(ro|noexec)\b/.test(mount[1]) && bavail * bsize > 4e9
  } catch {
    return false
  }
}

/** Tests run as ES modules (--experimental-vm-modules in the npm script); @swc/jest only strips the types. */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { target: 'es2024', parser: { syntax: 'typescript' }, experimental: { keepImportAttributes: true } },
        module: { type: 'es6' },
      },
    ],
  },
  testMatch: ['<rootDir>/test/**/*.test.ts', '<rootDir>/examples/**/*.test.ts'],
  testTimeout: 60_000,
  maxWorkers: 2,
  reporters: ['default', '<rootDir>/test/house/closing-line.ts'],
}
