import { NOT_RECORDED, type Cell, type Section } from '../page/blocks.ts'
import type { Passport } from './passport-shape.ts'
import { keep, when } from './words.ts'

/** All that a passport rests on, for those who want to check it: facts with time and host, changes, agents, and the record itself. */
export function recordSections(passport: Passport): readonly Section[] {
  const { evidence, readings, changes, agents, left, settings } = passport
  return [
    section(
      'Facts that decided',
      ['when', 'stage', 'verdict', 'facts', 'asked of, by its clock'],
      evidence.map(({ at, place, verdict, because, hosts }) => [
        when(at),
        keep(place),
        verdict,
        because.join('\n'),
        askedOf(hosts),
      ]),
    ),
    section(
      'What hosts said, when first seen and when it changed',
      ['when', 'host', 'what', 'value'],
      readings.map(({ at, host, what, value }) => [when(at), host, what, value]),
    ),
    section(
      'Changes asked of hosts',
      ['when', 'host', 'change', 'operation', 'how it ended'],
      changes.map(({ at, host, what, operation, end }) => [when(at), host, what, operation, end]),
    ),
    {
      title: 'Left as the run changed it',
      blocks: [left.length === 0 ? { is: 'text', text: 'Nothing that is recorded.' } : { is: 'list', items: left }],
    },
    section(
      'Agents that answered',
      ['host', 'computer', 'bundle (SHA-256)', 'form'],
      agents.map(({ host, computer, bundle, form }) => [host, computer, { text: bundle, as: 'mono' }, form]),
    ),
    section(
      'What the workflow asked for',
      ['setting', 'value'],
      settings.map(({ name, value }) => [name, value]),
    ),
    recordSection(passport),
  ]
}

function section(title: string, columns: readonly string[], rows: readonly (readonly Cell[])[]): Section {
  return { title, blocks: [rows.length === 0 ? { is: 'text', text: NOT_RECORDED } : { is: 'table', columns, rows }] }
}

function recordSection({ journal, program, run }: Passport): Section {
  return {
    title: 'The record',
    blocks: [
      {
        is: 'pairs',
        rows: [
          ['Journal', `run ${journal.run}, ${String(journal.lines)} events`],
          ['Hash of its last line', journal.head === '' ? NOT_RECORDED : { text: journal.head, as: 'mono' }],
          ['Written by', `vdiskprep ${program}`],
          ['The run began under', run.program === null ? NOT_RECORDED : `vdiskprep ${run.program}`],
          ['Check this file', { text: 'vdiskprep audit verify FILE', as: 'mono' }],
        ],
      },
    ],
  }
}

/** Each host once, with the last moment by its own clock. */
function askedOf(hosts: Passport['evidence'][number]['hosts']): Cell {
  if (hosts.length === 0) return NOT_RECORDED
  const times = Map.groupBy(hosts, ({ host }) => host)
  const told = [...times].map(([host, all]) =>
    `${host} ${
      all
        .map(({ at }) => at?.slice(11, 19) ?? '')
        .toSorted()
        .at(-1) ?? ''
    }`.trim(),
  )
  return keep(told.join('\n'))
}
