import { describe, expect, test } from '@jest/globals'
import { lastAnswer } from '../../src/kms/checking/answer.ts'
import { checkOf } from '../../src/kms/checking/check.ts'
import type { KmsView, TargetView } from '../../src/kms/checking/view.ts'

const NOW = Date.parse('2026-11-10T12:00:00Z')
type Events = NonNullable<TargetView['events']>['events']

function asked(at: string, code = '0x00000000'): Events[number] {
  const fields = [code, '0x0', 'kms1.corp:1688', 'cmid', '2026/11/09 12:00', '1', '1', '43200', 'sku', '25']
  return { id: 12_288, at, record: 1, fields, text: '' }
}

function told(at: string, fields: readonly string[]): Events[number] {
  return { id: 12_289, at, record: 2, fields: [...fields], text: '' }
}

function target(own: Partial<TargetView> = {}): TargetView {
  const at = new Date(NOW).toISOString()
  const record = { domain: 'corp', host: 'kms1.corp', port: 1688, priority: 0, weight: 0 }
  const probe = { host: 'kms1.corp', port: 1688, resolves: true, open: true, clockSkewSeconds: 1 }
  return {
    host: 'W11',
    state: { at, act: null, officeRearmed: false } as unknown as TargetView['state'],
    reach: { at, records: [record], probes: [probe] },
    named: null,
    events: { at, events: [] },
    ...own,
  }
}

function view(own: Partial<KmsView> = {}): KmsView {
  return { file: 'farm.yaml', here: null, targets: [], silentTargets: {}, kmsHosts: {}, silentKmsHosts: {}, ...own }
}

function verdicts(seen: KmsView, check: string): readonly (readonly [string, string])[] {
  return checkOf(seen, NOW)
    .findings.filter((one) => one.check === check)
    .map(({ verdict, says }) => [verdict, says])
}

describe('the last answer to a target', () => {
  const at = '2026-11-10T08:00:00.000Z'
  test.each([
    ['none', [], 'unknown', 'no request for activation in its log of 30 days'],
    ['no answer', [asked(at, '0x800706BA')], 'fail', 'asked kms1.corp:1688 within the last day: no answer (0x800706BA)'],
    [
      'below the threshold',
      [asked(at), told(at, ['0x0', '0x04000000', '0', '0', '3'])],
      'fail',
      'kms1.corp:1688 answered within the last day: count 3, needed 25: not activated',
    ],
    [
      'refused',
      [asked(at), told(at, ['0xC004F042', '0x0', '0', '0', '0'])],
      'fail',
      'kms1.corp:1688 answered within the last day: count 0, 0xC004F042',
    ],
    [
      'activated',
      [asked('2026-11-01T08:00:00.000Z', '0x800706BA'), asked(at), told(at, ['0x0', '0x0', '1', '0', '41'])],
      'pass',
      'kms1.corp:1688 answered within the last day: count 41, activated',
    ],
    [
      'activated long ago',
      [asked('2026-10-20T08:00:00.000Z'), told('2026-10-20T08:00:01.000Z', ['0x0', '0x0', '1', '0', '41'])],
      'warn',
      'kms1.corp:1688 answered 21 days ago: count 41, activated; it should have renewed after 7 days',
    ],
  ] as const)('%s', (_, events, verdict, says) => {
    const seen = view({ targets: [target({ events: { at, events: [...events] } })] })
    expect(verdicts(seen, 'kms.answer')).toEqual([[verdict, says]])
  })

  test('an answer to an earlier request is none to this one', () => {
    expect(lastAnswer([told('2026-11-09T08:00:00.000Z', []), asked('2026-11-10T08:00:00.000Z')])).toMatchObject({
      is: 'unanswered',
    })
  })
})

describe('this machine against the target', () => {
  test('records that differ are told side by side', () => {
    const here = { domains: [{ domain: 'CORP', records: [{ host: 'old.corp', port: 1688, priority: 0, weight: 0 }] }], hosts: [] }
    expect(verdicts(view({ here, targets: [target()] }), 'kms.views')).toEqual([
      ['warn', 'CORP: the target finds kms1.corp:1688, this machine old.corp:1688'],
    ])
  })

  test('a record that names another port than the host listens on', () => {
    const state = { at: '', products: [], port: 1689, listening: true, publishesSrv: true }
    expect(verdicts(view({ targets: [target()], kmsHosts: { KMS1: state } }), 'kms.listenPort')).toEqual([
      ['fail', 'a record names port 1688, it listens on 1689'],
    ])
  })

  test('a host that listens and is closed for others has a firewall before it', () => {
    const state = { at: '', products: [], port: 1688, listening: true, publishesSrv: true, firewall: ['domain' as const] }
    const probe = (open: boolean) => [{ host: 'kms1.corp', port: 1688, resolves: true, open, clockSkewSeconds: 0 }]
    const seen = (open: boolean) =>
      view({ targets: [target({ reach: { at: '', records: [], probes: probe(open) } })], kmsHosts: { KMS1: state } })
    expect(verdicts(seen(true), 'kms.firewall')).toEqual([
      ['pass', 'port 1688 is let through; its own firewall is on for domain networks'],
    ])
    expect(verdicts(seen(false), 'kms.firewall')).toEqual([
      ['fail', 'it listens on 1688, closed for W11: a firewall stands between; its own is on for domain networks'],
    ])
  })

  test('a domain in which the host publishes itself and where no record names it', () => {
    const state = { at: '', products: [], port: 1688, listening: true, publishesSrv: true, publishDomains: ['b.test, 10, 100'] }
    const record = { host: 'other.b.test', port: 1688, priority: 0, weight: 0 }
    const here = { domains: [{ domain: 'b.test', records: [record] }], hosts: [] }
    expect(verdicts(view({ here, kmsHosts: { KMS1: state } }), 'kms.domains')).toEqual([
      ['warn', 'wants to publish itself in b.test, where no record names it'],
    ])
  })

  test('no target answers: what clients see is not known, and the exit code says so', () => {
    const fault = { code: 'HOST_UNREACHABLE', details: { why: 'refused' } } as const
    const report = checkOf(view({ silentTargets: { T1: fault, T2: fault } }), NOW)
    expect([report.exitCode, report.findings[0]?.says]).toEqual([4, 'T1 cannot be reached: refused. Nor do T2 answer.'])
  })
})
