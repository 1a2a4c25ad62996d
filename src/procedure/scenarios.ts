import { isSealedForMak } from '../farm/licence-mode.ts'
import { STEPS, type Plan, type StepName } from '../workflow/plan.ts'

/** Whether a scenario runs a step, why, and what that rests on. */
export interface StepNeed {
  readonly needed: boolean
  readonly because: string
  readonly source: string
}

/** The eight steps of the article: from the open disk to the sealed one. */
const PREPARING = STEPS.slice(STEPS.indexOf('createVDisk'), STEPS.indexOf('verify'))

/** What only KMS needs. A MAK is installed, proxied and counted by others (VAMT behind PVS): a rearm would give its activation up, and equal
 *  CMIDs say nothing of it: the clones are looked at for their key. Source: pvs.md 4.1 (LicenseMode 1, MakLicenseActivated). */
const KMS_ALONE: readonly StepName[] = [
  'cleanTokens',
  'installWindowsKey',
  'activateWindows',
  'rearmWindows',
  'installOfficeKey',
  'rearmOffice',
]

/** What the scenario of a plan makes of a step. Rearms of an update are decided later, by their own rule. */
export function stepNeed(
  plan: Pick<Plan, 'scenario' | 'office' | 'windows' | 'release' | 'mend' | 'seal'>,
  step: StepName,
): StepNeed {
  const skip = (because: string, source: string): StepNeed => ({ needed: false, because, source })
  if (plan.mend !== undefined && step !== 'preflight')
    return skip('this run mends one finding of the doctor and does nothing else', 'own-rule')
  if (plan.scenario === 'verify-only' && (PREPARING.includes(step) || step === 'release')) {
    return skip('only the clones are looked at', 'article (verify license activation)')
  }
  if (plan.scenario === 'copied-image' && PREPARING.includes(step)) {
    return skip('a copy made after the switch keeps its preparation; .pvp and .vhdx travel together', 'article; pvs-volume')
  }
  if (isSealedForMak(plan) && KMS_ALONE.includes(step)) {
    return skip(
      'sealed for MAK: keys, rearms and CMIDs of KMS do not apply; activations are counted by PVS and VAMT',
      'pvs-guide',
    )
  }
  if (isSealedForMak(plan) && step === 'verify')
    return { needed: true, because: 'clones show which key they carry; of CMIDs nothing is asked', source: 'pvs-guide' }
  if (plan.office.present === 'none' && (step === 'installOfficeKey' || step === 'rearmOffice')) {
    return skip('the workflow says that there is no Office', 'article (steps 6, 7)')
  }
  return { needed: true, because: NEEDED[step], source: SOURCES[step] }
}

const NEEDED: Readonly<Record<StepName, string>> = {
  preflight: 'nothing is changed before every check has passed or was waived',
  createVDisk: 'the image has to run read/write on its own disk',
  cleanTokens: 'decided by the store found',
  installWindowsKey: 'the image needs the KMS client key of its edition',
  activateWindows: 'shows that key and KMS host work, and gives a rearm back',
  rearmWindows: 'each clone has to draw its own CMID',
  installOfficeKey: 'every volume product of Office needs its own key',
  rearmOffice: 'each clone has to draw its own Office identity',
  sealVDisk: 'PVS prepares the image only on the change from Private to Standard',
  verify: 'only distinct CMIDs of clones show that it worked',
  release: 'production devices get the disk after the proof',
}

const SOURCES: Readonly<Record<StepName, string>> = {
  preflight: 'own-rule',
  createVDisk: 'article (step 1)',
  cleanTokens: 'article (step 2); kb-tokens; kb-e015',
  installWindowsKey: 'article (step 3)',
  activateWindows: 'article (step 4); kb-rearm; skiprearm-blog',
  rearmWindows: 'article (step 5); va-guide; ms-sysprep; ms-office-rearm',
  installOfficeKey: 'article (step 6)',
  rearmOffice: 'article (step 7); ms-office-rearm; ospp',
  sealVDisk: 'article (step 8); citrix-blog; pvs-volume',
  verify: 'article (verify license activation); pvs-guide',
  release: 'own-rule',
}
