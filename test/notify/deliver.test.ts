import { once } from 'node:events'
import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTcp, type AddressInfo, type Server } from 'node:net'
import { afterEach, describe, expect, test } from '@jest/globals'
import { deliver, type NotifyRim } from '../../src/notify/deliver.ts'
import { signed } from '../../src/notify/signature.ts'
import type { Notice } from '../../src/report/events/notice.ts'
import { Fault } from '../../src/faults/fault.ts'
import type { NotifySettings } from '../../src/workflow/settings.ts'

const NOTICE: Notice = {
  v: 1,
  kind: 'held',
  run: '8k2',
  title: 'W11_Office*',
  state: 'held',
  outcome: null,
  code: 'REARM_NO_OP',
  says: 'SkipRearm is 1.',
  effect: 'Clones would share a CMID.',
  next: ['vdiskprep status 8k2'],
  at: '2026-10-14T08:00:00.000Z',
}
const ALWAYS = ['held', 'failed', 'done'] as const
const SECRET = { from: 'env', name: 'X' } as const

const open: Server[] = []
afterEach(() => {
  for (const server of open.splice(0)) server.close()
})

async function listening(server: Server): Promise<number> {
  open.push(server.listen(0, '127.0.0.1'))
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

/** A web server that answers one request after the other with these codes; 0 never answers. */
async function web(...codes: number[]) {
  const got: { readonly headers: IncomingMessage['headers']; readonly body: string }[] = []
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    let body = ''
    request.on('data', (piece: Buffer) => (body += piece.toString()))
    request.on('end', () => {
      const code = codes[got.length] ?? 200
      got.push({ headers: request.headers, body })
      if (code === 0) return
      response.writeHead(code, { connection: 'close', location: '/elsewhere' }).end()
    })
  }
  const server = createHttp(answer)
  const port = await listening(server)
  return { got, url: `http://127.0.0.1:${String(port)}/hook`, end: () => server.closeAllConnections() }
}

function rim(settings: NotifySettings, noted: unknown[] = [], change: Partial<NotifyRim> = {}): NotifyRim {
  return {
    settings,
    secrets: { read: () => Promise.resolve('hush') },
    diary: { info: (message, about) => void noted.push([message, about]) },
    pausesMs: [1, 1],
    attemptMs: 5000,
    ...change,
  }
}

describe('a webhook', () => {
  test('is tried again while its receiver is busy, with the same delivery id, and the diary has it', async () => {
    const receiver = await web(503, 429, 200)
    const noted: unknown[] = []
    const settings = { webhook: { url: receiver.url, secret: SECRET, on: ALWAYS } }
    expect(await deliver(NOTICE, 'd1', rim(settings, noted))).toEqual([
      { channel: 'webhook', ok: true, attempts: 3, says: 'HTTP 200' },
    ])
    expect(receiver.got.map(({ headers }) => headers['x-vdiskprep-delivery'])).toEqual(['d1', 'd1', 'd1'])
    expect(receiver.got.map(({ body }) => JSON.parse(body) as unknown)).toEqual([NOTICE, NOTICE, NOTICE])
    expect(noted).toEqual([['notified', expect.objectContaining({ run: '8k2', attempts: 3 })]])
    receiver.end()
  })

  test.each([
    [[400], 1, 'HTTP 400'],
    [[302], 1, 'HTTP 302'],
    [[500, 502, 503, 200], 3, 'HTTP 503'],
  ])('answered with %j is given up after %i attempts', async (codes, attempts, says) => {
    const receiver = await web(...codes)
    const settings = { webhook: { url: receiver.url, secret: SECRET, on: ALWAYS } }
    expect(await deliver(NOTICE, 'd1', rim(settings))).toEqual([{ channel: 'webhook', ok: false, attempts, says }])
    receiver.end()
  })

  test('that never answers, or is not there, costs its time and nothing else', async () => {
    const silent = await web(0, 0, 0)
    const settings = { webhook: { url: silent.url, secret: SECRET, on: ALWAYS } }
    const [told] = await deliver(NOTICE, 'd1', rim(settings, [], { attemptMs: 50, pausesMs: [1] }))
    expect(told).toMatchObject({ ok: false, attempts: 2 })
    silent.end()
    const gone = { webhook: { url: 'http://127.0.0.1:1/', secret: SECRET, on: ALWAYS } }
    expect((await deliver(NOTICE, 'd1', rim(gone)))[0]).toMatchObject({ ok: false, attempts: 3 })
  })

  test('is not told what it does not want to hear, and a secret that is missing is said at once', async () => {
    const settings = { webhook: { url: 'http://127.0.0.1:1/', secret: SECRET, on: ['done'] as const } }
    expect(await deliver(NOTICE, 'd1', rim(settings))).toEqual([])
    const missing = new Fault('SECRET_MISSING', { reference: 'env:X', host: 'the webhook', why: 'the variable is not set' })
    const without = rim(settings, [], { secrets: { read: () => Promise.reject(missing) } })
    expect(await deliver({ ...NOTICE, kind: 'done' }, 'd1', without)).toEqual([
      { channel: 'webhook', ok: false, attempts: 1, says: 'env:X: the variable is not set' },
    ])
  })

  test('is signed as HMAC-SHA256 is defined', () => {
    expect(signed('{"v":1}', 'key', 1_700_000_000)).toEqual({
      'x-vdiskprep-timestamp': '1700000000',
      'x-vdiskprep-signature': 'v1=afc180db7100385a559c0f5c5e3d6a432cd1ec1049002cc3920aac6cc071a1ec',
    })
  })
})

