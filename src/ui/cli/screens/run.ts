import { describeFault } from '../../../faults/table.ts'
import type { RunView } from '../../../procedure/run-view.ts'
import type { Terminal } from '../terminal.ts'
import { clock } from './elapsed.ts'
import { stepLines } from './steps.ts'

/** The whole of a run on one screen: what it is, its steps, and what it waits for or why it stopped. */
export function runScreen(view: RunView, now: number, terminal: Terminal): readonly string[] {
  return [...header(view, now, terminal), '', ...stepLines(view, now, terminal), '', ...situation(view, now, terminal)]
}

function header(view: RunView, now: number, terminal: Terminal): readonly string[] {
  const { plan } = view
  const end = view.state === 'ended' || view.state === 'held' || view.state === 'stopped' ? view.changedAt : now
  const where = plan === null ? '' : `  farm ${plan.farm.name} / store ${plan.vdisk.store}`
  const who = view.startedBy?.login ?? ''
  const order = view.memory.order === null ? '' : `   order  ${view.memory.order.because}`
  return [
    ` ${terminal.paint('strong', view.title)}${where}   run ${view.run}   ${who}   ${clock(end - view.startedAt)}`,
    ` scenario  ${plan?.scenario ?? ''}${order}`,
  ]
}

function situation(view: RunView, now: number, terminal: Terminal): readonly string[] {
  if (view.held !== null) return heldLines(view, terminal)
  if (view.approval !== null) {
    const { what, because, anotherPerson } = view.approval
    return [
      `${terminal.paint('warn', 'WAITS FOR APPROVAL')}  ${what}`,
      ...because.map((line) => `  ${line}`),
      `  Next:  vdiskprep decide ${view.run} approve --reason "..."${anotherPerson ? '     (by another login)' : ''}`,
      `         vdiskprep decide ${view.run} abort --reason "..."`,
    ]
  }
  if (view.waiting !== null && view.state === 'running') {
    const { since, deadlineMs, because } = view.waiting
    const until = deadlineMs > 0 ? ` of ${clock(deadlineMs)}` : ''
    return [`waiting for ${view.waiting.for}   ${clock(now - since)}${until}`, ...because.map((line) => `  ${line}`)]
  }
  if (view.state === 'stopped') return [`stopped at a safe point.  Next:  vdiskprep resume ${view.run}`]
  return view.state === 'ended' ? endLines(view, terminal) : []
}

function heldLines(view: RunView, terminal: Terminal): readonly string[] {
  if (view.held === null) return []
  const { fault, because, options, skippable } = view.held
  const text = describeFault(fault.code, { run: view.run, file: view.plan?.source.file ?? 'FILE', ...fault.details })
  const remedies = text.remedy.filter((line) => !line.includes('--option ') && !line.includes('skip --reason'))
  const ways = [
    ...options.map((option) => `vdiskprep decide ${view.run} approve --option ${option.name} --reason "..."     ${option.label}`),
    ...remedies,
    ...(skippable ? [`vdiskprep decide ${view.run} skip --reason "..."`] : []),
  ]
  const abort = `vdiskprep decide ${view.run} abort --reason "..."`
  const next = [...new Set([...ways, ...(ways.some((way) => way.includes(' abort')) ? [] : [abort])])]
  return [
    terminal.paint('bad', `HELD  ${fault.code}`),
    `  ${text.says}`,
    `  ${text.effect}`,
    ...because.filter((line) => line !== text.says).map((line) => `  - ${line}`),
    `  Next:  ${next[0] ?? ''}`,
    ...next.slice(1).map((line) => `         ${line}`),
    `  More:  vdiskprep show ${view.run}`,
  ]
}

function endLines(view: RunView, terminal: Terminal): readonly string[] {
  const { ending, memory } = view
  if (ending === null) return []
  const paint = ending.outcome === 'verified' ? 'good' : ending.outcome === 'sealed-unverified' ? 'warn' : 'bad'
  const fault = ending.fault === null ? null : describeFault(ending.fault.code, { run: view.run, ...ending.fault.details })
  const keys = [
    memory.windows.key === null ? null : `Windows ...${memory.windows.key}`,
    ...memory.office.keys.map((key) => `${key.product} ...${key.lastFive}`),
  ].filter((line) => line !== null)
  const rows: readonly (readonly [string, string | null])[] = [
    ['order', memory.order?.because ?? null],
    ['keys', keys.length === 0 ? null : keys.join('  ')],
    ['rearms', rearms(view)],
    ['CMID before', memory.windows.cmidBefore],
    ...memory.clones.map(
      (clone) =>
        [
          `CMID ${clone.canary}`,
          `${clone.cmid}  ${clone.status === 1 ? `licensed by ${clone.kms ?? 'KMS'}` : 'not licensed yet'}`,
        ] as const,
    ),
    ['record', `journal of run ${view.run}, ${String(view.lines)} lines, head ${view.head.slice(0, 16)}`],
  ]
  return [
    terminal.paint(paint, `${ending.outcome.toUpperCase()}  ${ending.because}`),
    ...(fault === null
      ? []
      : [
          `  ${fault.says}`,
          `  ${fault.effect}`,
          ...fault.remedy.map((line, at) => `  ${at === 0 ? 'Next:' : '     '}  ${line}`),
        ]),
    ...rows.flatMap(([label, text]) => (text === null ? [] : [`  ${label.padEnd(14)} ${text}`])),
  ]
}

function rearms({ memory }: RunView): string | null {
  const { rearmsBefore, rearmsAfter } = memory.windows
  if (rearmsBefore === null) return memory.rearm === null ? null : `none spent: ${memory.rearm.because}`
  const windows = `Windows ${String(rearmsBefore)} -> ${rearmsAfter === null ? `${String(rearmsBefore - 1)} (computed: the counter cannot be read before the next boot)` : String(rearmsAfter)}`
  const office = memory.office.rearmed
    ? `   Office ${memory.office.rearmsBefore === null ? '? (not readable)' : `${String(memory.office.rearmsBefore)} -> ${String(memory.office.rearmsBefore - 1)} (computed)`}`
    : ''
  return `${windows}${office}`
}
