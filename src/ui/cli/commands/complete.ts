import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import type { Composition } from '../../../compose.ts'
import { completionAt, storeOn, type Candidate } from '../calling/candidates.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import type { Terminal } from '../terminal.ts'
import { withStore } from '../with-store.ts'

/** `complete --word=WORD BEFORE...`: what a shell's completion asks, a candidate a line. What cannot be read gives no candidates. */
export async function complete(
  root: Command,
  { before, word, store }: { readonly before: readonly string[]; readonly word: string; readonly store: string | undefined },
  composition: Composition,
  terminal: Terminal,
): Promise<ExitCode> {
  const { of, ...rest } = completionAt(root, before, word)
  if (of === 'files') terminal.out(':files')
  // Names after commas go on where the last comma stands.
  const head = of === 'checks' ? word.slice(0, word.lastIndexOf(',') + 1) : ''
  const named =
    'words' in rest
      ? rest.words
      : of === 'runs'
        ? await runs(storeOn(before) ?? store, composition)
        : of === 'checks'
          ? await checks()
          : []
  for (const { word: one, about } of named)
    if (`${head}${one}`.startsWith(word)) terminal.out(`${head}${one}\t${about.split('\n')[0] ?? ''}`)
  return EXIT.ok
}

async function checks(): Promise<readonly Candidate[]> {
  const { checks: all } = await import('../../../diagnosis/diagnose.ts')
  return all.map(({ id, title }) => ({ word: id, about: title }))
}

/** Ids, then the names of vDisks that a shell takes as one word. */
async function runs(typed: string | undefined, composition: Composition): Promise<readonly Candidate[]> {
  const store = composition.storeFile(typed ?? null)
  if (!existsSync(store)) return []
  const all = await withStore(composition, { store, readOnly: true }, (open) => open.list()).catch(() => [])
  const ids = all.map(({ run, title, state, outcome }) => ({ word: run, about: `${title}, ${outcome ?? state}` }))
  const named = new Map(all.toReversed().map(({ run, title }) => [title, { word: title, about: `the newest run: ${run}` }]))
  return [...ids, ...[...named.values()].filter(({ word }) => /^[\w.-]+$/.test(word))]
}
