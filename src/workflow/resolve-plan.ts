import { CACHE_TYPES } from './cache-names.ts'
import { checkDisk } from './check-disk.ts'
import { checkHooks, hooksOf, type ReadHook } from './check-hooks.ts'
import { checkKeys, checkStatedWindows } from './check-keys.ts'
import { checkRisks } from './check-risks.ts'
import { DEFAULT_POLICY, DEFAULTS, LICENSE_MODES } from './defaults.ts'
import { planHash } from './plan-hash.ts'
import { demand, type PlanSubject } from './plan-subject.ts'
import { STEPS, type Approval, type Hook, type Plan, type StepName, type StepPolicy } from './plan.ts'
import { resolveCanaries, resolveFarm, resolveTarget } from './resolve-hosts.ts'
import { secretReference } from './secret-reference.ts'
import type { HookFields } from './step-schema.ts'
import type { Path } from './tree-path.ts'
import { durationMs, sizeMiB } from './units.ts'

/** Checks one vDisk of a workflow and resolves it. Undefined when something is missing; then findings say what. */
export function resolvePlan(
  subject: PlanSubject,
  source: Omit<Plan['source'], 'hash'>,
  scriptOf: (fields: HookFields, path: Path) => string | undefined,
): Plan | undefined {
  const { file, inventory } = subject
  const hooks = hooksOf(subject, scriptOf)
  checkStatedWindows(subject)
  checkKeys(subject)
  checkRisks(subject)
  checkHooks(subject, hooks)
  checkDisk(subject)
  demand(subject, ['scenario'], {
    missing: 'nothing says what to do',
    expected: 'extends: kms-new-image (or another shipped procedure)',
  })
  demandDisk(subject)
  const farm = resolveFarm(subject)
  const target = resolveTarget(subject)
  const canaries = resolveCanaries(subject)
  const { name, store } = file.vdisk ?? {}
  if (!farm || !target || !file.scenario || name === undefined || store === undefined) return undefined
  const plan = { ...values(subject), title: file.title ?? name, scenario: file.scenario, farm, target, canaries }
  const whole = { ...plan, vdisk: diskOf(subject, name, store), kmsHost: inventory?.kmsHost ?? null, hooks: grouped(hooks) }
  return { ...whole, source: { ...source, hash: planHash(whole) } }
}

/** The parts of a plan that need neither hosts nor files. */
function values(subject: PlanSubject) {
  const { file } = subject
  const { windows = {}, office = {}, seal = {}, verify = {}, release = {} } = file
  const kms = file.kms === false ? {} : (file.kms ?? {})
  const { key = DEFAULTS.windows.key } = windows
  const officeKeys = Object.entries(office.keys ?? {}).map(
    ([id, text]) => [id, keyAt(subject, ['office', 'keys', id], text)] as const,
  )
  return {
    kms: { machine: kms.machine ?? null, port: kms.port ?? null },
    windows: {
      os: windows.os ?? null,
      key: key === 'auto' ? null : keyAt(subject, ['windows', 'key'], key),
      replaceChannel: windows.replaceChannel ?? [],
      activation: windows.activation ?? DEFAULTS.windows.activation,
      rearm: windows.rearm ?? DEFAULTS.windows.rearm,
    },
    office: {
      present: office.present ?? DEFAULTS.office.present,
      keys: Object.fromEntries(officeKeys),
      rearm: office.rearm ?? DEFAULTS.office.rearm,
    },
    cleanTokens: file.cleanTokens ?? DEFAULTS.cleanTokens,
    order: file.order ?? DEFAULTS.order,
    acceptRisk: file.acceptRisk ?? [],
    seal: {
      offDwellMs: ms(seal.offDwell ?? DEFAULTS.seal.offDwell),
      driverProbe: seal.driverProbe ?? DEFAULTS.seal.driverProbe,
      licenseMode: LICENSE_MODES[file.kms === false ? 'mak' : (seal.licenseMode ?? DEFAULTS.seal.licenseMode)],
      replicate: seal.replicate ?? DEFAULTS.seal.replicate,
    },
    verify: {
      minimum: verify.minimum ?? DEFAULTS.verify.minimum,
      expedite: verify.expedite ?? DEFAULTS.verify.expedite,
      deadlineMs: ms(verify.deadline ?? DEFAULTS.verify.deadline),
      kmsHostProof: verify.kmsHostProof ?? DEFAULTS.verify.kmsHostProof,
      ...(verify.version === undefined ? {} : { version: verify.version }),
      ...(verify.copies === 'content' ? { copies: verify.copies } : {}),
      ...(verify.onFailure === 'revert' ? { onFailure: verify.onFailure } : {}),
    },
    release: { mode: release.mode ?? DEFAULTS.release.mode, devices: release.devices ?? [] },
    waive: (file.waive ?? []).map(({ check = '', reason = '' }) => ({ check, reason })),
    approvals: approvalsOf(file),
    policy: Object.fromEntries(STEPS.map((step) => [step, policyOf(file, step)])) as Record<StepName, StepPolicy>,
  } satisfies Partial<Plan>
}

