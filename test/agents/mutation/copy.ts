import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync, readFileSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mutated, type Mutant } from './sites.ts'

const ROOT = join(import.meta.dirname, '../../..')

/** The project once more, outside of the checkout: what is planted there touches nobody. */
export interface Copy {
  readonly folder: string
  /** Where tests put their own files. */
  readonly temporary: string
  /** What jest has translated, kept from one fault to the next. */
  readonly cache: string
  /** Its test files, by their path in the project. */
  readonly tests: readonly string[]
  /** Plants a fault, does something, and takes it away again. */
  withFault<T>(mutant: Mutant, what: () => Promise<T>): Promise<T>
  remove(): void
}

/** Copies every file that belongs to the project; its packages are those of the checkout. */
export function copyProject(): Copy {
  const home = mkdtempSync(join(tmpdir(), 'vdp-mutants-'))
  const [folder, temporary] = [join(home, 'project'), join(home, 't')]
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: ROOT, maxBuffer: 2 ** 26 })
  const paths = listed
    .toString()
    .split('\0')
    .filter((path) => path !== '' && existsSync(join(ROOT, path)))
  for (const path of paths) cpSync(join(ROOT, path), join(folder, path))
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction')
  mkdirSync(temporary)
  return {
    folder,
    temporary,
    cache: join(home, 'cache'),
    tests: paths.filter((path) => path.endsWith('.test.ts')).sort(),
    async withFault(mutant, what) {
      const file = join(folder, 'agents', mutant.file)
      const text = readFileSync(file, 'utf8')
      writeFileSync(file, mutated(text, mutant))
      try {
        return await what()
      } finally {
        writeFileSync(file, text)
        rmSync(temporary, { recursive: true, force: true, maxRetries: 5 })
        mkdirSync(temporary)
      }
    },
    remove: () => {
      rmSync(home, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
