import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import type { Composition } from '../../../compose.ts'
import { completionAt, type Candidate } from '../calling/candidates.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import type { Terminal } from '../terminal.ts'

/** `complete --word=WORD BEFORE...`: what a shell's completion asks, a candidate a line. What cannot be read gives no candidates. */
export async function complete(
  root: Command,
  before: readonly string[],
  word: string,
  composition: Composition,
  terminal: Terminal,
): Promise<ExitCode> {
  const { of, ...rest } = completionAt(root, before, word)
  if (of === 'files') terminal.out(':files')
  // Names after commas go on where the last comma stands.
  const head = of === 'checks' ? word.slice(0, word.lastIndexOf(',') + 1) : ''
  const named = 'words' in rest ? rest.words : of === 'runs' ? await runs(composition) : of === 'checks' ? await checks() : []
  for (const { word: one, about } of named)
    if (`${head}${one}`.startsWith(word)) terminal.out(`${head}${one}\t${about.split('\n')[0] ?? ''}`)
  return EXIT.ok
}

async function checks(): Promise<readonly Candidate[]> {
  const { checks: all } = await import('../../../diagnosis/diagnose.ts')
  return all.map(({ id, title }) => ({ word: id, about: title }))
}

async function runs(composition: Composition): Promise<readonly Candidate[]> {
  const path = composition.storeFile(null)
  if (!existsSync(path)) return []
  const store = composition.openStore(path, true)
  try {
    return (await store.list()).map(({ run, title, state, outcome }) => ({ word: run, about: `${title}, ${outcome ?? state}` }))
  } catch {
    return []
  } finally {
    await store.close()
  }
}
