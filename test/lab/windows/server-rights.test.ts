import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { PvsServer, ServerDriver, ServerService } from '../../../src/lab/model/server.ts'
import type { ServerState } from '../../../src/wire/operations/farm-state.ts'
import { pwshMissing } from '../../fixtures/powershell.ts'
import { SERVER } from './server-steps.ts'
import { twoFronts, type TwoFronts } from './two-fronts.ts'

const missing = pwshMissing()
const where = missing === undefined ? describe : describe.skip

const GROUP = 'S-1-5-21-1085031214-1563985344-725345543-1200'
const service = (change: Partial<ServerService>) => (server: PvsServer) => void Object.assign(server.services[0] ?? {}, change)
const driver = (change: Partial<ServerDriver>) => (server: PvsServer) => void Object.assign(server.drivers[0] ?? {}, change)
const server = (change: Partial<PvsServer>) => (one: PvsServer) => void Object.assign(one, change)

const granted = (via: string) => ({ tokenHolds: true, policyGrants: { granted: true, via } })
const unread = 'Exception calling "TokenOf" with "1" argument(s): "Access is denied."'
const silent = 'The specified domain either does not exist or could not be contacted.'
const administrators = 'S-1-5-32-544 (BUILTIN\\Administrators)'

/** How a server may stand, and what is to be told of its StreamService, or of the server. */
const cases: readonly (readonly [name: string, lay: (server: PvsServer) => void, stream: object, whole?: object])[] = [
  ['a domain account among the administrators', service({}), { accountKind: 'domain', ...granted(administrators) }],
  [
    'an account that policy names itself',
    (one) => service({ grantedTo: one.services[0]?.sid ?? '' })(one),
    { ...granted('S-1-5-21-1085031214-1563985344-725345543-1104 (HQ\\svc-pvs)') },
  ],
  [
    'a domain group without a name here, set by a policy object',
    (one) => {
      service({ grantedTo: GROUP })(one)
      server({ rightPolicy: 'cn={31B2F340-016D-11D2-945F-00C04FB984F9}' })(one)
    },
    granted(`${GROUP}, set by cn={31B2F340-016D-11D2-945F-00C04FB984F9}`),
  ],
  [
    'nobody',
    service({ tokenHolds: false, policyGrants: false }),
    { tokenHolds: false, policyGrants: { granted: false, via: null } },
  ],
  [
    'a grant that the running process has not seen',
    service({ tokenHolds: false }),
    { tokenHolds: false, policyGrants: { granted: true } },
  ],
  [
    'LocalSystem',
    service({ account: 'LocalSystem', accountKind: 'built-in', sid: 'S-1-5-18' }),
    { accountKind: 'built-in', ...granted(administrators) },
  ],
  [
    'LocalSystem that does not run',
    service({ account: 'LocalSystem', accountKind: 'built-in', sid: 'S-1-5-18', state: 'stopped' }),
    {
      state: 'stopped',
      tokenHolds: { unknown: 'the service does not run' },
      policyGrants: { granted: true, via: administrators },
    },
  ],
  [
    'NETWORK SERVICE without the right',
    service({
      ...{
        account: 'NT AUTHORITY\\NetworkService',
        accountKind: 'built-in',
        sid: 'S-1-5-20',
        tokenHolds: false,
        policyGrants: false,
      },
    }),
    { accountKind: 'built-in', tokenHolds: false, policyGrants: { granted: false, via: null } },
  ],
  [
    'a local account',
    service({ account: '.\\svc', accountKind: 'local', sid: 'S-1-5-21-7-7-7-1001', grantedTo: 'S-1-5-21-7-7-7-1001' }),
    {
      accountKind: 'local',
      ...granted('S-1-5-21-7-7-7-1001 (PVS01\\svc)'),
    },
  ],
  [
    'a group managed account',
    service({ account: 'HQ\\gmsa-pvs$', accountKind: 'group-managed', sid: 'S-1-5-21-1-2-3-1300' }),
    {
      accountKind: 'group-managed',
      ...granted(administrators),
    },
  ],
  [
    'a token that Windows does not show',
    service({ tokenReadable: false }),
    {
      tokenHolds: { unknown: unread },
      policyGrants: { granted: true, via: administrators },
    },
  ],
  [
    'a token that Windows does not show, and a domain that does not answer',
    service({ tokenReadable: false, groupsKnown: false }),
    {
      tokenHolds: { unknown: unread },
      policyGrants: { unknown: `the groups of HQ\\svc-pvs are not known: ${unread}; ${silent}` },
    },
  ],
  [
    'a stopped service',
    service({ state: 'stopped' }),
    { state: 'stopped', policyGrants: { granted: true, via: administrators } },
  ],
  [
    'a service that is not there',
    service({ state: 'absent' }),
    { state: 'absent', account: { unknown: 'the service has no account' } },
  ],
  ['a security authority that does not answer', server({ lsaAnswers: false }), granted(administrators)],
  [
    'a disabled driver',
    driver({ startMode: 'disabled', running: false }),
    {},
    { startMode: 'disabled', running: false, problem: 22 },
  ],
  [
    'a driver that Windows refuses for its signature',
    driver({ running: false, problem: 52 }),
    {},
    { running: false, problem: 52 },
  ],
  [
    'a driver of another version',
    driver({ fileVersion: '7.33.0.1', startMode: 'boot' }),
    {},
    { fileVersion: '7.33.0.1', startMode: 'boot' },
  ],
  [
    'no driver',
    driver({ present: false, startMode: null, running: false }),
    {},
    { present: false, startMode: null, fileVersion: null },
  ],
  [
    'a pending reboot of every kind',
    server({ pendingReboot: ['Component Based Servicing', 'Windows Update', 'file renames', 'computer name'] }),
    {},
  ],
  ['an account that may only look', server({ role: 999 }), {}],
]

where(`accounts, rights and drivers of a PVS server on both fronts ${missing ?? ''}`, () => {
  let farm: TwoFronts
  const answers: [builtIn: { facts: ServerState }, shipped: unknown][] = []

  beforeAll(async () => {
    farm = await twoFronts({ os: 'windows-11-23h2' })
    const untouched = structuredClone(plainServer(farm))
    for (const [, lay] of cases) {
      const pair = await farm.both((side) => {
        const here = side.farm.cast.server
        Object.assign(here, structuredClone(untouched))
        lay(here)
        return side.ask(SERVER, 'Get-VdpServerState', {})
      })
      answers.push(pair as (typeof answers)[number])
    }
  }, 300_000)

  afterAll(() => farm.close())

  test.each(cases.map(([name, , stream, whole], n) => [name, n, stream, whole] as const))('%s', (_, n, stream, whole = {}) => {
    const [builtIn, shipped] = answers[n] ?? []
    expect(builtIn?.facts.services[0]).toMatchObject(stream)
    expect(builtIn?.facts.drivers[0]).toMatchObject(whole)
    expect(shipped).toEqual(builtIn)
  })

  test('nothing was asked that the lab does not model', () => {
    expect(farm.sides[1].farm.unmodelled()).toEqual([])
  })
})

function plainServer({ sides }: TwoFronts) {
  const { services, drivers, lsaAnswers, rightPolicy, pendingReboot, role } = sides[0].farm.cast.server
  return { services, drivers, lsaAnswers, rightPolicy, pendingReboot, role }
}
