import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { kmsCheck, type KmsCheck } from '../../src/kms/checking/check-shape.ts'
import { dnsServer } from '../kms/dns-server.ts'
import { desk, expectScreen, type Desk } from './vdiskprep.ts'

const listener = createServer((socket) => socket.destroy())
let own: Desk
let dns: Awaited<ReturnType<typeof dnsServer>>
let port = 0

beforeAll(async () => {
  own = await desk()
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  port = (listener.address() as AddressInfo).port
  const srv = (target: string, at: number, priority: number) => {
    return { type: 'SRV', name: '_vlmcs._tcp.corp.test', data: { target, port: at, priority, weight: 10 } } as const
  }
  const a = (name: string) => [{ type: 'A', name, data: '127.0.0.1' } as const]
  dns = await dnsServer({
    'SRV _vlmcs._tcp.corp.test': [srv('kms1.corp.test', port, 0), srv('kms2.corp.test', 1, 0), srv('gone.corp.test', 1688, 5)],
    'SRV _vlmcs._tcp.dead.test': [{ ...srv('kms2.corp.test', 1, 0), name: '_vlmcs._tcp.dead.test' }],
    'A kms1.corp.test': a('kms1.corp.test'),
    'A kms2.corp.test': a('kms2.corp.test'),
  })
})
afterAll(async () => {
  await dns.close()
  listener.close()
  await own.clear()
})

async function check(...options: readonly string[]): Promise<{ readonly code: number | null; readonly report: KmsCheck }> {
  const { out, code } = await own.vdp('kms', 'check', ...options, '--json')
  return { code, report: kmsCheck.parse(JSON.parse(out)) }
}

function found({ findings }: KmsCheck, check: string): readonly (readonly [string, string])[] {
  return findings.filter((one) => one.check === check).map(({ verdict, says }) => [verdict, says])
}

/** A farm whose master is on; its disk is open, so it answers. */
function farmFile(name: string, faults: readonly object[]): string {
  const file = join(own.home, name)
  const farm = {
    ...{
      farm: 'HQ',
      domain: 'hq',
      speed: 500,
      servers: ['PVS01'],
      stores: [{ name: 'Store1', site: 'Main', servers: ['PVS01'] }],
    },
    images: { base: { os: 'windows-11-24h2', edition: 'Enterprise', activated: true } },
    disks: [{ name: 'W11', store: 'Store1', image: 'base', writeCacheType: 0 }],
    devices: [{ name: 'W11-MASTER', role: 'master', disks: ['W11'], power: 'on', hardDisk: 'base' }],
    faults,
  }
  writeFileSync(file, JSON.stringify(farm))
  return file
}

describe('kms check from this machine', () => {
  test('records of dead hosts beside one that answers are told one by one, and priorities that few clients heed', async () => {
    const { code, report } = await check('--domain', 'corp.test', '--dns', dns.address)
    expect(code).toBe(0)
    expect(report.hosts.map(({ host, open }) => [host, open])).toEqual([
      ['kms1.corp.test', true],
      ['kms2.corp.test', false],
      ['gone.corp.test', null],
    ])
    expect(found(report, 'kms.record')).toEqual([
      ['warn', 'kms2.corp.test:1 is closed at 127.0.0.1 (refused); a record of a dead host beside others that answer'],
      ['warn', 'gone.corp.test:1688 has no address (ENOTFOUND); a record of a dead host beside others that answer'],
      ['pass', expect.stringMatching(/^kms1\.corp\.test:\d+ is open at 127\.0\.0\.1/)],
    ])
    expect(found(report, 'kms.choice')).toMatchObject([['warn', expect.stringContaining('priority 5')]])
  })

  test('no record, no server that answers, only dead hosts: fail, unknown, fail', async () => {
    const none = await check('--domain', 'none.test', '--dns', dns.address)
    expect([none.code, found(none.report, 'kms.srvHere')]).toEqual([5, [['fail', 'none.test: no record _vlmcs._tcp']]])
    const silent = await check('--domain', 'corp.test', '--dns', '127.0.0.1:9')
    expect([silent.code, found(silent.report, 'kms.srvHere')[0]?.[0]]).toEqual([4, 'unknown'])
    const dead = await check('--domain', 'dead.test', '--dns', dns.address)
    expect([dead.code, found(dead.report, 'kms.record')[0]?.[0]]).toEqual([5, 'fail'])
  })

  test('a host by name needs no record', async () => {
    const { code, report } = await check(
      '--domain',
      'none.test',
      '--dns',
      dns.address,
      '--host',
      `kms1.corp.test:${String(port)}`,
    )
    expect([code, found(report, 'kms.named')[0]?.[0], found(report, 'kms.srvHere')[0]?.[0]]).toEqual([0, 'pass', 'warn'])
  })
})

describe('kms check of a simulated farm', () => {
  test('target and KMS host tell all that the doctor would ask, on a screen of 80 columns', async () => {
    const { out, code } = await own.vdp('kms', 'check', '--lab', farmFile('well.yaml', []))
    expect(code).toBe(0)
    expectScreen('kms-check', out, own.home)
  })

  test.each([
    ['no-srv-record', 'kms.srv', 'fail'],
    ['below-threshold', 'kms.count', 'warn'],
  ])('%s is told by %s', async (fault, name, verdict) => {
    const { code, report } = await check('--lab', farmFile(`${fault}.yaml`, [{ fault }]))
    expect(found(report, name).map(([is]) => is)).toEqual([verdict])
    expect(code).toBe(verdict === 'fail' ? 5 : 0)
  })
})
