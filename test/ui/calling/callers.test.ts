import { createHmac } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { startLab, type Lab } from '../../../src/lab/lab.ts'
import { machineLine } from '../../../src/report/events/event-schema.ts'
import { notice } from '../../../src/report/events/notice.ts'
import { here, type Called, type Here } from './here.ts'

const EXAMPLE = join(import.meta.dirname, '../../../examples/missing-privilege')
const WORKFLOW = join(EXAMPLE, 'w11.yaml')

/** What a collector gets, as far as tests read it. */
interface Trace {
  readonly resourceSpans: readonly [{ readonly scopeSpans: readonly [{ readonly spans: readonly Span[] }] }]
}

interface Span {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly status: object
  readonly events?: readonly { readonly name: string }[]
}

let at: Here
let lab: Lab
let hook: Server
const traces: Trace[] = []
const ear = new EventEmitter()
const heard: { readonly body: string; readonly headers: Record<string, unknown> }[] = []

/** A farm on which every run is held at its first step, and a receiver of webhooks that the settings name. */
beforeAll(async () => {
  at = await here()
  lab = await startLab(join(EXAMPLE, 'lab.yaml'), { dir: join(at.folder, 'lab'), speed: 5000 })
  hook = createServer((request, response) => {
    let body = ''
    request.on('data', (piece: Buffer) => (body += piece.toString()))
    request.on('end', () => {
      if (request.url === '/v1/traces') traces.push(JSON.parse(body) as Trace)
      else heard.push({ body, headers: request.headers })
      response.end()
      ear.emit('heard')
    })
  }).listen(0, '127.0.0.1')
  await once(hook, 'listening')
  const { port } = hook.address() as AddressInfo
  const settings = [
    `inventory: ${lab.files.inventory}`,
    `metrics: runs.prom`,
    `traces: http://127.0.0.1:${String(port)}/v1/traces`,
    'notify:',
    `  webhook: { url: "http://127.0.0.1:${String(port)}/", secret: env:HOOK_KEY }`,
  ]
  at.env['VDISKPREP_CONFIG'] = join(at.folder, 'config.yaml')
  at.env['HOOK_KEY'] = 'a key for hooks'
  writeFileSync(at.env['VDISKPREP_CONFIG'], settings.join('\n'))
}, 60_000)

afterAll(async () => {
  hook.closeAllConnections()
  hook.close()
  await lab.close()
  await at.clear()
})

/** The last line of a command, after every line was compared with the schema. */
function resultOf(called: Called): Record<string, unknown> {
  const lines = called.lines()
  expect(lines.filter((line) => !machineLine.safeParse(line).success)).toEqual([])
  return lines.at(-1) ?? {}
}

const runOf = (called: Called) => (resultOf(called)['runs'] as readonly { run: string }[])[0]?.run ?? ''

describe('a scheduler that calls', () => {
  let first = ''

  test('is told in its last line where the run stands and what may be typed', async () => {
    const called = await at.call('run', WORKFLOW, '--json', '--key', 'nightly')
    first = runOf(called)
    expect(called.code).toBe(4)
    expect(resultOf(called)).toMatchObject({
      type: 'result',
      exit: 4,
      why: 'done',
      runs: [
        {
          state: 'held',
          begun: true,
          step: 'preflight',
          exit: 4,
          fault: { code: 'CHECKS_FAILED' },
          next: [`vdiskprep status ${first}`, expect.anything()],
        },
      ],
    })
  })

  test('and tries again under the same key gets the same run, and other content under it is refused', async () => {
    const again = await at.call('run', WORKFLOW, '--json', '--key', 'nightly')
    expect([again.code, runOf(again)]).toEqual([4, first])
    const other = await at.call('verify', WORKFLOW, '--json', '--key', 'nightly')
    expect([other.code, other.lines()]).toEqual([2, [expect.objectContaining({ fault: 'KEY_TAKEN' })]])
    expect((await at.call('list', '--json')).lines()).toHaveLength(1)
  })

  test('may stay until the run is done: what somebody decides elsewhere is heeded', async () => {
    const staying = at.call('resume', first, '--json', '--wait-for', 'done', '--timeout', '1h')
    while (heard.length < 3) await once(ear, 'heard')
    const decided = await at.call('decide', first, 'abort', '--reason', 'not tonight')
    expect([decided.code, decided.err]).toEqual([0, ''])
    const ended = await staying
    expect([ended.code, runOf(ended)]).toEqual([6, first])
  })

  test('is told the result again when it asks under the key of a run that has ended', async () => {
    const again = await at.call('run', WORKFLOW, '--json', '--key', 'nightly', '--plan', 'ffffffff')
    expect([again.code, runOf(again)]).toEqual([6, first])
    expect((await at.call('list', '--json')).lines()).toHaveLength(1)
  })

  test('and that nothing was begun, in one line and without the journal again; a person reads it too', async () => {
    const again = await at.call('run', WORKFLOW, '--json', '--key', 'nightly')
    expect(again.lines()).toMatchObject([{ type: 'result', exit: 6, runs: [{ run: first, begun: false }] }])
    const { code, out } = await at.call('run', WORKFLOW, '--key', 'nightly')
    expect([code, out.replaceAll(/\s+/g, ' ')]).toEqual([
      6,
      expect.stringMatching(
        new RegExp(
          `^Run ${first} was begun on [\\d-]+ [\\d:]+ UTC under the key nightly and has ended. Nothing was begun by this call.`,
        ),
      ),
    ])
    expect(out).not.toContain('resumed the run')
  })

  test('had people told of every hold and every end, signed, and found it in the diary', () => {
    const bodies = heard.map(({ body }) => notice.parse(JSON.parse(body)))
    expect(bodies.map(({ kind, code }) => [kind, code])).toEqual([
      ['held', 'CHECKS_FAILED'],
      ['held', 'CHECKS_FAILED'],
      ['held', 'CHECKS_FAILED'],
      ['failed', null],
    ])
    for (const { body, headers } of heard) {
      const signed = `${String(headers['x-vdiskprep-timestamp'])}.${body}`
      const mac = createHmac('sha256', 'a key for hooks').update(signed).digest('hex')
      expect(headers['x-vdiskprep-signature']).toBe(`v1=${mac}`)
    }
    const diary = readFileSync(join(at.folder, 'state/diary.log'), 'utf8')
    expect(diary.match(/"message":"notified".*"channel":"webhook","ok":true/g)).toHaveLength(4)
    expect(diary).not.toContain('a key for hooks')
  })

  test('had the run that ended sent as one trace, its steps below it', () => {
    expect(traces).toHaveLength(1)
    const [whole, ...below] = traces[0]?.resourceSpans[0].scopeSpans[0].spans ?? []
    expect(whole).toMatchObject({ name: 'W11-Office', status: { code: 2 }, events: [{ name: 'held' }, { name: 'decided' }] })
    expect(whole?.traceId).toMatch(/^[0-9a-f]{32}$/)
    expect(below.map(({ name }) => name)).toContain('preflight')
    for (const { parentSpanId, spanId } of below) {
      expect(spanId).toMatch(/^[0-9a-f]{16}$/)
      expect(parentSpanId).toBe(whole?.spanId)
    }
  })

  test('finds metrics of all runs where the settings want them, and no other file beside', () => {
    const text = readFileSync(join(at.folder, 'runs.prom'), 'utf8')
    expect(text).toContain('vdiskprep_runs{state="ended",outcome="aborted"} 1\n')
    expect(text).toContain('vdiskprep_holds_total{fault="CHECKS_FAILED"} ')
    expect(text.endsWith('\n# EOF\n')).toBe(true)
    expect(readdirSync(at.folder).filter((name) => name.startsWith('runs.prom'))).toEqual(['runs.prom'])
  })
})

