import { describe, expect, test } from '@jest/globals'
import { faultOf } from '../../src/faults/fault.ts'
import type { Diagnostic } from '../../src/workflow/diagnostic.ts'
import type { Files } from '../../src/workflow/reading.ts'
import { readSettings } from '../../src/workflow/settings.ts'

function filesWith(text: string): Files {
  return {
    folder: '/here',
    procedures: '/shipped',
    home: '/you',
    read: (path) => (path === '/conf/config.yaml' ? { is: 'bytes', bytes: Buffer.from(text) } : { is: 'missing' }),
  }
}

const read = (text: string) => readSettings('/conf/config.yaml', filesWith(text))

/** What is found fault with, as `line:column message suggestion`. */
function problems(text: string): readonly string[] {
  try {
    read(text)
    return []
  } catch (thrown) {
    const { code, details } = faultOf(thrown)
    expect(code).toBe('SETTINGS_INVALID')
    return (details['diagnostics'] as readonly Diagnostic[]).map(({ line, col, message, suggestion }) =>
      `${String(line)}:${String(col)} ${message} ${suggestion ?? ''}`.trim(),
    )
  }
}

describe('a settings file', () => {
  test('gives options by their names, and paths from where it lies', () => {
    expect(read('store: runs.db\nmetrics: ~/m.prom\ninventory: /etc/farm.yaml\ntimeout: 2h\nnonInteractive: true\n')).toEqual({
      options: {
        store: '/conf/runs.db',
        metrics: '/you/m.prom',
        inventory: '/etc/farm.yaml',
        timeout: '2h',
        nonInteractive: true,
      },
      notify: {},
    })
    expect(read('# nothing yet\n')).toEqual({ options: {}, notify: {} })
  })

  test('gives whom to tell, secrets as references', () => {
    const { notify } = read(
      [
        'notify:',
        '  webhook: { url: "https://hq.example/x", secret: file:hook.key, on: [held] }',
        '  teams: { url: env:TEAMS }',
        '  mail: { host: smtp.hq, from: a@hq, to: [b@hq], user: vdp, password: env:PW }',
      ].join('\n'),
    )
    const on = ['held', 'failed', 'done']
    expect(notify).toEqual({
      webhook: { url: 'https://hq.example/x', secret: { from: 'file', path: '/conf/hook.key' }, on: ['held'] },
      teams: { url: { from: 'env', name: 'TEAMS' }, on },
      mail: {
        host: 'smtp.hq',
        port: 25,
        tls: 'starttls',
        auth: { user: 'vdp', password: { from: 'env', name: 'PW' } },
        from: 'a@hq',
        to: ['b@hq'],
        on,
      },
    })
  })

  test.each([
    ['stroe: runs.db', ['1:1 unknown key "stroe" at the top of the file did you mean "store"?']],
    ['timeout: 2 h', ['1:10 timeout is "2 h" did you mean "2h"?']],
    ['quiet: yes', ['1:8 quiet is "yes" did you mean "true"?']],
    ['notify:\n  webhook: { url: "ftp://x" }', ['2:3 notify.webhook.secret is missing']],
    ['notify:\n  webhook: { url: nowhere, secret: env:X }', ['2:19 this is no web address']],
    ['notify:\n  teams: { url: prompt:URL }', ['2:17 nobody can be asked then']],
    ['notify:\n  mail: { host: x, from: y, to: [z], user: u }', ['2:3 notify.mail.password is missing']],
    [
      'notify:\n  mail: { host: x, from: y, to: [z], user: u, password: env:P, tls: none }',
      ['2:69 the password would travel in the clear'],
    ],
  ])('that says %j is told where it is wrong', (text, found) => {
    expect(problems(text)).toEqual(found)
  })

  test('never shows a secret that was written into it', () => {
    const text =
      'notify:\n  webhook: { url: "https://x", secret: hunter2hunter2 }\n  teams: { url: "https://logic.example/?sig=hunter3" }\n'
    const said = JSON.stringify(
      faultOf(
        (() => {
          try {
            return read(text)
          } catch (thrown) {
            return thrown
          }
        })(),
      ).details,
    )
    expect(said).toContain('a secret must not stand in a file')
    expect(said).not.toMatch(/hunter/)
  })
})
