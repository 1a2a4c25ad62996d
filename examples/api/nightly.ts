// In a program of your own: from 'vdiskprep'.
import { decide, plan, resume, run, validate, type Place } from '../../src/index.ts'

/** What a nightly job does with one workflow file; `say` gets a line for each thing that happens. Resolves with an exit code. */
export async function nightly(file: string, place: Place, say: (line: string) => void): Promise<number> {
  const { ok, problems } = await validate(file, place)
  for (const { line, message } of problems) say(`${file}:${String(line)} ${message}`)
  if (!ok) return 2

  const { hash, vdisks } = await plan(file, place)
  for (const { title, steps } of vdisks) say(`${title}: ${steps.map(({ step, outlook }) => `${step} ${outlook}`).join(', ')}`)

  const month = new Date().toISOString().slice(0, 7)
  const work = run(file, { ...place, plan: hash, key: `monthly/${month}`, timeoutMs: 4 * 3_600_000 })
  for await (const { type, step } of work.events()) if (type === 'step.done') say(`done: ${String(step)}`)
  const { exit, runs } = await work.result

  // Nobody is here at night: what waits for a person is ended, and put back as it was.
  for (const { run: id, state, fault } of runs) {
    if (id === null || state !== 'held') continue
    say(`${id} is held: ${fault?.code ?? 'an approval'}`)
    await decide({ ...place, run: id, decision: 'abort', reason: 'nobody is here at night' })
    await resume(id, place).result
  }
  return exit
}
