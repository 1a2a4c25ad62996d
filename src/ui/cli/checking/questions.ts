import type { ArgsOf, FactsOf, OperationName, Role } from '../../../wire/operations/catalogue.ts'
import { targetPart } from '../../../wire/operations/target-state.ts'

/** One operation that only reads, with arguments; or why it is left out. `about` tells it from others of the same name. */
export type Question =
  | { readonly [O in OperationName]: { readonly op: O; readonly args: ArgsOf<O>; readonly about: string } }[OperationName]
  | { readonly op: OperationName; readonly about: string; readonly leftOut: string }

/** What a PVS server can be asked for by name, and from when on events are wanted (UTC). */
export interface Subjects {
  readonly devices: readonly string[]
  readonly disks: readonly { readonly site: string; readonly store: string; readonly name: string }[]
  readonly since: string
}

/** Every operation of a role that only reads. Takes the facts of each answer, undefined where there are none: the next question may need them. */
export function questionsOf(role: Role, subjects: Subjects): Generator<Question, void, unknown> {
  return { target: targetQuestions, pvs: serverQuestions, kms: kmsQuestions }[role](subjects)
}

function* targetQuestions({ since }: Subjects): Generator<Question, void, unknown> {
  let handsOff = false
  for (const part of targetPart.options) {
    const op = 'Get-VdpTargetState'
    if (part === 'office' && handsOff) {
      yield { op, about: part, leftOut: 'Office was rearmed since the last boot: nothing may touch it' }
      continue
    }
    const facts = (yield { op, about: part, args: { parts: [part] } }) as FactsOf<'Get-VdpTargetState'> | undefined
    handsOff ||= facts?.officeRearmed === true
  }
  yield { op: 'Test-VdpKmsReachability', about: 'as DNS names it', args: { host: null, port: null } }
  yield { op: 'Get-VdpActivationEvents', about: 'of 7 days', args: { since, ids: [12_288, 12_289] } }
}

/** A name, a disk and a task that no farm has: what is not found is an answer too. */
const NOBODY = { device: 'vdiskprep-none', disk: '00000000-0000-4000-8000-000000000000', task: '4294967295' } as const

function* serverQuestions({ devices, disks }: Subjects): Generator<Question, void, unknown> {
  yield { op: 'Get-VdpServerState', about: '', args: {} }
  const guids: string[] = []
  for (const name of devices.length === 0 ? [NOBODY.device] : devices) {
    const facts = (yield { op: 'Get-VdpDeviceState', about: name, args: { name } }) as FactsOf<'Get-VdpDeviceState'> | undefined
    guids.push(...(facts?.device?.disks.map(({ guid }) => guid) ?? []))
  }
  const named = disks.map((args) => ({ args, about: `${args.store}/${args.name}` }))
  const found = [...new Set(guids)].slice(0, 1).map((guid) => ({ args: { guid }, about: 'of that device' }))
  const nobody = { args: { guid: NOBODY.disk }, about: 'that is not there' }
  for (const one of named.length > 0 ? named : found.length > 0 ? found : [nobody]) yield { op: 'Get-VdpDiskState', ...one }
  const files = named.map(({ args: { store, name }, about }) => ({ about, args: { store, name } }))
  for (const one of files.length > 0 ? files : [{ about: 'of no store', args: { store: NOBODY.disk, name: NOBODY.disk } }]) {
    const facts = (yield { op: 'Get-VdpDiskFiles', ...one }) as FactsOf<'Get-VdpDiskFiles'> | undefined
    const large = facts?.files.find(({ sha256 }) => sha256 === null)?.name
    const op = 'Get-VdpDiskSlice'
    // One byte shows whether a file lets itself be read while it is streamed.
    if (large === undefined) yield { op, about: one.about, leftOut: 'no file of it lies in a folder of this server' }
    else yield { op, about: one.about, args: { ...one.args, file: large, offset: 0, bytes: 1 } }
  }
  yield { op: 'Get-VdpTask', about: 'that is not there', args: { taskId: NOBODY.task } }
}

function* kmsQuestions({ since }: Subjects): Generator<Question, void, unknown> {
  yield { op: 'Get-VdpKmsHostState', about: '', args: {} }
  yield { op: 'Get-VdpKmsRequests', about: 'of 7 days', args: { since } }
}