test('two calls at once under one key are one run: the second is told who works, or takes it up', async () => {
  const store = join(at.folder, 'race.db')
  const call = () => at.call('run', WORKFLOW, '--quiet', '--key', 'race', '--store', store)
  const codes = (await Promise.all([call(), call(), call()])).map(({ code }) => code)
  expect(codes).toContain(4)
  expect(codes.filter((code) => code !== 4 && code !== 7)).toEqual([])
  expect((await at.call('list', '--json', '--store', store)).lines()).toHaveLength(1)
}, 30_000)

test('a key of a run whose simulated farm has ended is refused: it could not go on there', async () => {
  const call = () => at.call('run', WORKFLOW, '--lab', join(EXAMPLE, 'lab.yaml'), '--key', 'on-a-lab')
  expect((await call()).code).toBe(4)
  const again = await call()
  expect([again.code, again.err]).toEqual([2, expect.stringContaining('LAB_ENDED')])
}, 30_000)

test('when time is up a run that waits for a person is left with the exit code of a hold', async () => {
  const { VDISKPREP_CONFIG: settings = '' } = at.env
  at.env['VDISKPREP_CONFIG'] = join(at.folder, 'plain.yaml')
  writeFileSync(at.env['VDISKPREP_CONFIG'], `inventory: ${lab.files.inventory}\nwaitFor: done\n`)
  at.env['VDISKPREP_RESUME_TIMEOUT'] = '100ms'
  const held = await at.call('run', WORKFLOW, '--json', '--wait-for', 'held')
  const left = await at.call('resume', runOf(held), '--json')
  expect(resultOf(left)).toMatchObject({ exit: 4, why: 'timeout', runs: [{ state: 'held' }] })
  at.env['VDISKPREP_CONFIG'] = settings
}, 30_000)

test('when time is up the run stands at a safe point, with an exit code of its own, and can be resumed', async () => {
  const slow = await startLab(join(EXAMPLE, '../first-vdisk/lab.yaml'), { dir: join(at.folder, 'slow'), speed: 1 })
  try {
    const workflow = join(EXAMPLE, '../first-vdisk/w11.yaml')
    const called = await at.call('run', workflow, '--json', '--inventory', slow.files.inventory, '--timeout', '500ms')
    expect(resultOf(called)).toMatchObject({ exit: 10, why: 'timeout', runs: [{ state: 'stopped', outcome: null }] })
    expect(resultOf(called)).toMatchObject({ runs: [{ next: [`vdiskprep resume ${runOf(called)}`] }] })
    const inventory = slow.files.inventory
    const resumed = await at.call('resume', runOf(called), '--json', '--timeout', '100ms', '--inventory', inventory)
    expect(resumed.code).toBe(10)
    const told = await at.call('resume', runOf(called), '--quiet', '--timeout', '100ms', '--inventory', inventory)
    expect([told.code, told.err]).toEqual([10, expect.stringContaining('--timeout counts real time')])
    expect(told.out).toMatch(/The vDisk is[^]*Next: {2}vdiskprep resume/)
  } finally {
    await slow.close()
  }
}, 30_000)

test.each([
  [['--timeout', 'soon'], 'a duration with its unit'],
  [['--timeout', '60d'], 'at most 24d'],
  [['--key', 'a b'], 'a name of letters'],
  [['--wait-for', 'ever'], 'Allowed choices are held, done'],
])('%j is refused before anything is begun', async (options, expected) => {
  const { code, err } = await at.call('run', WORKFLOW, ...options)
  expect([code, err.replaceAll(/\s+/g, ' ')]).toEqual([2, expect.stringContaining(expected)])
})
