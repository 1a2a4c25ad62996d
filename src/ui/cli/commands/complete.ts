import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import type { Composition } from '../../../compose.ts'
import { completionAt, type Candidate } from '../calling/candidates.ts'
import type { StoredRun } from '../../../engine/ports/store.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import type { Terminal } from '../terminal.ts'
import { withStore } from '../with-store.ts'

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
  const told = ({ run, title, state, outcome }: StoredRun) => ({ word: run, about: `${title}, ${outcome ?? state}` })
  return await withStore(composition, { store: path, readOnly: true }, async (store) => (await store.list()).map(told)).catch(
    () => [],
  )
}
