import { personText } from '../../../procedure/told.ts'
import { plain } from '../../../report/page/blocks.ts'
import { counterCells } from '../../../report/passport/licence-section.ts'
import { lackingOf } from '../../../report/passport/lacking.ts'
import type { Passport } from '../../../report/passport/passport-shape.ts'
import { versionText } from '../../../report/passport/words.ts'
import type { Terminal } from '../terminal.ts'
import { nextLines, type Way } from './next.ts'
import { hanging } from './wrap.ts'

/** A report in a few lines: its first line, what it is about, and where it was written. */
export function reportScreen(
  data: Passport,
  written: readonly string[],
  screen: Pick<Terminal, 'width' | 'paint' | 'said'>,
): readonly string[] {
  const { kind, says, simulated, vdisk, keys, rearms, cmids, journal } = data
  const colour = kind === 'report' ? 'bad' : kind === 'unverified' || simulated ? 'warn' : 'good'
  const { width, paint } = screen
  const lacking = lackingOf(data)
  const [word = '', ...rest] = says.split(': ')
  const row = (label: string, text: string) => hanging(`  ${label.padEnd(10)} `, text, width)
  const where = [vdisk.farm, vdisk.site, vdisk.store].filter((one) => one !== null).join('/')
  return [
    ...hanging(`${paint(colour, word)}: `, rest.join(': '), width, 2),
    ...(lacking === null ? [] : [...row('missing', lacking.missing), ...row('means', lacking.means.join(' '))]),
    ...row('vDisk', `${vdisk.name ?? data.run.title}${where === '' ? '' : ` on ${where}`}`),
    ...row('version', plain(versionText(vdisk.version))),
    ...row('Guid', vdisk.guid ?? 'not recorded'),
    ...row(
      'keys',
      keys.length === 0 ? 'not recorded' : keys.map(({ product, lastFive }) => `${product} ...${lastFive}`).join(', '),
    ),
    ...row('rearms', `Windows ${counterCells(rearms.windows).map(plain).join('; ')}`),
    ...row('', `Office ${counterCells(rearms.office).map(plain).join('; ')}`),
    ...row('CMIDs', `before ${cmids.windowsBefore ?? 'not recorded'}`),
    ...cmids.clones.flatMap(({ canary, windowsCmid }) => row('', `${canary} ${windowsCmid}`)),
    ...row('people', peopleText(data)),
    ...row('troubles', troublesText(data)),
    ...row('record', `run ${journal.run}, ${String(journal.lines)} events, head ${journal.head.slice(0, 16)}`),
    ...written.map((file) => `  written    ${file}`),
    ...nextLines([...(lacking?.next ?? []), ...pageWays(data, written)], screen),
  ]
}

function pageWays({ journal, kind }: Passport, written: readonly string[]): readonly Way[] {
  const file = kind === 'report' ? 'report.html' : 'passport.html'
  if (written.length === 0) return [{ type: `vdiskprep report ${journal.run} --html ${file}`, for: 'all of it, as a page' }]
  const pages = written.filter((one) => one.endsWith('.html'))
  return pages.map((page) => ({ type: `vdiskprep audit verify ${page}`, for: 'check it later' }))
}

/** Who began it and who took it up, each once, and how often somebody decided. */
function peopleText({ owners, decisions }: Passport): string {
  const said = owners.map(({ by, resumed }) => `${personText(by)} ${resumed ? 'took it up' : 'began it'}`)
  return [...new Set(said), many(decisions.length, 'decision')].join(', ')
}

function troublesText({ troubles }: Passport): string {
  const codes = [...new Set(troubles.flatMap(({ code }) => code ?? []))].join(', ')
  return `${many(troubles.length, 'trouble')}${codes === '' ? '' : `: ${codes}`}`
}

function many(count: number, what: string): string {
  return count === 0 ? `no ${what}` : `${String(count)} ${what}${count === 1 ? '' : 's'}`
}
