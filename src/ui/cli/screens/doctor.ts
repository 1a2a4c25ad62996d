import { stripVTControlCharacters } from 'node:util'
import type { DiskRecord, Look } from '../../../diagnosis/check.ts'
import { checks } from '../../../diagnosis/diagnose.ts'
import type { DoctorReport, RecordedRearms } from '../../../report/doctor/report-schema.ts'
import type { Plan } from '../../../workflow/plan.ts'
import { TARGET_OFF, targetIsOff } from '../../../diagnosis/subjects.ts'
import { knownOf, type Known } from '../checking/known.ts'
import type { KnownProof } from '../checking/last-look.ts'
import { whyRecorded } from '../checking/recorded-rearms.ts'
import type { Terminal } from '../terminal.ts'
import { asTyped } from './as-typed.ts'
import { clonesLines } from './failed-clones.ts'
import { fixLines } from './fix.ts'
import { FINDING_INDENT, VERDICT_WORDS } from './verdict-words.ts'
import { hanging } from './wrap.ts'

type Screen = Pick<Terminal, 'width' | 'paint' | 'said'>
type Finding = DoctorReport['findings'][number]

/** From this width on the remedy stands beside the finding. */
const WIDE = 120

/** Columns between the two, so that nobody reads across. */
const GAP = 4

/** What the doctor found as a person reads it: host by host, the worst first; with `all` also what is in order or does not apply, and without
 *  it that of a check which `only` names by its id. */
export function doctorScreen(
  report: DoctorReport,
  looks: readonly Look[],
  { all, only = [], known = null }: { readonly all: boolean; readonly only?: readonly string[]; readonly known?: Known | null },
  screen: Screen,
): readonly string[] {
  const plans = looks.map(({ plan }) => plan)
  const file = { typed: report.file, whole: plans[0]?.source.file ?? report.file }
  const isLoud = ({ verdict }: Finding) => verdict !== 'pass' && verdict !== 'na'
  const shown = report.findings.filter((one) => all || isLoud(one) || only.includes(one.check))
  const roles = rolesOf(plans)
  const isMany = plans.length > 1
  const hosts = [...Map.groupBy(shown, ({ host }) => host)].flatMap(([host, findings]) => {
    const role = roles.get(host)
    return [
      ` ${screen.paint('strong', host)}${role === undefined ? '' : `  ${role}`}`,
      ...entries(findings).flatMap((one) => entryLines(withFix(one, file, screen), report.vdisks.length, isMany, screen)),
      '',
    ]
  })
  return [
    ...heading(report, looks, known, screen),
    '',
    ...hosts,
    ...footer(report, looks, report.findings.length - shown.length, screen),
    ...clonesLines(report, screen),
  ]
}

function heading(report: DoctorReport, looks: readonly Look[], known: Known | null, screen: Screen): readonly string[] {
  const { checks, milliseconds } = report
  const plans = looks.map(({ plan }) => plan)
  const farms = [...new Set(plans.map(({ farm }) => farm.name))].join(', ')
  const distinct = (names: (plan: Plan) => readonly (string | null)[]) =>
    new Set(plans.flatMap(names).filter((name) => name !== null)).size
  const hosts = [
    counted(
      distinct(({ farm }) => farm.servers),
      'PVS server',
    ),
    counted(
      distinct(({ target }) => [target.host]),
      'target',
    ),
    counted(
      distinct(({ canaries }) => canaries.map(({ host }) => host)),
      'canary',
      'canaries',
    ),
    counted(
      distinct(({ kmsHost }) => [kmsHost]),
      'KMS host',
    ),
  ].filter((text) => !text.startsWith('0'))
  const took = `${counted(checks, 'check')} in ${(milliseconds / 1000).toFixed(1)} s; nothing was changed`
  return [
    ...hanging(` ${screen.paint('strong', farms)}: `, hosts.join(', '), screen.width, 3),
    ...looks.flatMap((look) => {
      const { title, vdisk, scenario } = look.plan
      const ofDisk = known === null ? null : knownOf(known, look.plan)
      return [
        ...hanging(' ', `${title} in ${vdisk.store}: ${scenario}`, screen.width, 3),
        ...(ofDisk === null
          ? []
          : [
              ...workingLines(ofDisk.record, screen),
              ...proofLines(ofDisk.proof, screen),
              ...rearmLines(ofDisk.rearms, look, report, screen),
            ]),
      ]
    }),
    ` ${took}`,
  ]
}

