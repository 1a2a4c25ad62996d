import type { KmsCheck } from '../../../kms/checking/check-shape.ts'
import type { Terminal } from '../terminal.ts'
import { fixLines } from './fix.ts'
import { FINDING_INDENT, VERDICT_WORDS } from './verdict-words.ts'
import { hanging } from './wrap.ts'

type Screen = Pick<Terminal, 'width' | 'paint'>
type Finding = KmsCheck['findings'][number]

/** What was found as a person reads it, worst first. Passes are shown too: which host answers where is what is looked for; `all` adds what
 *  does not apply. */
export function kmsCheckScreen(report: KmsCheck, all: boolean, screen: Screen): readonly string[] {
  const shown = report.findings.filter(({ verdict }) => all || verdict !== 'na')
  const names = Math.max(0, ...shown.map(({ check }) => check.length))
  const hosts = Math.max(0, ...shown.map(({ host }) => host.length))
  return [
    ...hanging(` ${screen.paint('strong', 'KMS')}  `, `${sources(report)}; nothing was changed`, screen.width, 3),
    '',
    ...shown.flatMap((one) => lines(one, { names, hosts }, screen)),
    '',
    ...footer(report, all, screen),
  ]
}

function sources({ domains, targets }: KmsCheck): string {
  const asked =
    domains.length === 0
      ? 'DNS of this machine not asked'
      : `DNS of this machine for ${domains.map(({ domain }) => domain).join(', ')}`
  const seen = targets.length === 0 ? 'no target' : targets.map(({ host }) => host).join(', ')
  return `${asked}; seen by ${seen}`
}

function lines(finding: Finding, wide: { readonly names: number; readonly hosts: number }, screen: Screen): readonly string[] {
  const [word, paint] = VERDICT_WORDS[finding.verdict]
  const head = ` ${screen.paint(paint, word.padEnd(4))}  ${finding.host.padEnd(Math.min(wide.hosts, 16))}  ${finding.check.padEnd(wide.names)}  `
  const pad = ' '.repeat(FINDING_INDENT)
  return [
    ...hanging(head, finding.says, screen.width, screen.width < 110 ? FINDING_INDENT : undefined),
    ...(finding.effect === null ? [] : hanging(pad, finding.effect, screen.width, FINDING_INDENT)),
    ...fixLines(finding.remedy, screen.width - FINDING_INDENT).map((line) => `${pad}${line}`),
  ]
}

function footer({ tally, exitCode }: KmsCheck, all: boolean, screen: Screen): readonly string[] {
  const { pass, na, warn, fail, unknown } = tally
  const counts = Object.entries({ fail, warn, unknown, pass }).flatMap(([name, count]) =>
    count > 0 ? [`${String(count)} ${name}`] : [],
  )
  const rest = na === 0 ? '' : `, ${String(na)} not applicable${all ? '' : '; --all shows them'}`
  return hanging(
    ' ',
    `${screen.paint(exitCode === 0 ? 'good' : 'bad', counts.join(', '))}${rest}. Exit code ${String(exitCode)}.`,
    screen.width,
  )
}
