import { namesSecret } from './secret-lines.ts'
import { statedOrder } from './office-service.ts'
import { object, type PlanSubject } from './plan-subject.ts'
import { STEPS, type StepName } from './plan.ts'
import { PARAMETER_NAME, type HookFields } from './step-schema.ts'
import { keyAt, written, type Path } from './tree-path.ts'
import { durationMs } from './units.ts'

type Moment = `${StepName}.${'before' | 'after'}`

/** Moments between the first rearm and the proved power-off, by order. Which order runs is often known only on the machine:
 *  then every moment counts that may lie inside. */
const WINDOW: Readonly<Record<'article' | 'officeFirst' | 'unknown', readonly Moment[]>> = {
  article: [
    'rearmWindows.after',
    'installOfficeKey.before',
    'installOfficeKey.after',
    'rearmOffice.before',
    'rearmOffice.after',
    'sealVDisk.before',
  ],
  officeFirst: ['rearmOffice.after', 'rearmWindows.before', 'rearmWindows.after', 'sealVDisk.before'],
  unknown: [
    'rearmWindows.before',
    'rearmWindows.after',
    'installOfficeKey.before',
    'installOfficeKey.after',
    'rearmOffice.before',
    'rearmOffice.after',
    'sealVDisk.before',
  ],
}

/** Moments after the Office rearm, when nothing of Office may run. Source: kms.md 5.4. */
const HANDS_OFF: readonly Moment[] = ['rearmOffice.after', 'sealVDisk.before']

/** Moments at which step 8 has shut the prep device down. */
const TARGET_OFF: readonly Moment[] = ['sealVDisk.after', 'verify.before', 'verify.after', 'release.before', 'release.after']

/** An agent's operation may last this long. */
const LONGEST_MS = 4 * 3600 * 1000

const REBOOTS = /\b(?:Restart-Computer|shutdown(?:\.exe)?\s+[-/]+[rg]|Stop-Computer)\b/i
const OFFICE = /\b(?:ospp\.vbs|OSPPREARM\.EXE|WINWORD\.EXE|EXCEL\.EXE|OUTLOOK\.EXE)\b/i

/** One hook with the script it stands for, as far as it could be read. */
export interface ReadHook {
  readonly fields: HookFields
  readonly script: string | undefined
  readonly step: StepName
  readonly when: 'before' | 'after'
  readonly path: Path
}

/** All hooks of a file in the order of the steps; `scriptOf` reads the text of one. */
export function hooksOf(
  subject: PlanSubject,
  scriptOf: (fields: HookFields, path: Path) => string | undefined,
): readonly ReadHook[] {
  return STEPS.flatMap((step) =>
    (['before', 'after'] as const).flatMap((when) =>
      (subject.file.hooks?.[step]?.[when] ?? []).map((fields, index) => {
        const path = ['hooks', step, when, index]
        return { fields, script: scriptOf(fields, path), step, when, path }
      }),
    ),
  )
}

/** Checks that hooks say what they are, hold no secret, and cannot reboot the image between its rearm and its seal. */
export function checkHooks(subject: PlanSubject, hooks: readonly ReadHook[]): void {
  for (const hook of hooks) {
    checkForm(subject, hook)
    checkCommand(subject, hook)
    checkParameters(subject, hook)
    checkTargetIsOn(subject, hook)
    checkReboot(subject, hook)
    checkOffice(subject, hook)
  }
}

function checkForm(subject: PlanSubject, { fields, path }: ReadHook): void {
  const complain = (message: string, expected: string) => subject.found.add({ at: keyAt(subject.tree, path), message, expected })
  const missing = (field: string) => !written(subject.tree, [...path, field])
  if (missing('name')) complain('this hook has no name', 'name: what people see of it')
  if (missing('on')) complain('this hook does not say where it runs', 'on: target, pvs or local')
  if (missing('run') && missing('file')) complain('this hook has no script', 'run: the script, or file: its path')
  if (fields.run !== undefined && fields.file !== undefined) complain('this hook has two scripts', 'run: or file:, not both')
}