/** Checks tell what stands in the way on the hosts; a run that has not ended does too. */
function workingLines({ working }: DiskRecord, screen: Screen): readonly string[] {
  if (working === null) return []
  const { run, inWindow } = working
  const window = inWindow ? ' Nothing may restart the target before the seal: a rearm would be lost.' : ''
  const text = `run ${run} works on it and has not ended: another is refused until then.${window}`
  return [...hanging('   ', text, screen.width), asTyped(`   vdiskprep status ${run}`, screen.said)]
}

/** What clones of a vDisk do no check sees: how the run ended that last looked at them. */
function proofLines(proof: KnownProof | null, screen: Screen): readonly string[] {
  if (proof === null) return []
  const { run, at, outcome } = proof
  const text = `its clones were last looked at on ${new Date(at).toISOString().slice(0, 10)}, by run ${run}: ${outcome}`
  return hanging('   ', outcome === 'verified' ? text : screen.paint('bad', text), screen.width)
}

const PRODUCTS = [
  ['windows', 'Windows', 'rearm.windows'],
  ['office', 'Office', 'rearm.office'],
] as const

/** The last counters of the record, where one was asked for that no host tells; never beside one that a host told. */
function rearmLines(rearms: RecordedRearms, look: Look, { findings }: DoctorReport, screen: Screen): readonly string[] {
  const why = whyRecorded(look)
  return PRODUCTS.flatMap(([product, name, check]) => {
    const [one, reason] = [rearms[product], why[product]]
    const isAsked = findings.some((finding) => finding.check === check && finding.vdisks.includes(look.plan.title))
    if (one === null || reason === null || !isAsked) return []
    const spent = one.left === one.read ? '' : ', less the rearm that it began'
    const read = `${String(one.read)} last read on ${one.at.slice(0, 16).replace('T', ' ')} UTC by run ${one.run}${spent}`
    const text = `${name} rearms by the record: ${one.left === one.read ? read : `${String(one.left)} left (${read})`}; ${reason}, so this is not a fact of now`
    return hanging('   ', text, screen.width)
  })
}

/** What the hosts of the plans are, by name. */
function rolesOf(plans: readonly Plan[]): ReadonlyMap<string, string> {
  return new Map(
    plans.flatMap(({ farm, target, canaries, kmsHost }) => [
      [farm.name, 'farm'] as const,
      ...canaries.map(({ host }) => [host, 'canary'] as const),
      ...(kmsHost === null ? [] : [[kmsHost, 'KMS host'] as const]),
      [target.device, 'device of the target'] as const,
      [target.host, 'target'] as const,
      ...farm.servers.map((host) => [host, 'PVS server'] as const),
    ]),
  )
}

/** A line of the screen: one finding, or several of one host that nobody could see for the same reason. */
interface Entry {
  readonly finding: Finding
  readonly name: string
}

/** Only what nobody saw is drawn together: two checks that fail in the same words are still two troubles. */
function entries(findings: readonly Finding[]): readonly Entry[] {
  const reason = (one: Finding) => (one.verdict === 'unknown' || one.verdict === 'na' ? one.says : one.check)
  const groups = Map.groupBy(findings, (one) => JSON.stringify([one.verdict, reason(one), one.vdisks]))
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    if (group.length === 1) return [{ finding: first, name: first.check }]
    const effect = `${first.verdict === 'unknown' ? 'Not known for this reason' : 'Left out'}: ${group.map((one) => one.check).join(', ')}`
    const remedy = first.remedy.filter((line) => group.every((one) => one.remedy.includes(line)))
    return [{ finding: { ...first, effect, remedy }, name: `${String(group.length)} checks` }]
  })
}

