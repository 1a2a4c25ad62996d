import { personText } from '../../procedure/told.ts'
import { NOT_RECORDED, type Cell, type Page, type Section } from '../page/blocks.ts'
import { workedMs } from './course.ts'
import { lackingLines, lackingOf } from './lacking.ts'
import { counterCells, licenceSection } from './licence-section.ts'
import type { Passport } from './passport-shape.ts'
import { recordSections } from './record-sections.ts'
import type { Route } from './route.ts'
import { span, timelineSvg, timelineWords } from './timeline-svg.ts'
import { atText, keep, orMissing, stepTitle, versionText, when } from './words.ts'

const TITLES = {
  passport: 'Licence passport',
  practice: 'Licence passport of a practice run',
  unverified: 'Licence passport, NOT VERIFIED',
  report: 'Run report, no passport',
}

/** A passport as a page: its first line, the vDisk, the licences, the course of the run, then all that it rests on. */
export function passportPage(passport: Passport, route: Route): Page {
  const { kind, simulated, says, vdisk, run, journal } = passport
  const lacking = lackingOf(passport)
  const name = vdisk.name ?? run.title
  const version = vdisk.version === null ? '' : `, version ${String(vdisk.version.number)}`
  return {
    title: `${kind === 'passport' && simulated ? TITLES.practice : TITLES[kind]}: ${name}${kind === 'report' ? '' : version}`,
    headline: { text: says, as: kind === 'report' ? 'bad' : kind === 'unverified' || simulated ? 'warn' : 'good' },
    means: lacking === null ? [] : lackingLines(lacking),
    about: [
      `Made from the journal of run ${journal.run} alone, ${String(journal.lines)} events. Times are UTC. What the journal does not hold is "not recorded".`,
    ],
    sections: [
      diskSection(passport),
      licenceSection(passport),
      courseSection(passport, route),
      ...peopleSections(passport),
      ...recordSections(passport),
    ],
  }
}

function diskSection({ vdisk, run, order, rearm, rearms, agreed }: Passport): Section {
  const image = [vdisk.windows === null ? null : `${vdisk.windows} (build ${String(vdisk.build)})`, ...(vdisk.office ?? [])]
  const told = image.filter((one) => one !== null)
  return {
    title: 'The vDisk',
    blocks: [
      {
        is: 'pairs',
        rows: [
          ['vDisk', orMissing(vdisk.name), [vdisk.farm, vdisk.site, vdisk.store].filter((one) => one !== null).join(' / ')],
          ['Guid', vdisk.guid === null ? NOT_RECORDED : { text: vdisk.guid, as: 'mono' }],
          ['Version', versionText(vdisk.version)],
          ['Image', ...(told.length === 0 ? [NOT_RECORDED] : told)],
          ['Scenario', orMissing(run.scenario)],
          [
            'Order of the steps',
            order === null
              ? NOT_RECORDED
              : order.because.startsWith(order.steps)
                ? order.because
                : `${order.steps}: ${order.because}`,
          ],
          ['Rearm', rearm === null ? NOT_RECORDED : `${rearm.wanted ? 'wanted' : 'not wanted'}: ${rearm.because}`],
          ['Windows rearms', ...counterCells(rearms.windows)],
          ['Office rearms', ...counterCells(rearms.office)],
          ['Sealed', vdisk.sealedAt === null ? NOT_RECORDED : `${atText(vdisk.sealedAt)} by the clock of the PVS server`],
          ['Began', atText(run.startedAt), run.by === null ? NOT_RECORDED : `by ${personText(run.by)}`],
          ['Last event', atText(run.lastAt), run.outcome ?? run.state],
          [
            'Workflow',
            orMissing(run.file),
            orMissing(run.procedure),
            run.plan === null ? NOT_RECORDED : { text: run.plan, as: 'mono' },
          ],
          ...(agreed.length === 0
            ? []
            : [
                ['Agreed to in the file', ...agreed.map(({ what, why }) => (why === null ? what : `${what}: ${why}`))] as [
                  string,
                  ...Cell[],
                ],
              ]),
        ],
      },
    ],
  }
}

function courseSection({ steps, timeline, path }: Passport, route: Route): Section {
  const place = (step: string) => (path.includes(step) ? path.indexOf(step) : path.length)
  const rows = steps
    .toSorted((one, other) => place(one.step) - place(other.step))
    .map((one): readonly Cell[] => {
      const { step, state, because, startedAt } = one
      const worked = state === 'skipped' ? null : workedMs(one, timeline)
      return [
        stepTitle(step),
        { text: state === 'pending' ? 'not reached' : state === 'skipped' ? 'left out' : state, as: STATE_PAINT[state] },
        because.length === 0 ? '' : because.join('\n'),
        startedAt === null ? '' : when(startedAt),
        worked === null ? '' : keep(span(worked)),
      ]
    })
  const drawn =
    timeline.length === 0
      ? []
      : [{ is: 'picture' as const, title: 'Timeline of the run', svg: timelineSvg(timeline), says: timelineWords(timeline) }]
  return {
    title: 'The course of the run',
    blocks: [
      { is: 'table', columns: ['step', 'state', 'rests on', 'began', 'worked'], rows },
      ...drawn,
      ...(timeline.some(({ is }) => is !== 'step' && is !== 'skipped') ? [{ is: 'text' as const, text: LEGEND }] : []),
      { is: 'picture', title: 'The chart of the procedure with the way that the run took', ...route },
    ],
  }
}

const LEGEND: Cell = {
  text: 'Thin bars: red held, amber waiting for an approval, dashed driven by nobody, which no step counts as work.',
  as: 'faint',
}

const STATE_PAINT = { pending: 'faint', running: 'warn', done: 'good', skipped: 'faint', held: 'bad', failed: 'bad' } as const

function peopleSections({ decisions, troubles, owners }: Passport): readonly Section[] {
  return [
    {
      title: 'Decisions of people',
      blocks: [
        decisions.length === 0
          ? { is: 'text', text: 'Nobody was asked, and nobody decided anything.' }
          : {
              is: 'table',
              columns: ['when', 'who', 'decided', 'asked', 'reason'],
              rows: decisions.map(({ at, by, decision, option, answers, place, reason }) => [
                when(at),
                keep(personText(by)),
                option === null ? decision : `${decision}: ${option}`,
                `${place}\n${answers ?? ''}`.trim(),
                reason ?? NOT_RECORDED,
              ]),
            },
        {
          is: 'list',
          items: owners.map(
            ({ at, by, resumed }) => `${atText(at)} ${personText(by)} ${resumed ? 'took the run up' : 'began the run'}`,
          ),
        },
      ],
    },
    {
      title: 'What went wrong, and what became of it',
      blocks: [
        troubles.length === 0
          ? { is: 'text', text: 'Nothing is recorded.' }
          : {
              is: 'table',
              columns: ['when', 'where', 'what', 'what it meant', 'what became of it'],
              rows: troubles.map(({ at, place, is, code, says, effect, end }) => [
                when(at),
                keep(place),
                `${is}${code === null ? '' : `: ${code}`}\n${says}`,
                effect ?? '',
                end === null ? NOT_RECORDED : `${atText(end.at)} ${end.says}`,
              ]),
            },
      ],
    },
  ]
}
