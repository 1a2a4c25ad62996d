import type { compared } from '../../../report/compare/compare.ts'
import type { Terminal } from '../terminal.ts'
import { hanging } from './wrap.ts'

/** What differs between two runs, thing by thing with both values below each other, and how much is the same. */
export function compareScreen(
  { differs, same }: ReturnType<typeof compared>,
  names: readonly [one: string, other: string],
  { width, paint }: Pick<Terminal, 'width' | 'paint'>,
): readonly string[] {
  const row = (mark: string, value: string) => hanging(`   ${mark}  `, value === '' ? 'none' : value, width)
  return [
    ...hanging(' A  ', names[0], width),
    ...hanging(' B  ', names[1], width),
    '',
    ...differs.flatMap(({ what, one, other }) => [paint('strong', ` ${what}`), ...row('A', one), ...row('B', other)]),
    ` ${String(differs.length)} differ, ${String(same.length)} are the same`,
  ]
}