/** A public key in capitals, or where a key is found; a file's path made absolute, since a resumed run may begin elsewhere. */
function keyAt(subject: PlanSubject, path: Path, text: string): string {
  const reference = secretReference(text)
  if (reference === undefined) return text.toUpperCase()
  return reference.from === 'file' ? `file:${subject.beside(reference.path, path)}` : text
}

function demandDisk(subject: PlanSubject): void {
  const expected = 'vdisk: with store: and name:'
  demand(subject, ['vdisk'], { missing: 'vdisk: is missing', expected })
  if (subject.file.vdisk === undefined) return
  demand(subject, ['vdisk', 'name'], { missing: 'the vDisk has no name', expected })
  demand(subject, ['vdisk', 'store'], { missing: 'the vDisk has no store', expected })
}

function diskOf({ file }: PlanSubject, name: string, store: string): Plan['vdisk'] {
  const { create = DEFAULTS.vdisk.create, open = DEFAULTS.vdisk.open, size, cache } = file.vdisk ?? {}
  const sealed = cache?.type === undefined ? null : { type: CACHE_TYPES[cache.type], sizeMiB: sizeMiB(cache.size ?? '0MiB') ?? 0 }
  return { store, name, create, open, sizeMiB: size === undefined ? null : (sizeMiB(size) ?? null), cache: sealed }
}

function policyOf({ policy = {}, verify = {} }: PlanSubject['file'], step: StepName): StepPolicy {
  const usual = DEFAULT_POLICY[step]
  const said = { ...policy.default, ...policy[step] }
  const deadline = said.deadline ?? (step === 'verify' ? verify.deadline : undefined)
  return {
    attempts: said.attempts ?? usual.attempts,
    backoffMs: said.backoff === undefined ? usual.backoffMs : ms(said.backoff),
    pollMs: said.poll === undefined ? usual.pollMs : ms(said.poll),
    deadlineMs: deadline === undefined ? usual.deadlineMs : ms(deadline),
    tolerate: said.tolerate?.map((code) => `0x${code.slice(2).toUpperCase()}`) ?? usual.tolerate,
  }
}

function approvalsOf({ approvals = {} }: PlanSubject['file']): Plan['approvals'] {
  const entries = STEPS.flatMap((step): [StepName, Approval][] => {
    const said = approvals[step]
    if (said === undefined || said === false) return []
    const { anotherPerson = false, reason = null } = said === true ? {} : said
    return [[step, { anotherPerson, reason }]]
  })
  return Object.fromEntries(entries)
}

function grouped(hooks: readonly ReadHook[]): Plan['hooks'] {
  const entries = STEPS.flatMap((step) => {
    const own = hooks.filter((hook) => hook.step === step)
    if (own.length === 0) return []
    const at = (when: 'before' | 'after') => own.filter((hook) => hook.when === when).map(hookOf)
    return [[step, { before: at('before'), after: at('after') }] as const]
  })
  return Object.fromEntries(entries)
}

/** A hook on the target that does not say so may reboot; one elsewhere does not reboot the target. */
function hookOf({ fields, script = '' }: ReadHook): Hook {
  const { name = '', on = 'local', parameters = {}, timeout = DEFAULTS.hook.timeout, success = DEFAULTS.hook.success } = fields
  return {
    name,
    on,
    script,
    parameters: Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, String(value)])),
    timeoutMs: ms(timeout),
    success,
    effect: fields.effect ?? DEFAULTS.hook.effect,
    mayReboot: fields.mayReboot ?? on === 'target',
  }
}

function ms(text: string): number {
  return durationMs(text) ?? 0
}

/** The physical disk and machine of a plan, for finding two plans that mean the same one. PVS compares names without case. */
export function diskOfPlan(plan: Pick<Plan, 'farm' | 'vdisk'>): string {
  return [plan.farm.name, plan.farm.site, plan.vdisk.store, plan.vdisk.name].join('\n').toLowerCase()
}
