import type { RunContext } from '../../../src/procedure/chart/context.ts'
import { holdReason } from '../../../src/procedure/chart/holding.ts'
import type { Person } from '../../../src/procedure/events.ts'
import { THIS_DISK } from './farms.ts'
import { stageAt } from '../../../src/procedure/stages.ts'
import type { OperationName } from '../../../src/wire/operations/catalogue.ts'
import type { Depth } from './plans.ts'
import type { Findings } from './verdicts.ts'

/** One thing that may happen next: the event for the chart, and what a person would call it. */
export interface Happening {
  readonly event: { readonly type: string; readonly [detail: string]: unknown }
  readonly says: string
  readonly kind: 'effect' | 'timer' | 'decision' | 'abort'
}

/** Who starts every walked run, and somebody else. */
export const starter: Person = { login: 'maria', host: 'ops1', claim: null }
const another: Person = { login: 'jonas', host: 'ops2', claim: null }

const SILENT = { code: 'HOST_UNREACHABLE', details: { host: 'a host', why: 'no answer' } } as const
const REFUSED = { code: 'HOST_REFUSED', details: { host: 'a host', message: 'no' } } as const

/** What a host may say at the end of an act, as far as a judge tells answers apart. */
function answersOf(op: OperationName): readonly (readonly [says: string, facts: Readonly<Record<string, unknown>>])[] {
  switch (op) {
    case 'Invoke-VdpOfficeRearm':
      return [
        ['success', { program: { exitCode: 0, output: '', timedOut: false }, successLine: true }],
        ['no success line', { program: { exitCode: 1, output: '', timedOut: false }, successLine: false }],
      ]
    case 'Invoke-VdpHook':
      return [
        ['exit code 0', { program: { exitCode: 0, output: '', timedOut: false } }],
        ['exit code 1', { program: { exitCode: 1, output: '', timedOut: false } }],
      ]
    case 'Invoke-VdpImaging':
      return [['success', { program: { exitCode: 0, output: '', timedOut: false }, successLine: true }]]
    case 'New-VdpDisk':
      return [['made', { after: { disk: { guid: THIS_DISK } } }]]
    case 'Test-VdpMount':
      return [
        ['dismounted', {}],
        ['left mounted', { after: { mounted: { guid: THIS_DISK, name: 'W11-Office' } } }],
      ]
    case 'Set-VdpDiskMode':
    case 'Publish-VdpVersion':
      return [
        ['at once', { taskId: null }],
        ['task 7', { taskId: '7' }],
      ]
    default:
      return [['accepted', {}]]
  }
}

function receiptsOf(op: OperationName): readonly (readonly [says: string, settled: Readonly<Record<string, unknown>>])[] {
  const receipt = (name: string, result: unknown = null) => [name, { receipt: name, result, boot: null }] as const
  const ended = op === 'Invoke-VdpOfficeRearm' ? { successLine: true, 'program.exitCode': 0 } : null
  return [
    receipt('ended', ended),
    ...(ended === null ? [] : [['ended without success', { receipt: 'ended', result: {}, boot: null }] as const]),
    receipt('failed'),
    receipt('unfinished'),
    receipt('in-flight'),
  ]
}

/** Everything that may follow in a state whose chart takes these events. Timers ring in any order. */
export function happenings(
  at: string,
  types: readonly string[],
  context: RunContext,
  timers: readonly string[],
  findings: Findings,
  depth: Depth,
): readonly Happening[] {
  return types.flatMap((type) => {
    if (type.startsWith('xstate.after.')) {
      return timers.includes(type) ? [{ event: { type }, says: `timer ${type.split('.')[2] ?? ''}`, kind: 'timer' } as const] : []
    }
    if (type.startsWith('xstate.done.actor.') || type.startsWith('xstate.error.actor.'))
      return results(type, context, findings, depth)
    return type.startsWith('xstate.') || type === '' ? [] : decisions(type, at, context, depth)
  })
}

function results(type: string, context: RunContext, findings: Findings, depth: Depth): readonly Happening[] {
  const { place, intent } = context.stage
  const op = intent?.op ?? 'Get-VdpTargetState'
  const effect = (says: string, detail: Readonly<Record<string, unknown>>): Happening => ({
    event: { type, ...detail },
    says,
    kind: 'effect',
  })
  switch (type) {
    case 'xstate.done.actor.look':
      return findings
        .at(context)
        .map((finding) => effect(`${place} looked (${finding.facts}): ${finding.verdict.is}`, { output: finding }))
    case 'xstate.done.actor.act':
      return answersOf(op).map(([says, facts]) => effect(`${op} answered: ${says}`, { output: facts }))
    case 'xstate.error.actor.act':
      return [
        effect(`${op} refused`, { error: { fault: REFUSED, inDoubt: false } }),
        effect(`${op} in doubt`, { error: { fault: SILENT, inDoubt: true } }),
      ]
    case 'xstate.done.actor.settle': {
      const boots = [
        ['none, same boot', context.memory.window],
        ['none, another boot', null],
      ] as const
      return [
        ...boots
          .filter(
            ([, boot]) =>
              context.stage.lost < depth.lost ||
              (stageAt(place).repeat === 'never' && (boot === null || context.stage.lost === 0)),
          )
          .map(([says, boot]) => effect(`receipt: ${says}`, { output: { receipt: 'none', result: null, boot } })),
        ...receiptsOf(op)
          .filter(([says]) => depth.everything || (says !== 'failed' && says !== 'in-flight'))
          .map(([says, settled]) => effect(`receipt: ${says}`, { output: settled })),
      ]
    }
    default:
      return [
        type.startsWith('xstate.done')
          ? effect(type.slice('xstate.done.actor.'.length), { output: {} })
          : effect(`${type.slice('xstate.error.actor.'.length)} failed`, { error: SILENT }),
      ]
  }
}

function decisions(type: string, at: string, context: RunContext, depth: Depth): readonly Happening[] {
  const kind = type === 'abort' ? 'abort' : 'decision'
  const decision = (by: Person, option: string | null): Happening => ({
    event: { type, by, reason: null, option },
    says: `${by.login}: ${type}${option === null ? '' : ` ${option}`}`,
    kind,
  })
  if (type !== 'approve') return [decision(starter, null)]
  const { options } = at.endsWith('.held') ? holdReason(context, false) : { options: [] }
  const people = depth.everything || at.endsWith('.approving') ? [starter, another] : [another]
  return people.flatMap((by) => [decision(by, null), ...options.map(({ name }) => decision(by, name))])
}