/** What --fix does is one way more; a command is typed as this one was, its file too. */
function withFix(
  { finding, name }: Entry,
  { typed, whole }: { readonly typed: string; readonly whole: string },
  { said }: Screen,
): Entry {
  const ways =
    finding.fix === null ? [] : [`Or let a run do it (${finding.fix}):`, `vdiskprep doctor ${whole} --fix ${finding.check}`]
  const remedy = [...finding.remedy, ...ways].map((line) => asTyped(line.replaceAll(whole, typed), said))
  return { finding: { ...finding, remedy }, name }
}

function entryLines({ finding, name }: Entry, vdisks: number, isMany: boolean, screen: Screen): readonly string[] {
  const [word, paint] = VERDICT_WORDS[finding.verdict]
  const of = isMany && finding.vdisks.length < vdisks ? ` (${finding.vdisks.join(', ')})` : ''
  const waived = finding.waived === null || finding.verdict === 'pass' ? [] : [`Waived by the workflow: ${finding.waived}`]
  const text = (width: number) => [
    ...hanging(` ${screen.paint(paint, word.padEnd(4))}  ${name.padEnd(18)}  `, `${finding.says}${of}`, width, FINDING_INDENT),
    ...[...(finding.effect === null ? [] : [finding.effect]), ...waived].flatMap((line) =>
      hanging(' '.repeat(FINDING_INDENT), line, width),
    ),
  ]
  if (screen.width >= WIDE) {
    const half = Math.floor(screen.width / 2)
    const right = fixLines(finding.remedy, screen.width - half)
    if (right.every((line) => line.length <= screen.width - half)) return beside(text(half - GAP), right, half)
  }
  return [
    ...text(screen.width),
    ...fixLines(finding.remedy, screen.width - FINDING_INDENT).map((line) => `${' '.repeat(FINDING_INDENT)}${line}`),
  ]
}

/** Two columns. The left one may hold colour, which takes no room. */
function beside(left: readonly string[], right: readonly string[], at: number): readonly string[] {
  const rows = Math.max(left.length, right.length)
  return Array.from({ length: rows }, (_, row) => {
    const text = left[row] ?? ''
    const other = right[row] ?? ''
    return other === '' ? text : `${text}${' '.repeat(Math.max(1, at - stripVTControlCharacters(text).length))}${other}`
  })
}

function footer(report: DoctorReport, looks: readonly Look[], hidden: number, screen: Screen): readonly string[] {
  const { tally, exitCode, checks: asked, findings } = report
  const { pass, na, warn, fail, unknown } = tally
  const loud = [
    ...(fail > 0 ? [`${String(fail)} fail`] : []),
    ...(warn > 0 ? [`${String(warn)} warn`] : []),
    ...(unknown > 0 ? [`${String(unknown)} unknown`] : []),
  ]
  const unseen = findings.filter(({ says }) => says === TARGET_OFF)
  const off = [...new Set(looks.filter(targetIsOff).map(({ plan }) => plan.target.device))]
  const names = off.length === 1 ? `${off[0] ?? ''} is off` : `${String(off.length)} targets are off`
  const because = unseen.length === 0 || off.length === 0 ? '' : ` (${String(unseen.length)} as ${names})`
  const quiet = [`${String(pass)} pass`, ...(na > 0 ? [`${String(na)} not applicable${because}`] : [])].join(', ')
  const hint = hidden === 0 ? '' : '; --all shows them'
  const results = findings.length === asked ? '' : `${counted(asked, 'check')} gave ${String(findings.length)} results: `
  const nothing = asked < checks.length ? 'Nothing of this would hold a run.' : 'Nothing would hold a run.'
  const sum = exitCode === 0 ? screen.paint('good', nothing) : screen.paint('bad', 'A run would be held.')
  const text = `${results}${[...loud, quiet].join(', ')}${hint}. Exit code ${String(exitCode)}.`
  return hanging(` ${sum} `, text, screen.width, 1)
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${String(count)} ${count === 1 ? one : many}`
}