test('Teams gets a message with one Adaptive Card, whose words are not read as Markdown', async () => {
  const receiver = await web(202)
  const settings = { teams: { url: SECRET, on: ALWAYS } }
  const told = await deliver(NOTICE, 'd1', rim(settings, [], { secrets: { read: () => Promise.resolve(receiver.url) } }))
  expect(told).toMatchObject([{ ok: true, says: 'HTTP 202' }])
  const sent = JSON.parse(receiver.got[0]?.body ?? '') as Record<string, unknown>
  expect(sent).toMatchObject({
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: {
          type: 'AdaptiveCard',
          body: [{ items: [{ text: 'W11\\_Office\\* needs you' }] }, { type: 'TextBlock' }, {}, {}, {}],
        },
      },
    ],
  })
  receiver.end()
})

/** An SMTP server that takes one mail after the other, or answers MAIL FROM with a code. */
async function smtp(refusal?: string) {
  const said: string[] = []
  const port = await listening(
    createTcp((socket) => {
      let data = false
      let text = ''
      const answer = (line: string): string | undefined => {
        if (data) {
          if (line === '.') data = false
          return data ? undefined : '250 kept as 1'
        }
        if (/^EHLO/.test(line)) return '250-mail.test\r\n250 AUTH PLAIN'
        if (line === 'STARTTLS') return '502 not here'
        if (/^MAIL/.test(line)) return refusal ?? '250 ok'
        if (line === 'DATA') data = true
        return line === 'DATA' ? '354 go on' : line === 'QUIT' ? '221 bye' : '250 ok'
      }
      socket.on('error', () => undefined)
      socket.write('220 mail.test ESMTP\r\n')
      socket.on('data', (piece: Buffer) => {
        text += piece.toString()
        const whole = text.split('\r\n')
        text = whole.pop() ?? ''
        for (const line of whole) {
          said.push(line)
          const word = answer(line)
          if (word !== undefined) socket.write(`${word}\r\n`)
        }
      })
    }),
  )
  const mail = {
    host: '127.0.0.1',
    port,
    tls: 'none',
    auth: null,
    from: 'vdp@hq.example',
    to: ['a@hq.example', 'b@hq.example'],
    on: ALWAYS,
  } as const
  return { said, mail }
}

describe('a mail', () => {
  test('is handed over in one SMTP conversation to all its recipients', async () => {
    const { said, mail } = await smtp()
    expect(await deliver(NOTICE, 'd1', rim({ mail }))).toMatchObject([{ channel: 'mail', ok: true, attempts: 1 }])
    expect(said).toEqual(
      expect.arrayContaining(['MAIL FROM:<vdp@hq.example>', 'RCPT TO:<a@hq.example>', 'RCPT TO:<b@hq.example>']),
    )
    expect(said).toContain('Subject: [vdiskprep] held: W11_Office*, REARM_NO_OP')
    expect(said).toContain('Message-ID: <d1@hq.example>')
    expect(said).toContain('  vdiskprep status 8k2')
  })

  test.each([
    ['451 later', 3],
    ['550 never', 1],
  ])('refused with %s is tried %i times', async (refusal, attempts) => {
    const { mail } = await smtp(refusal)
    expect(await deliver(NOTICE, 'd1', rim({ mail }))).toMatchObject([{ ok: false, attempts }])
  })

  test('is not sent in the clear where TLS is wanted and not offered, nor its password', async () => {
    const { said, mail } = await smtp()
    const wanted = { ...mail, tls: 'starttls', auth: { user: 'vdp', password: SECRET } } as const
    expect(await deliver(NOTICE, 'd1', rim({ mail: wanted }))).toMatchObject([{ ok: false }])
    expect(said.filter((line) => !/^(EHLO|STARTTLS|QUIT)/.test(line))).toEqual([])
  })
})
