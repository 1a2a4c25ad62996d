import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stamped, type Stamped } from '../../src/procedure/fold.ts'
import { runCommandLine } from '../../src/ui/cli/program.ts'
import { jonas, lab, maria, type LabFarm } from '../run/harness.ts'
import type { RunInLab } from '../run/run-in-lab.ts'

/** A secret of this process that a hook prints, and a whole product key that a person types into his reason. */
export const SECRET = 'canary-secret-4711'
/** Microsoft's public key of another edition: whole keys never stand in a report, whoever wrote them. */
export const WHOLE_KEY = 'W269N-WFGWX-YVC9B-4J6C9-T83GX'
/** What a browser would run, if it were not escaped. */
export const MARKUP = '<script>alert(1)</script><img src=x onerror=alert(2)>'

/** Three runs of one store, one after the other on one farm. */
export interface ToldRuns {
  readonly farm: LabFarm
  /** Held for SkipRearm, approved by two people, then verified. */
  readonly verified: RunInLab
  /** Aborted at an approval. */
  readonly aborted: RunInLab
  /** Sealed; what would have proved it was skipped by a person. */
  readonly unverified: RunInLab
}

/** Makes the runs. The farm closes with `closeLabs`. */
export async function toldRuns(): Promise<ToldRuns> {
  const farm = await lab({ os: 'windows-11-23h2', office: 'ltsc-2021', faults: [{ fault: 'skip-rearm-left-over' }] })
  farm.composition.redactor.learn(SECRET)
  await writeFile(join(farm.folder, 'say.cjs'), `console.log('the password is ${SECRET}')`)
  const verified = await farm.run('kms-new-image', {
    hooks: { cleanTokens: { before: [{ name: 'Say', on: 'local', run: `${JSON.stringify(process.execPath)} say.cjs` }] } },
    approvals: { rearmWindows: { anotherPerson: true, reason: 'four eyes' } },
    waive: [{ check: 'target.address', reason: `agreed ${MARKUP}` }],
  })
  while (verified.outcome === null) {
    const reason = `checked with the team, key ${WHOLE_KEY} ${MARKUP}`
    const option = verified.held?.options[0]?.name
    if (verified.held === null) await verified.answer('approve', { by: jonas, reason })
    else
      await verified.answer(option === undefined ? 'retry' : 'approve', {
        by: maria,
        reason,
        ...(option === undefined ? {} : { option }),
      })
  }
  const aborted = await farm.run('kms-update-image', { approvals: { createVDisk: true } })
  await aborted.answer('abort', { reason: 'not today' })
  const unverified = await farm.run('kms-update-image', { approvals: { verify: true } })
  while (unverified.outcome === null) await unverified.answer('skip', { by: jonas, reason: 'no canary is free' })
  return { farm, verified, aborted, unverified }
}

/** The command line in this process, on a screen of 80 columns that nobody sits at. */
export async function typed(composition: LabFarm['composition'], ...args: readonly string[]) {
  const texts = { out: '', err: '' }
  const terminal = {
    ...{ width: 80, interactive: false, attended: false },
    out: (text: string) => void (texts.out += `${text}\n`),
    err: (text: string) => void (texts.err += `${text}\n`),
    paint: (_: string, text: string) => text,
  }
  const code = await runCommandLine(args, { version: 'test', env: {}, compose: () => Promise.resolve(composition) }, terminal)
  return { code, ...texts }
}

/** The lines of a run as the store of another process gives them. */
export async function linesOf(farm: LabFarm, run: RunInLab): Promise<readonly Stamped[]> {
  const store = farm.openStore()
  try {
    return (await Array.fromAsync(store.journal(run.id))).map(stamped)
  } finally {
    await store.close()
  }
}

/** A journal as a real farm would have written it. */
export function ofRealFarm(all: readonly Stamped[]): readonly Stamped[] {
  return all.map((line) => {
    if (line.event.type !== 'run.started') return line
    const { file, inventory, procedure, hash } = line.event.plan.source
    const plan = { ...line.event.plan, source: { file, inventory, procedure, hash } }
    return { ...line, event: { ...line.event, plan } }
  })
}
