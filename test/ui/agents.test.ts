import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { join } from 'node:path'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { keyPair } from '../../src/lab/ssh/keys.ts'
import { knownKey, startSshServer, type SshServer } from '../fixtures/ssh-server.ts'
import { fakeHost } from '../remote/rigs.ts'
import { desk, EXAMPLE, lines, printed, type Desk } from './vdiskprep.ts'

let at: Desk

beforeAll(async () => {
  at = await desk({ NO_COLOR: '1', PASSWORD: 'Winter-2026!' })
})

afterAll(() => at.clear())

const SIGNATURE = ['', '# SIG # Begin signature block', '# MIIFuQYJ', '# SIG # End signature block', ''].join('\r\n')

/** The same report with whatever differs from run to run left out. */
const results = (text: string) =>
  lines(text).map(({ operation, about = '', result }) => `${String(operation)} ${String(about)}: ${String(result)}`)

describe('agents export and agents verify', () => {
  test('what was exported is what is expected, also once it is signed and lies on a host', async () => {
    const { code, out } = await at.vdp('agents', 'export', '--to', 'out')
    expect(code).toBe(0)
    for (const words of ['Set-AuthenticodeSignature', 'WDAC or AppLocker', 'C:\\Program Files\\vdiskprep', 'agents: installed'])
      expect(out).toContain(words)
    expect(readdirSync(join(at.home, 'out')).sort()).toEqual(['kms', 'pvs', 'target'])
    const target = join(at.home, 'out/target')
    expect(readdirSync(target).sort()).toEqual(['Agents.ps1', 'Bootstrap.ps1', 'OneShot.ps1', 'SHA256SUMS'])
    expect(await at.vdp('agents', 'verify', 'out')).toMatchObject({
      code: 0,
      out: expect.stringContaining('exported by vdiskprep'),
    })

    appendFileSync(join(target, 'Agents.ps1'), SIGNATURE)
    const signed = await at.vdp('agents', 'verify', 'out/target')
    expect(signed.code).toBe(0)
    expect(signed.out).toMatch(/signed {4}Agents\.ps1[\s\S]*whether their signatures are good, Windows/)
  })

  test('the same folder is written twice, another one never', async () => {
    expect((await at.vdp('agents', 'export', '--to', 'twice', '--role', 'kms')).code).toBe(0)
    rmSync(join(at.home, 'twice/kms/OneShot.ps1'))
    const again = await at.vdp('agents', 'export', '--to', 'twice', '--role', 'kms', '--json')
    expect(lines(again.out)).toMatchObject([{ role: 'kms', files: [{ file: 'Agents.ps1' }, {}, {}, { file: 'SHA256SUMS' }] }])
    const agents = join(at.home, 'twice/kms/Agents.ps1')
    appendFileSync(agents, SIGNATURE)
    const before = readFileSync(agents, 'utf8')
    const refused = await at.vdp('agents', 'export', '--to', 'twice')
    expect(refused).toMatchObject({
      code: 2,
      err: expect.stringMatching(/AGENTS_FOLDER_TAKEN[\s\S]*kms\/Agents\.ps1 \(signed\)/),
    })
    expect(readFileSync(agents, 'utf8')).toBe(before)
    expect(readdirSync(join(at.home, 'twice'))).toEqual(['kms'])
    const foreign = await at.vdp('agents', 'export', '--to', EXAMPLE)
    expect(foreign).toMatchObject({ code: 2, err: expect.stringContaining('README.md') })
    const file = await at.vdp('agents', 'export', '--to', join(EXAMPLE, 'w11.yaml'))
    expect(file).toMatchObject({ code: 2, err: expect.stringMatching(/FILE_NOT_WRITTEN[\s\S]*no folder/) })
  })

  test('files that differ, are missing or too many are named; more than comments behind a signature differs', async () => {
    await at.vdp('agents', 'export', '--to', 'bad', '--role', 'pvs')
    const pvs = join(at.home, 'bad/pvs')
    rmSync(join(pvs, 'OneShot.ps1'))
    writeFileSync(join(pvs, 'notes.txt'), 'x')
    appendFileSync(join(pvs, 'Agents.ps1'), `${SIGNATURE}Remove-Item x\r\n`)
    appendFileSync(join(pvs, 'SHA256SUMS'), '# sorted by hand\n')
    const { code, out } = await at.vdp('agents', 'verify', 'bad', '--json')
    expect(code).toBe(2)
    expect(lines(out)).toMatchObject([
      {
        role: 'pvs',
        files: [
          { file: 'Agents.ps1', is: 'differs' },
          { file: 'Bootstrap.ps1', is: 'same' },
          { file: 'OneShot.ps1', is: 'missing' },
          { file: 'SHA256SUMS', is: 'same' },
          { file: 'notes.txt', is: 'extra' },
        ],
      },
    ])
    expect((await at.vdp('agents', 'verify', EXAMPLE)).err).toContain('AGENTS_FOLDER_UNKNOWN')
  })
})

