import type { Check } from '../../../diagnosis/check.ts'
import { openBlanks } from '../../../knowledge/explained.ts'
import type { Terminal } from '../terminal.ts'
import { fixLines } from './fix.ts'
import { hanging } from './wrap.ts'

/** A check as `doctor --explain` tells it: what it looks at, when it is not content, what that means and what helps. */
export function checkLines(check: Check, screen: Pick<Terminal, 'width' | 'paint'>): readonly string[] {
  const { id, title, severity, rule, effect, remedy, byHand, reads, source } = check
  const grave = severity === 'fail' ? 'holds a run' : 'warns'
  return [
    ...hanging(` ${screen.paint('strong', id)}  `, `${title}; ${grave}`, screen.width, 3),
    ...[rule, `Effect: ${openWords(effect)}`].flatMap((line) => hanging('   ', line, screen.width)),
    ...fixLines(remedy.map(openWords), screen.width - 3).map((line) => `   ${line}`),
    ...[
      `By hand: ${openWords(byHand)}`,
      ...(reads.length > 0 ? [`Reads: ${reads.join(', ')}`] : []),
      `Source: ${source}`,
    ].flatMap((line) => hanging('   ', line, screen.width, 5)),
  ]
}

/** A text of a check without a farm: the names it would fill in stand as `<host>`. */
export function openWords(text: string): string {
  return openBlanks(text.replaceAll('{vdisk}', '-Name <disk> -SiteName <site> -StoreName <store>'))
}
