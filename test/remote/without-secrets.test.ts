import { expect, test } from '@jest/globals'
import type { Answer, Hosts } from '../../src/engine/ports/hosts.ts'
import { Fault } from '../../src/faults/fault.ts'
import { createRedactor } from '../../src/remote/redaction.ts'
import { withoutSecrets } from '../../src/remote/without-secrets.ts'

const SECRET = 'W269N-WFGWX-YVC9B-4J6C9-T83GX'
const redactor = createRedactor()
redactor.learn(SECRET)

function answering(answer: Answer<unknown>): Hosts {
  const session = {
    host: 'T1',
    welcome: {} as never,
    request: () => Promise.resolve(answer as never),
    close: () => Promise.resolve(),
  }
  return withoutSecrets({ open: () => Promise.resolve(session), close: () => Promise.resolve() }, (text) => redactor.redact(text))
}

async function asked(op: 'Invoke-VdpHook' | 'Set-VdpWindowsKey' | 'Get-VdpServerState', answer: Answer<unknown>) {
  const session = await answering(answer).open('T1', { run: 'k7w2m', owner: 'one', fence: 3 })
  return await session.request(op, {})
}

test('what a hook printed shows no secret', async () => {
  const program = { exitCode: 0, timedOut: false, output: `the key is ${SECRET}` }
  expect(await asked('Invoke-VdpHook', { is: 'facts', facts: { program, bootGuid: null } })).toEqual({
    is: 'facts',
    facts: { program: { ...program, output: 'the key is [secret]' }, bootGuid: null },
  })
})

test('neither does what a host says when it refuses, nor the last words of a lost process', async () => {
  const error = {
    kind: 'licensing',
    message: `${SECRET} is blocked`,
    hresult: '0xC004C008',
    returnCode: null,
    details: SECRET,
    at: null,
  }
  expect(await asked('Set-VdpWindowsKey', { is: 'refused', error } as never)).toEqual({
    is: 'refused',
    error: { ...error, message: '[secret] is blocked', details: '[secret]' },
  })
  const lost = { is: 'lost', reason: 'link', sent: true, detail: `echo ${SECRET}` } as const
  expect(await asked('Set-VdpWindowsKey', lost)).toEqual({ ...lost, detail: 'echo [secret]' })
})

test('nor the fault of a connection, whose code stays', async () => {
  const thrown = new Fault('SESSION_REFUSED', { host: 'T1', why: `bad password ${SECRET}`, tried: [SECRET] })
  const hosts = withoutSecrets({ open: () => Promise.reject(thrown), close: () => Promise.resolve() }, (text) =>
    redactor.redact(text),
  )
  await expect(hosts.open('T1', { run: 'k7w2m', owner: 'one', fence: 3 })).rejects.toMatchObject({
    code: 'SESSION_REFUSED',
    details: { host: 'T1', why: 'bad password [secret]', tried: ['[secret]'] },
  })
})

test('facts that decide stay as they were read', async () => {
  const facts = { volume: SECRET }
  expect(await asked('Set-VdpWindowsKey', { is: 'facts', facts })).toEqual({ is: 'facts', facts })
})

test('nor the receipts that come with facts, which repeat what an earlier hook printed', async () => {
  const receipt = { effect: 'k7w2m/verify.after/1', op: 'Invoke-VdpHook' }
  const facts = (secret: string) => {
    const result = { 'program.exitCode': 0, 'program.output': `the key is ${secret}`, taskId: SECRET }
    const receipts = [
      { ...receipt, error: `${secret} is blocked`, result },
      { ...receipt, error: null, result: null },
    ]
    return { volume: SECRET, disks: [SECRET], act: { fence: 3, receipts }, before: { act: { fence: 3, receipts } } }
  }
  expect(await asked('Get-VdpServerState', { is: 'facts', facts: facts(SECRET) })).toEqual({
    is: 'facts',
    facts: facts('[secret]'),
  })
})