describe('agents check on a simulated farm', () => {
  let farm: ReturnType<Desk['begin']>
  const check = (host: string, ...more: string[]) =>
    at.vdp('agents', 'check', '--host', host, '--inventory', 'lab/inventory.yaml', ...more)

  beforeAll(async () => {
    const text = readFileSync(join(at.home, EXAMPLE, 'lab.yaml'), 'utf8')
    writeFileSync(join(at.home, 'on.yaml'), text.replace('role: master,', 'role: master, power: on,'))
    farm = at.begin('lab', '--farm', 'on.yaml', '--dir', 'lab')
    await printed(farm, 'Ctrl-C ends it')
  })

  afterAll(async () => {
    farm.kill('SIGINT')
    await farm.ended
  })

  test('every host answers everything as it should, and nothing is changed', async () => {
    const target = await check('W11-MASTER')
    expect(target.out).toContain('12 of 12 answers are as they should be. Nothing was changed.')
    expect(target.out).toMatch(/ok {8}hello +\d+ ms\n/)
    expect(target.code).toBe(0)
    const server = await check('PVS01', '--workflow', join(EXAMPLE, 'w11.yaml'), '--json')
    expect(results(server.out)).toEqual([
      'hello : ok',
      'Get-VdpServerState : ok',
      'Get-VdpDeviceState W11-MASTER: ok',
      'Get-VdpDiskState Store1/W11-Office: ok',
      'Get-VdpDiskFiles Store1/W11-Office: ok',
      'Get-VdpDiskSlice Store1/W11-Office: left out',
      'Get-VdpTask that is not there: ok',
    ])
    expect(await check('KMS1', '--quiet')).toMatchObject({ code: 0, out: expect.stringMatching(/^2 of 2 answers/) })
    // What Windows does by itself: its first start, and activation as time goes on.
    const done = lines((await at.vdp('lab', 'ledger', '--dir', 'lab', '--json')).out).map(({ did }) => did)
    expect(done.filter((did) => !['boot', 'cmid', 'activation'].includes(String(did)))).toEqual([])
  })

  test('a host that the inventory does not name is a slip of the hand: the ones it names are told', async () => {
    const { code, err } = await check('NOPE')
    expect([code, err.replaceAll(/\n */g, ' ')]).toEqual([
      2,
      expect.stringMatching(/^UNKNOWN_HOST {2}.* names no host NOPE; it names .*PVS01/),
    ])
    expect((await check('PSV01')).err.replaceAll(/\n */g, ' ')).toContain('did you mean PVS01?')
  })

  test('a report says all of it, and with --anonymous no name', async () => {
    await check('PVS01', '--report', 'named.json')
    await check('PVS01', '--report', 'nameless.json', '--anonymous')
    const [named, nameless] = ['named.json', 'nameless.json'].map((file) => readFileSync(join(at.home, file), 'utf8'))
    const names = ['PVS01', 'W11-MASTER', 'W11-Office', 'Store1', 'kms1.hq', '127.0.0.1']
    expect(names.filter((name) => named?.includes(name))).toContain('W11-Office')
    expect(names.filter((name) => nameless?.toLowerCase().includes(name.toLowerCase()))).toEqual([])
    expect(JSON.parse(nameless ?? '')).toMatchObject({
      fault: null,
      operations: [{ operation: 'Get-VdpServerState', result: 'ok' }, {}, {}, {}, { result: 'left out' }, {}],
    })
    const again = await check('PVS01', '--report', 'named.json')
    expect(again).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/FILE_NOT_WRITTEN[\s\S]*there already/) })
  })

  test('a host that is off is told as everywhere, and a report says so', async () => {
    const { code, err } = await check('W11-T02', '--report', 'off.json')
    expect([code, err]).toEqual([9, expect.stringContaining('HOST_UNREACHABLE')])
    expect(JSON.parse(readFileSync(join(at.home, 'off.json'), 'utf8'))).toMatchObject({
      welcome: null,
      fault: { code: 'HOST_UNREACHABLE' },
      operations: [],
    })
    expect((await check('PVS0')).err).toContain('did you mean PVS01?')
  })
})

