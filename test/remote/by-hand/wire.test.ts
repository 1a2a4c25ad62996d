import { readdirSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import { readAnswer } from '../../../src/remote/by-hand/forms.ts'
import { decodeFrame } from '../../../src/wire/framing.ts'
import { closeLabs, jonas, lab } from '../../run/harness.ts'
import { builtIn } from './built-in.ts'
import { processOf, stickOf } from './process.ts'

afterEach(closeLabs)

const DEEP = process.env['VDISKPREP_DEEP'] === '1'
const WISH = { verify: { expedite: true }, approvals: { rearmWindows: true, sealVDisk: true } }

test('a run goes from a wire to people and back; the act on the stick that was left behind is refused on its host', async () => {
  const farm = await lab({ os: 'windows-11-23h2', office: 'ltsc-2021' })
  const { master } = farm.names
  const rearms = () => farm.ledger(master).rearms.map(({ product }) => product)
  const run = await farm.run('kms-new-image', WISH)
  expect([run.approval?.what, rearms()]).toEqual(['rearm Windows', ['Office']])
  await run.decide('approve')

  const old = `${stickOf(farm)}-old`
  const byHand = await processOf(farm, run.id, (hosts) => {
    const acts = hosts.some(({ questions }) => questions.some(({ act }) => act))
    if (acts) renameSync(stickOf(farm), old)
    return acts
  })
  expect([byHand.stop, byHand.view.held, rearms()]).toEqual(['interrupted', null, ['Office']])

  await run.resume(jonas)
  expect([run.approval?.place, rearms()]).toEqual([expect.stringMatching(/^sealVDisk\./), ['Office', 'Windows']])
  expect(run.events).toContainEqual(expect.objectContaining({ type: 'settled', receipt: 'none' }))
  await builtIn(farm.model).type(master, `powershell -File ${old}/ask.ps1 ${master}`)
  const [refused = ''] = readdirSync(join(old, master)).filter((name) => /-act-.*\.answer\.json$/.test(name))
  const answer = readAnswer(readFileSync(join(old, master, refused), 'utf8'))
  const said = 'why' in answer ? [] : answer.lines.map((line) => JSON.stringify(decodeFrame(line, answer.id)))
  expect(said.join()).toContain('"kind":"fenced"')
  expect(rearms()).toEqual(['Office', 'Windows'])

  if (!DEEP) return
  await run.decide('approve')
  const last = await processOf(farm, run.id)
  expect([last.view.outcome, last.person.wrong]).toEqual(['verified', []])
  expect(rearms()).toEqual(['Office', 'Windows'])
  const forms = last.events.flatMap((event) => (event.type === 'connected' && event.host === master ? [event.form] : []))
  expect(new Set(forms)).toEqual(new Set([undefined, 'by-hand']))
})
