import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { startLab, type Lab } from '../../src/lab/lab.ts'
import { presetFarm, type PresetWish } from '../../src/lab/farm-file/presets.ts'
import { decodeBanner } from '../../src/wire/banner.ts'
import { decodeFrame, encodeLine } from '../../src/wire/framing.ts'
import { Cut, logIn, openRaw } from './raw-client.ts'

const w11 = { os: 'windows-11-23h2', office: 'ltsc-2021' } as const
const labs: Lab[] = []

async function lab(wish: Partial<PresetWish> = {}, masterOn = true): Promise<Lab> {
  const farm = presetFarm({ ...w11, ...wish })
  const [master] = farm.devices
  if (master && masterOn) master.power = 'on'
  const [disk] = farm.disks
  if (disk && masterOn) disk.writeCacheType = 0
  const started = await startLab(farm)
  labs.push(started)
  return started
}

afterEach(async () => {
  await Promise.all(labs.splice(0).map((one) => one.close()))
})

describe('the lab over SSH', () => {
  test('a session begins with the plain banner, then hello and welcome with the speed and the world', async () => {
    const farm = await lab()
    const session = await openRaw(farm, 'W11-MASTER')
    expect(decodeBanner(session.banner)).toEqual({
      powershell: '5.1.22631.4391',
      language: 'FullLanguage',
      bits: 64,
      os: 64,
      elevated: true,
    })
    expect(session.welcome).toMatchObject({
      computer: 'W11-MASTER',
      fence: 1,
      lab: { speed: 500, world: { cmid: 'prep-order' } },
    })
    const { boot, act } = await session.ask('Get-VdpTargetState', { parts: ['boot'] })
    expect(boot?.guid).toBe(session.welcome.boot)
    expect(act).toEqual({ fence: 1, receipts: [] })
    await session.close()
  })

  test('every host has a key of its own and lets nobody in but the client key', async () => {
    const farm = await lab()
    for (const name of ['PVS01', 'PVS02', 'W11-MASTER', 'KMS1']) {
      const { client, ended } = await logIn(farm, name)
      client.end()
      await ended
    }
    const known = await readFile(farm.files.knownHosts, 'utf8')
    expect(
      new Set(
        known
          .trim()
          .split('\n')
          .map((line) => line.split(' ')[2]),
      ).size,
    ).toBe(Object.keys(farm.inventory.hosts).length)
    const stranger = await readFile(join(dirname(farm.files.inventory), 'keys', 'host_PVS01'), 'utf8')
    await expect(logIn(farm, 'PVS01', stranger)).rejects.toThrow('authentication')
  })

  test('a machine that is off resets the connection, and answers at the same port after its boot, with the same host key', async () => {
    const farm = await lab({}, false)
    await expect(openRaw(farm, 'W11-MASTER')).rejects.toThrow()
    const pvs = await openRaw(farm, 'PVS01')
    const { guid } = farm.cast.disk
    await pvs.ask('Set-VdpDiskMode', { guid, expectedType: 9, writeCacheType: 0, writeCacheSizeMiB: 0 }, { effect: 'open' })
    const up = poweredTo(farm, true)
    await pvs.ask('Start-VdpDevice', { deviceId: farm.cast.master.id }, { effect: 'start' })
    await up
    const session = await openRaw(farm, 'W11-MASTER')
    const down = poweredTo(farm, false)
    await session.ask('Stop-VdpComputer', { reason: 'test' }, { effect: 'stop' })
    await down
    await session.ended
    await expect(openRaw(farm, 'W11-MASTER')).rejects.toThrow()
    await pvs.close()
  })

  test('a command that is no PowerShell is answered as cmd.exe would', async () => {
    const farm = await lab()
    const { client, ended } = await logIn(farm, 'PVS01')
    const said = await new Promise<{ code: number; text: string }>((resolve, reject) => {
      client.exec('uname -a', (error, channel) => {
        if (error) {
          reject(error)
          return
        }
        let text = ''
        channel.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()))
        channel.resume()
        channel.on('close', (code: number) => resolve({ code, text }))
      })
    })
    expect(said).toEqual({ code: 1, text: expect.stringContaining("'uname' is not recognized") })
    client.end()
    await ended
  })

  test('all requests on stdin before its end are answered, then the process ends: the one-shot form', async () => {
    const farm = await lab()
    const { client, ended } = await logIn(farm, 'PVS01')
    const nonce = 'ab'.repeat(16)
    const hello = {
      type: 'hello',
      protocol: 1,
      nonce,
      role: 'pvs',
      run: 'r',
      owner: 'o',
      fence: 3,
      bundle: { sha256: '0'.repeat(64), parts: 0 },
    }
    const ask = (id: number, op: string) => ({ type: 'request', id, op, args: {}, fence: 3, effect: null, deadlineMs: 1000 })
    const text = await new Promise<string>((resolve, reject) => {
      client.exec('powershell -', (error, channel) => {
        if (error) {
          reject(error)
          return
        }
        let all = ''
        channel.on('data', (chunk: Buffer) => (all += chunk.toString()))
        channel.on('close', () => resolve(all))
        channel.end([hello, ask(1, 'Get-VdpServerState'), ask(2, 'Get-VdpNothing')].map(encodeLine).join(''))
      })
    })
    const frames = framesOf(text, nonce)
    expect(frames).toMatchObject([
      { message: { type: 'welcome', fence: 3 } },
      { message: { id: 1, ok: true } },
      { message: { id: 2, ok: false, error: { kind: 'missing' } } },
    ])
    client.end()
    await ended
  })

  test('bundle parts are acknowledged with the hash of their bytes, and the welcome names the hash of them all', async () => {
    const farm = await lab()
    const { client, ended } = await logIn(farm, 'PVS01')
    const nonce = 'cd'.repeat(16)
    const hello = {
      type: 'hello',
      protocol: 1,
      nonce,
      role: 'pvs',
      run: 'r',
      owner: 'o',
      fence: 1,
      bundle: { sha256: '0'.repeat(64), parts: 2 },
    }
    const part = (n: number, content: string) => ({ type: 'part', n, content: Buffer.from(content).toString('base64') })
    const text = await new Promise<string>((resolve, reject) => {
      client.exec('powershell -', (error, channel) => {
        if (error) {
          reject(error)
          return
        }
        let all = ''
        channel.on('data', (chunk: Buffer) => (all += chunk.toString()))
        channel.on('close', () => resolve(all))
        channel.end([hello, part(0, 'a'), part(1, 'bc')].map(encodeLine).join(''))
      })
    })
    const frames = framesOf(text, nonce)
    expect(frames).toMatchObject([
      { message: { type: 'ack', n: 0, sha256: 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb' } },
      { message: { type: 'ack', n: 1 } },
      { message: { type: 'welcome', agents: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' } },
    ])
    client.end()
    await ended
  })

  test.each([
    ['constrained-language', { language: 'ConstrainedLanguage' }],
    ['not-elevated', { elevated: false }],
    ['powershell-32-bit', { bits: 32 }],
  ])('%s shows in the first line', async (fault, shown) => {
    const farm = await lab({ faults: [{ fault }] })
    const { client, ended } = await logIn(farm, 'W11-MASTER')
    const line = await new Promise<string>((resolve, reject) => {
      client.exec('powershell -', (error, channel) =>
        error ? reject(error) : channel.once('data', (chunk: Buffer) => resolve(chunk.toString())),
      )
    })
    expect(decodeBanner(line.trim())).toMatchObject(shown)
    client.end()
    await ended
  })

  test('a machine that goes down takes its sessions with it, in the middle of a request', async () => {
    const farm = await lab({ faults: [{ fault: 'reboot-inside-window', op: 'Clear-VdpSkipRearm', value: 0 }], speed: 200 })
    const session = await openRaw(farm, 'W11-MASTER')
    await session.ask('Clear-VdpSkipRearm', {}, { effect: 'clear' })
    await expect(
      session.ask('Invoke-VdpHook', { script: 'Start-Sleep 600', parameters: {}, timeoutSeconds: 900 }, { effect: 'hook' }),
    ).rejects.toThrow(Cut)
    expect(farm.ledger('W11-MASTER').shutdowns).toEqual(['reboot'])
  })

  const ssh = spawnSync('ssh', ['-V']).status === 0
  const whenSsh = ssh ? test : test.skip
  whenSsh(
    `the system ssh client talks to the lab with the files it wrote${ssh ? '' : ' (skipped: no ssh on this machine)'}`,
    async () => {
      const farm = await lab()
      const port = farm.inventory.hosts['PVS01']?.transport.port ?? 0
      const options = [
        '-F',
        'none',
        '-o',
        'StrictHostKeyChecking=yes',
        '-o',
        `UserKnownHostsFile=${farm.files.knownHosts}`,
        '-o',
        'IdentitiesOnly=yes',
      ]
      const child = spawn('ssh', [
        ...options,
        '-i',
        farm.files.clientKey,
        '-p',
        String(port),
        'vdp-admin@127.0.0.1',
        'powershell.exe -NoProfile',
      ])
      let out = ''
      child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
      let err = ''
      child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
      const nonce = 'ef'.repeat(16)
      const hello = {
        type: 'hello',
        protocol: 1,
        nonce,
        role: 'pvs',
        run: 'r',
        owner: 'o',
        fence: 1,
        bundle: { sha256: '0'.repeat(64), parts: 0 },
      }
      child.stdin.end(
        encodeLine(hello) +
          encodeLine({ type: 'request', id: 1, op: 'Get-VdpServerState', args: {}, fence: 1, effect: null, deadlineMs: 1000 }),
      )
      const [code] = (await once(child, 'close')) as [number]
      expect({ code, err }).toEqual({ code: 0, err: '' })
      expect(decodeBanner(out.trim().split('\n')[0] ?? '')?.powershell).toBe('5.1.20348.2849')
      expect(framesOf(out, nonce)).toMatchObject([
        { message: { type: 'welcome' } },
        { message: { ok: true, facts: { server: 'PVS01' } } },
      ])
    },
  )

  test('a closed lab leaves no port open', async () => {
    const farm = await lab()
    const port = farm.inventory.hosts['PVS01']?.transport.port ?? 0
    await labs.pop()?.close()
    const [error] = (await once(connect(port, '127.0.0.1'), 'error')) as [NodeJS.ErrnoException]
    expect(error.code).toBe('ECONNREFUSED')
  })
})

/** What a session said after its first line, without what is no frame. */
function framesOf(text: string, nonce: string) {
  const lines = text.split('\n').map((line) => decodeFrame(line, nonce))
  return lines.filter((line) => line.is === 'frame')
}

function poweredTo(farm: Lab, wanted: boolean): Promise<void> {
  return new Promise((resolve) => {
    farm.model.onPower.push((device, up) => {
      if (device === farm.cast.master && up === wanted) resolve()
    })
  })
}
