import { afterEach, describe, expect, test } from '@jest/globals'
import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Hosts, Session } from '../../src/engine/ports/hosts.ts'
import { withThisMachine } from '../../src/remote/here/hosts.ts'
import { HERE } from '../../src/wire/here.ts'

const none: Hosts = { open: () => Promise.reject(new Error('no other host')), close: () => Promise.resolve() }
const closing: (() => Promise<unknown>)[] = []

afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

async function opened(): Promise<Session> {
  const hosts = withThisMachine(none)
  closing.push(() => hosts.close())
  return await hosts.open(HERE, { run: 'k7w2m', owner: 'one', fence: 3 })
}

/** The command line of a Node program of one line, without a word that a shell would read. */
function node(text: string): string {
  const line = Buffer.from(text).toString('base64')
  return `${JSON.stringify(process.execPath)} -e "eval(Buffer.from('${line}','base64').toString())"`
}

function run(session: Session, script: string, more: object = {}, signal?: AbortSignal) {
  const args = { script, parameters: {}, timeoutSeconds: 60, ...more }
  return session.request('Invoke-VdpHook', args, { effect: 'hook' }, signal)
}

describe('a command line on this machine', () => {
  test('tells its exit code and what it printed on both of its outputs', async () => {
    const answer = await run(await opened(), node(`console.log('out'); console.error('err'); process.exitCode = 7`))
    expect(answer).toMatchObject({ is: 'facts', facts: { program: { exitCode: 7, timedOut: false }, bootGuid: null } })
    expect(JSON.stringify(answer)).toMatch(/out.*err|err.*out/)
  })

  test('runs beside the workflow file, gets its parameters in its environment, and nothing to read', async () => {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'vdiskprep-here-')))
    closing.push(() => rm(folder, { recursive: true }))
    const text = `process.stdin.resume(); process.stdin.on('end', () => console.log(process.cwd() + '|' + process.env.VDP_ring))`
    const more = { parameters: { ring: 'one & two' }, beside: join(folder, 'w11.yaml') }
    expect(await run(await opened(), node(text), more)).toMatchObject({ facts: { program: { output: `${folder}|one & two\n` } } })
  })

  test('is killed with everything it started when its time is over', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    closing.push(async () => await new Promise((resolve) => server.close(resolve)))
    const connected = once(server, 'connection') as Promise<[Socket]>
    await once(server, 'listening')
    const child = `require('net').connect(${String((server.address() as AddressInfo).port)}, '127.0.0.1')`
    const text = `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}]); setInterval(() => 0, 1000)`
    const answer = await run(await opened(), node(text), { timeoutSeconds: 3 })
    expect(answer).toMatchObject({ is: 'facts', facts: { program: { exitCode: null, timedOut: true } } })
    const [grandchild] = await connected
    grandchild.on('error', () => undefined)
    if (!grandchild.closed) await once(grandchild.resume(), 'close')
    expect(grandchild.closed).toBe(true)
  })

  test('that nobody waits for any more is lost, not failed', async () => {
    const abort = new AbortController()
    const answer = run(await opened(), node('setInterval(() => 0, 1000)'), {}, abort.signal)
    abort.abort()
    expect(await answer).toMatchObject({ is: 'lost', reason: 'cancelled' })
  })

  test('that cannot be begun is refused', async () => {
    const answer = await run(await opened(), 'exit 0', { beside: join(tmpdir(), 'no such folder', 'w11.yaml') })
    expect(answer).toMatchObject({ is: 'refused', error: { kind: 'native' } })
  })

  test('is refused when its words cannot be handed to a program', async () => {
    const answer = await run(await opened(), 'exit 0', { parameters: { ring: 'one\0two' } })
    expect(answer).toMatchObject({ is: 'refused', error: { kind: 'native' } })
  })

  test('is all that this machine can be asked', async () => {
    const session = await opened()
    expect(await session.request('Get-VdpServerState', {})).toMatchObject({ is: 'refused', error: { kind: 'missing' } })
  })
})
