import type { ChildProcess } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import type { HandHost } from '../../../src/engine/ports/by-hand.ts'
import { startLab, type Lab } from '../../../src/lab/lab.ts'
import { handScreen, stillWaiting } from '../../../src/ui/cli/by-hand/screen.ts'
import { builtIn } from '../../remote/by-hand/built-in.ts'
import { desk, EXAMPLE, expectScreen, lines, type Desk } from '../vdiskprep.ts'

let table: Desk | undefined
let lab: Lab | undefined
afterEach(async () => {
  await lab?.close()
  await table?.clear()
})

/** Each list of hosts that a running command with --json waits for, as it tells it on one of its streams. */
function waits(stream: NodeJS.ReadableStream | null, each: (hosts: readonly HandHost[]) => void): void {
  let rest = ''
  stream?.on('data', (piece: Buffer) => {
    const parts = (rest + piece.toString()).split('\n')
    rest = parts.pop() ?? ''
    for (const line of lines(parts.filter((one) => one.startsWith('{')).join('\n')))
      if (line['type'] === 'by-hand') each(line['hosts'] as readonly HandHost[])
  })
}

/** Resolves when a running command has said the text on stderr, now or before. */
async function said(child: ChildProcess, text: string): Promise<void> {
  const before = heard.get(child) ?? ''
  if (before.includes(text)) return
  if (!heard.has(child))
    child.stderr?.on('data', (piece: Buffer) => heard.set(child, `${heard.get(child) ?? ''}${piece.toString()}`))
  heard.set(child, before)
  await new Promise<void>((resolve, reject) => {
    const look = () => {
      if (heard.get(child)?.includes(text) === true) resolve()
    }
    child.stderr?.on('data', look)
    child.once('close', () => reject(new Error(`it ended without "${text}": ${heard.get(child) ?? ''}`)))
  })
}

const heard = new WeakMap<ChildProcess, string>()

test('the screen: which line on which host, what it reads or changes, at what cost, how the answer comes back', () => {
  const folder = 'E:\\vdp'
  const type = (host: string) => `powershell -NoProfile -ExecutionPolicy Bypass -File ${folder}\\ask.ps1 ${host}`
  const question = { run: '8k2', op: '', cost: null, act: false, before: 0 }
  const hosts = [
    {
      host: 'PVS01',
      type: type('PVS01'),
      questions: [{ ...question, n: 41, does: 'reads the record of a device: W11-T01', before: 2 }],
    },
    {
      host: 'W11-MASTER',
      type: type('W11-MASTER'),
      questions: [{ ...question, n: 42, does: 'rearms Windows', act: true, cost: 'spends one Windows rearm' }],
    },
  ]
  const at = {
    folder,
    why: ['W11-Office, rearmWindows: rearm Windows'],
    resume: ['vdiskprep resume 8k2 --by-hand E:\\vdp'],
    letter: true,
    first: true,
  }
  const screen = handScreen(hosts, at, { width: 80, paint: (_, text) => text })
  const later = handScreen(hosts.slice(0, 1), { ...at, letter: false, resume: [] }, { width: 80, paint: (_, text) => text })
  const told = [...screen, ...stillWaiting(hosts, hosts.slice(1), 80), ...later.slice(-2)]
  expectScreen('by-hand', `${told.join('\n')}\n`, '/nowhere')
})

test('doctor by hand tells the same as over a wire: one document, and nothing unknown for want of an answer', async () => {
  table = await desk()
  lab = await startLab(join(table.home, EXAMPLE, 'lab.yaml'), { dir: join(table.home, 'lab') })
  const { type } = builtIn(lab.model)
  const stick = join(table.home, 'stick')
  const hand = ['--by-hand', stick, '--folder-there', stick]
  const child = table.begin('doctor', `${EXAMPLE}/w11.yaml`, '--json', '--inventory', lab.files.inventory, ...hand)
  waits(child.stderr, (hosts) => {
    for (const { host, type: line } of hosts)
      void type(host, line).then((answered) => {
        if (answered === null) writeFileSync(join(stick, host, 'off.txt'), '')
      })
  })
  const { out } = await child.ended
  const report = JSON.parse(out) as { readonly tally: Readonly<Record<string, number>> }
  expect(report.tally).toMatchObject({ fail: 0 })
  expect(report.tally['pass']).toBeGreaterThan(30)
})

test('a plan by hand is the plan over a wire, to its hash', async () => {
  table = await desk()
  lab = await startLab(join(table.home, EXAMPLE, 'lab.yaml'), { dir: join(table.home, 'lab') })
  const { type } = builtIn(lab.model)
  const stick = join(table.home, 'stick')
  const words = ['plan', `${EXAMPLE}/w11.yaml`, '--json', '--inventory', lab.files.inventory]
  const wire = table.vdp(...words)
  const child = table.begin(...words, '--by-hand', stick, '--folder-there', stick)
  waits(child.stderr, (hosts) => {
    for (const { host, type: line } of hosts)
      void type(host, line).then((answered) => {
        if (answered === null) writeFileSync(join(stick, host, 'off.txt'), '')
      })
  })
  const [byHand, byWire] = (await Promise.all([child.ended, wire])).map(({ out }) => JSON.parse(out) as { plan: string })
  expect(byHand?.plan).toMatch(/^[0-9a-f]{8}/)
  expect(byHand?.plan).toBe(byWire?.plan)
})

test('a run by hand says what to type where, is left with Ctrl-C, and goes on with the same questions and the answers', async () => {
  table = await desk()
  lab = await startLab(join(table.home, EXAMPLE, 'lab.yaml'), { dir: join(table.home, 'lab') })
  const { inventory } = lab.files
  const hand = ['--by-hand', 'stick', '--folder-there', 'E:\\vdp']
  const first = table.begin('run', `${EXAMPLE}/w11.yaml`, '--inventory', inventory, ...hand)
  for (const name of ['KMS1', 'PVS01', 'PVS02', 'W11-MASTER']) await said(first, `ask.ps1 ${name}\n`)
  first.kill('SIGINT')
  const left = await first.ended
  expect(left.code).toBe(130)
  expect(left.err).toContain('  why    W11-Office, preflight: check everything before the first change\n')
  expect(left.err).toContain(
    ' on PVS01, as administrator:\n  powershell -NoProfile -ExecutionPolicy Bypass -File E:\\vdp\\ask.ps1 PVS01\n',
  )

  const [run] = /resume \w+/.exec(left.err) ?? []
  const stick = join(table.home, 'stick')
  await builtIn(lab.model).type('PVS02', `powershell -File ${stick}/ask.ps1 PVS02`)
  const again = table.begin(...(run ?? '').split(' '), '--json', ...hand)
  const hosts = await new Promise<readonly HandHost[]>((resolve, reject) => {
    waits(again.stdout, (all) => {
      if (all.map(({ host }) => host).join() === 'KMS1,PVS01,W11-MASTER') resolve(all)
    })
    void again.ended.then(({ err }) => reject(new Error(err)))
  })
  again.kill('SIGINT')
  await again.ended
  const numbers = hosts.flatMap(({ questions }) => questions.map(({ n }) => n))
  expect(numbers.map((n) => left.err.includes(`${String(n).padStart(8)}  `))).toEqual(numbers.map(() => true))
  expect(hosts[0]?.type).toMatch(/^powershell -NoProfile -ExecutionPolicy Bypass -File E:\\vdp\\ask\.ps1 /)
})