function checkCommand(subject: PlanSubject, { fields, path, script = '' }: ReadHook): void {
  const at = [...path, fields.file === undefined ? 'run' : 'file']
  if (fields.on === 'local' && script.trimEnd().includes('\n'))
    object(subject, at, {
      message: 'a local hook is one command line, and this one has several lines',
      expected: 'a script file, and its command line in run:',
    })
  const ms = fields.timeout === undefined ? undefined : durationMs(fields.timeout)
  if (ms !== undefined && (ms === 0 || ms > LONGEST_MS))
    object(subject, [...path, 'timeout'], {
      message: `a hook may run ${fields.timeout ?? ''}`,
      expected: 'more than nothing and at most 4h',
    })
}

/** In the other scenarios nobody knows whether the prep device is on; the run then says so. */
function checkTargetIsOn(subject: PlanSubject, { fields, step, when, path }: ReadHook): void {
  const { scenario } = subject.file
  if (fields.on !== 'target' || !TARGET_OFF.includes(`${step}.${when}`)) return
  if (scenario === 'verify-only' || scenario === 'copied-image') return
  object(subject, [...path, 'on'], {
    message: `a hook ${when} ${step} cannot run on the prep device: step 8 has shut it down`,
    expected: 'on: pvs or on: local; or a hook before sealVDisk',
  })
}

function checkParameters(subject: PlanSubject, { fields, path }: ReadHook): void {
  for (const name of Object.keys(fields.parameters ?? {})) {
    const at = keyAt(subject.tree, [...path, 'parameters', name])
    if (!PARAMETER_NAME.test(name)) {
      subject.found.add({ at, message: `"${name}" cannot be the name of a parameter`, expected: 'letters, digits and _' })
    } else if (namesSecret(name)) {
      const message = `the parameter "${name}" looks like a secret; parameters are written to the record`
      subject.found.add({ at, message, expected: 'a script that reads its secret where it runs' })
    }
  }
}

function checkReboot(subject: PlanSubject, hook: ReadHook): void {
  const { fields, step, when, path, script = '' } = hook
  const { windows = {}, office = {} } = subject.file
  const noRearm = windows.rearm === 'never' && (office.rearm === 'never' || office.present === 'none')
  if (noRearm || !WINDOW[statedOrder(subject)].includes(`${step}.${when}`)) return
  const place = `${when} ${step}`
  const declared = written(subject.tree, [...path, 'mayReboot'])
  if (fields.mayReboot === true) {
    object(subject, [...path, 'mayReboot'], {
      message: `a hook ${place} must not reboot: the rearm would be spent on the prep device itself`,
      expected: 'a hook before the first rearm, such as cleanTokens.before; or mayReboot: false',
    })
  } else if (!declared && fields.on === 'target') {
    subject.found.add({
      at: keyAt(subject.tree, [...path, 'name']),
      message: `a hook ${place} runs between rearm and seal, where a reboot spends the rearm on the prep device itself`,
      expected: 'mayReboot: false if it cannot reboot, or a hook before the first rearm',
    })
  } else if (fields.on === 'target' && REBOOTS.test(script)) {
    object(subject, [...path, fields.file === undefined ? 'run' : 'file'], {
      message: `this hook is declared mayReboot: false, and its script says "${REBOOTS.exec(script)?.[0] ?? ''}"`,
      expected: `a script that does not restart or stop the prep device ${place}`,
    })
  }
}

function checkOffice(subject: PlanSubject, { fields, step, when, path, script = '' }: ReadHook): void {
  const moments = statedOrder(subject) === 'article' ? HANDS_OFF : [...HANDS_OFF, 'rearmWindows.before', 'rearmWindows.after']
  if (fields.on !== 'target' || !moments.includes(`${step}.${when}`) || subject.file.office?.present === 'none') return
  const named = OFFICE.exec(script)?.[0]
  if (named === undefined) return
  object(subject, [...path, fields.file === undefined ? 'run' : 'file'], {
    message: `this hook uses ${named} after the Office rearm: that starts the grace timer in the image`,
    expected: 'a hook before rearmOffice',
  })
}
