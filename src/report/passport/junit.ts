import { attributes, escaped } from '../xml.ts'
import { workedMs } from './course.ts'
import { lackingLines, lackingOf } from './lacking.ts'
import type { Passport } from './passport-shape.ts'
import { stepTitle } from './words.ts'

type Step = Passport['steps'][number]

/** A run as JUnit XML: a case for each step, and one for the proof. A held or failed step is a failure, a step that a run has not reached
 *  or left out is skipped; the proof fails unless the run verified. */
export function passportJunit(passport: Passport): string {
  const { steps, says, kind, vdisk, run } = passport
  const name = vdisk.name ?? run.title
  const isBroken = (state: Step['state']) => state === 'held' || state === 'failed'
  const isLeftOut = (state: Step['state']) => state === 'pending' || state === 'skipped' || state === 'running'
  const proved = kind === 'passport'
  const lacks = lackingOf(passport)
  const lacking = lacks === null ? [] : lackingLines(lacks)
  const counts = {
    tests: steps.length + 1,
    failures: steps.filter(({ state }) => isBroken(state)).length + (proved ? 0 : 1),
    errors: 0,
    skipped: steps.filter(({ state }) => isLeftOut(state)).length,
  }
  const time = run.startedAt === null || run.lastAt === null ? 0 : (Date.parse(run.lastAt) - Date.parse(run.startedAt)) / 1000
  const begun = run.startedAt === null ? {} : { timestamp: run.startedAt.slice(0, 19) }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: `vdiskprep run ${passport.journal.run}`, time: time.toFixed(3), ...counts })}>`,
    `  <testsuite${attributes({ name, ...begun, time: time.toFixed(3), ...counts })}>`,
    ...steps.map((step) => caseOf(name, step, passport)),
    proved
      ? `    <testcase${attributes({ classname: name, name: 'the licence passport', time: 0 })}><system-out>${escaped([says, ...lacking].join('\n'))}</system-out></testcase>`
      : `    <testcase${attributes({ classname: name, name: 'the licence passport', time: 0 })}><failure${attributes({ message: says, type: run.outcome ?? run.state })}>${escaped(lacking.join('\n'))}</failure></testcase>`,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function caseOf(classname: string, { step, state, because, ...times }: Step, { troubles, timeline }: Passport): string {
  const time = (workedMs(times, timeline) ?? 0) / 1000
  const head = `    <testcase${attributes({ classname, name: stepTitle(step), time: time.toFixed(3) })}`
  const says = because.join('\n')
  if (state === 'done') return says === '' ? `${head}/>` : `${head}><system-out>${escaped(says)}</system-out></testcase>`
  if (state === 'held' || state === 'failed') {
    const trouble = troubles.findLast(({ place, is }) => (is === 'held' && place.startsWith(`${step}.`)) || is === 'ended')
    const message = trouble === undefined ? state : trouble.says
    return `${head}><failure${attributes({ message, type: trouble?.code ?? state })}>${escaped([message, trouble?.effect ?? ''].join('\n'))}</failure></testcase>`
  }
  const message = state === 'skipped' ? says : state === 'running' ? 'under way' : 'not reached'
  return `${head}><skipped${attributes({ message })}/></testcase>`
}
