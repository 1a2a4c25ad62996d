import type { Drift } from '../../../procedure/drift/compare.ts'
import { SUBJECTS } from '../../../procedure/drift/seal-record.ts'
import type { Paint, Terminal } from '../terminal.ts'
import { hanging } from './wrap.ts'

/** The run that a vDisk is compared with. */
export interface Since {
  readonly run: string
  readonly at: number
  readonly version: number | null
}

const WORDS: Readonly<Record<Drift['is'], readonly [word: string, paint: Paint]>> = {
  changed: ['CHANGED', 'bad'],
  unknown: ['????', 'strong'],
  expected: ['new', 'faint'],
  same: ['same', 'good'],
}

/** What has drifted since a vDisk was sealed, what has changed first. */
export function driftLines(
  title: string,
  since: Since,
  drifts: readonly Drift[],
  { width, paint }: Pick<Terminal, 'width' | 'paint'>,
): readonly string[] {
  const version = since.version === null ? '' : ` version ${String(since.version)}`
  const changed = drifts.filter(({ is }) => is === 'changed').length
  const unknown = drifts.filter(({ is }) => is === 'unknown').length
  const tally = `${String(changed)} changed, ${String(unknown)} not known`
  const day = new Date(since.at).toISOString().slice(0, 10)
  const column = Math.max(...Object.values(SUBJECTS).map((label) => label.length))
  return [
    ...hanging(` ${paint('strong', title)}  `, `since run ${since.run} sealed it${version} on ${day}: ${tally}`, width),
    ...drifts.flatMap((drift) => {
      const [word, style] = WORDS[drift.is]
      const head = `  ${paint(style, word.padEnd(8))} ${SUBJECTS[drift.subject].padEnd(column)}  `
      return sayings(drift).flatMap((text, index) => hanging(index === 0 ? head : ' '.repeat(13 + column), text, width))
    }),
  ]
}

function sayings({ is, then, now }: Drift): readonly string[] {
  const list = (texts: readonly string[] | null, none: string) =>
    texts === null ? none : texts.length === 0 ? 'none' : texts.join(', ')
  if (is === 'same') return [list(now, '')]
  const good =
    is === 'expected' ? ['as it has to be: each clone draws its own; none is that of the image or of another canary'] : []
  return [...good, `then  ${list(then, 'not recorded')}`, `now   ${list(now, 'not read')}`]
}
