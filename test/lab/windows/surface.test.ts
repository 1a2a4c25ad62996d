import { connect } from 'node:net'
import { afterEach, describe, expect, test } from '@jest/globals'
import { Silence } from '../../../src/lab/agent/host-errors.ts'
import { LicensingError } from '../../../src/lab/model/licensing-error.ts'
import { alreadyOn } from '../../../src/lab/model/power.ts'
import { callsOf } from '../../../src/lab/windows/machine/calls.ts'
import { noLeavings } from '../../../src/lab/windows/machine/leavings.ts'
import { serveSurface, type SurfaceServer } from '../../../src/lab/windows/surface-server.ts'
import { SurfaceError, type SurfaceCalls, type TargetDesk } from '../../../src/lab/windows/surface.ts'
import { targetWindows } from '../../../src/lab/windows/target/target-windows.ts'
import { stage } from '../stage.ts'

const open: SurfaceServer[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

/** The surface of a running Windows 11, asked without a process. */
function windows() {
  const { farm, cast } = stage({ os: 'windows-11-23h2', office: 'ltsc-2024' })
  cast.disk.writeCacheType = 0
  alreadyOn(farm, cast.master)
  const { running } = cast.master
  if (running === null) throw new Error('the master is off')
  const desk: TargetDesk = {
    ...{ farm, device: cast.master, running, host: cast.master.name, run: '8k2', left: noLeavings() },
    ...{ spend: () => Promise.resolve(), spendApart: () => Promise.resolve(), hangs: () => false },
    afterAnswer: (happen) => {
      happen()
    },
  }
  const calls: SurfaceCalls<TargetDesk> = callsOf(targetWindows)
  return { desk, ask: async (call: string, args: unknown) => await calls[call]?.(desk, args as never) }
}

const cim = (question: object) => ({ namespace: 'root/cimv2', filter: null, property: null, ...question })

describe('what the lab does not model is named, never answered as if it were not there', () => {
  test.each([
    ['a class', 'cim.get', cim({ class: 'Win32_Fan' }), 'the class Win32_Fan'],
    ['a namespace', 'cim.get', cim({ class: 'X', namespace: 'root\\wmi' }), 'the class root/wmi:X'],
    ['a property', 'cim.get', cim({ class: 'Win32_Process', property: ['Nmae'] }), 'the property Nmae of Win32_Process'],
    ['a property in a filter', 'cim.get', cim({ class: 'Win32_Process', filter: "Nmae = 'x'" }), 'the property Nmae'],
    ['a form of filter', 'cim.get', cim({ class: 'Win32_Process', filter: "Name LIKE 'x%'" }), "the filter Name LIKE 'x%'"],
    ['a method', 'cim.invoke', { class: 'SoftwareLicensingService', id: null, method: 'ReArmSku', arguments: {} }, 'ReArmSku'],
    ['a key', 'registry.read', { key: 'HKLM\\SOFTWARE\\Contoso' }, 'the key HKLM\\SOFTWARE\\Contoso'],
    ['a value to take away', 'registry.remove', { key: 'HKLM\\SYSTEM', name: 'X' }, 'taking away the value X of HKLM\\SYSTEM'],
    ['a path', 'file.test', { path: 'D:\\Data' }, 'the path D:\\Data'],
    ['a place to write to', 'file.write', { path: 'C:\\Windows\\x.txt', text: '' }, 'writing C:\\Windows\\x.txt'],
    ['a program', 'native.run', { program: 'C:\\Windows\\calc.exe', arguments: [], timeoutSeconds: 1 }, 'calc.exe'],
    ['a switch of a service', 'service.set', { name: 'BNDevice', state: 'Stopped' }, 'switching the service BNDevice'],
    ['a DNS query', 'dns.resolve', { name: 'kms', type: 'A' }, 'a DNS query for A'],
  ])('%s', async (_, call, args, named) => {
    const failed = await windows()
      .ask(call, args)
      .catch((thrown: unknown) => thrown)
    expect(failed).toBeInstanceOf(SurfaceError)
    expect(failed).toMatchObject({ kind: 'unmodelled' })
    expect(String(failed)).toContain(named)
  })
})

describe('a modelled Windows', () => {
  test('a class that an older Windows lacks is invalid there, and a filter leaves what fits', async () => {
    const { ask } = windows()
    await expect(ask('cim.get', cim({ class: 'OfficeSoftwareProtectionService' }))).rejects.toMatchObject({ code: '0x80041010' })
    const wanted = cim({ class: 'Win32_Service', filter: "Name='SPPSVC'", property: ['Name', 'State'] })
    expect(await ask('cim.get', wanted)).toEqual([{ Name: 'sppsvc', State: 'Running' }])
    const keyed = cim({ class: 'SoftwareLicensingProduct', filter: 'PartialProductKey IS NOT NULL', property: ['Name'] })
    expect(await ask('cim.get', keyed)).toEqual([{ Name: 'Windows(R), Enterprise edition' }])
  })

  test('a key that is known to be absent is not there, nor is anything below it, and keys above a known one are', async () => {
    const { ask } = windows()
    const cbs = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing'
    expect(await ask('registry.read', { key: `${cbs}\\RebootPending` })).toBeNull()
    expect(await ask('registry.read', { key: `${cbs}\\PackagesPending\\x` })).toBeNull()
    expect(await ask('registry.read', { key: 'HKLM\\system\\CurrentControlSet' })).toMatchObject({ values: {} })
  })

  test('the licence store can only be moved while its service is stopped, and the service writes a new one when it starts', async () => {
    const { ask, desk } = windows()
    const path = 'C:\\Windows\\System32\\spp\\store\\2.0\\tokens.dat'
    await expect(ask('file.move', { path, to: `${path}.x.bar` })).rejects.toMatchObject({ kind: 'path' })
    await ask('service.set', { name: 'sppsvc', state: 'Stopped' })
    await ask('file.move', { path, to: `${path}.x.bar` })
    expect(await ask('file.test', { path })).toBeNull()
    await ask('service.set', { name: 'sppsvc', state: 'Running' })
    expect(await ask('file.test', { path })).toBe('file')
    expect(desk.farm.ledger.entries.at(-1)).toMatchObject({ did: 'tokens', act: 'reset' })
  })
})

describe('the way to the surface', () => {
  test('only the token of a session opens it, and its door closes with the session', async () => {
    const server = await serving()
    const door = server.open('W11-MASTER', { here: () => 'yes' }, () => undefined)
    expect(await said(door.address, 'here')).toEqual({ ok: true, value: 'yes' })
    expect(await said(`${door.address.split(' ')[0] ?? ''} wrong`, 'here')).toBeNull()
    door.close()
    expect(await said(door.address, 'here')).toBeNull()
  })

  test('a moment comes as an ISO text, a text that looks like one is marked, and an error says what kind it is', async () => {
    const server = await serving()
    const calls = {
      moment: () => ({ at: new Date(0), text: '1970-01-01T00:00:00.000Z' }),
      licence: () => {
        throw new LicensingError('0xC004D302')
      },
      silent: () => {
        throw new Silence()
      },
    }
    const { address } = server.open('W11-MASTER', calls, () => undefined)
    const at = '1970-01-01T00:00:00.000Z'
    expect(await said(address, 'moment')).toEqual({ ok: true, value: { at, text: { $text: `=${at}` } } })
    expect(await said(address, 'licence')).toMatchObject({ ok: false, error: { kind: 'cim', code: '0xC004D302' } })
    expect(await said(address, 'silent')).toBeNull()
    expect(await said(address, 'nothing')).toMatchObject({ error: { kind: 'unmodelled' } })
    expect(server.unmodelled()).toEqual(['W11-MASTER: the lab does not model the call nothing'])
  })
})

async function serving(): Promise<SurfaceServer> {
  const server = await serveSurface()
  open.push(server)
  return server
}

/** One call over a connection of its own; null when it ended without an answer. */
async function said(address: string, call: string): Promise<unknown> {
  const [port, token = ''] = address.split(' ')
  const socket = connect({ host: '127.0.0.1', port: Number(port) })
  socket.on('error', () => undefined)
  socket.write(`${token}\n${JSON.stringify({ call, args: {} })}\n`)
  let text = ''
  for await (const chunk of socket) {
    text += String(chunk)
    if (text.includes('\n')) break
  }
  socket.destroy()
  return text === '' ? null : JSON.parse(text)
}