describe('agents check on hosts that are not as they should be', () => {
  let server: SshServer
  const folder = () => join(at.home, 'fake')
  const check = (...more: string[]) => at.vdp('agents', 'check', '--host', 'KMS1', '--inventory', 'fake/farm.yaml', ...more)
  const answers = (prepared: object) => writeFileSync(join(folder(), 'answers.json'), JSON.stringify(prepared))
  const state = {
    at: '2026-01-02T03:04:05Z',
    products: { unknown: 'access denied' },
    port: 1688,
    listening: true,
    publishesSrv: true,
  }

  beforeAll(async () => {
    mkdirSync(folder())
    const key = keyPair()
    server = await startSshServer({ hostKeys: [key.private], accept: () => true, command: fakeHost(folder()) })
    writeFileSync(join(folder(), 'known_hosts'), `[127.0.0.1]:${server.port} ${knownKey(key)}\n`)
    const transport = `{ address: 127.0.0.1, port: ${server.port}, user: 'HQ\\svc-vdp', auth: { password: env:PASSWORD } }`
    writeFileSync(join(folder(), 'farm.yaml'), `hosts:\n  KMS1:\n    role: kms\n    ssh: ${transport}\n`)
    writeFileSync(join(folder(), 'manner'), 'healthy')
  })

  afterAll(() => server.close())

  test('an answer that does not fit, an error and an unreadable value are each told apart, with the words of the host', async () => {
    const error = {
      kind: 'internal',
      message: 'RPC-Server fehlt; Winter-2026!',
      hresult: '0x800706BA',
      returnCode: null,
      details: null,
      at: null,
    }
    answers({ 'Get-VdpKmsHostState': { ok: true, facts: state }, 'Get-VdpKmsRequests': { ok: false, error } })
    const failed = await check('--report', 'failed.json')
    expect(failed.code).toBe(5)
    expect(failed.out).toMatch(/ok {8}Get-VdpKmsHostState[^\n]*\n {12}products could not be read: access denied/)
    expect(failed.out).toMatch(/FAILED {4}Get-VdpKmsRequests[^\n]*\n {12}RPC-Server fehlt[^\n]*\(0x800706BA\)/)
    expect(failed.out).toContain('1 of 2 answers are as they should be, 1 with values that could not be read, 1 failed')

    const requests = [{ at: state.at, client: 'W11-T01', key: 'BBBBB-CCCCC-DDDDD-FFFFF-GGGGG' }]
    answers({
      'Get-VdpKmsHostState': { ok: true, facts: { ...state, port: '1688' } },
      'Get-VdpKmsRequests': { ok: true, facts: { at: state.at, requests } },
    })
    const invalid = await check('--report', 'invalid.json')
    expect(invalid.code).toBe(5)
    expect(invalid.out).toMatch(/INVALID {3}Get-VdpKmsHostState[^\n]*\n {12}facts\.port: /)

    const texts = ['failed.json', 'invalid.json'].map((file) => readFileSync(join(at.home, file), 'utf8')).join('')
    expect(texts).toContain('"port": "1688"')
    expect(texts).toContain('"client": "W11-T01"')
    expect(texts).not.toContain('Winter-2026!')
    expect(texts).not.toContain('BBBBB-CCCCC')
  })

  test('a host that is lost in between ends the check, and the exit code is that of a host that cannot be reached', async () => {
    answers({})
    const { code, out } = await check()
    expect([code, out]).toEqual([9, expect.stringMatching(/LOST {6}Get-VdpKmsHostState[\s\S]*0 of 1 answers[^\n]*1 lost/)])
  })

  test('Ctrl-C stops it at once, whatever it waits for', async () => {
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const connected = once(silent, 'connection')
    const { port } = silent.address() as AddressInfo
    const text = readFileSync(join(folder(), 'farm.yaml'), 'utf8').replace(/port: \d+/, `port: ${String(port)}`)
    writeFileSync(join(folder(), 'silent.yaml'), text)
    const waiting = at.begin('agents', 'check', '--host', 'KMS1', '--inventory', 'fake/silent.yaml')
    const [socket] = (await connected) as [Socket]
    waiting.kill('SIGINT')
    expect(await waiting.ended).toMatchObject({ code: 130, err: 'Stopped. Nothing was changed.\n' })
    socket.destroy()
    silent.close()
  })
})
