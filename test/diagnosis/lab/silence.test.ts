import { describe, expect, test } from '@jest/globals'
import type { Session } from '../../../src/engine/ports/hosts.ts'
import { survey } from '../../../src/engine/survey.ts'
import { examine } from '../../../src/diagnosis/examine.ts'
import { Fault } from '../../../src/faults/fault.ts'
import { checkups } from '../../../src/procedure/checkup.ts'
import { farmInProcess, hostsOf, type FarmInProcess } from './farm-in-process.ts'

const flagship = { os: 'windows-11-23h2', office: 'ltsc-2021' } as const
const never = new AbortController().signal
const all = { only: [], skip: [] }

/** Hosts of a farm of which one says nothing until its time is out. */
function withSilent({ agents }: FarmInProcess, silent: string, asked: (host: string) => void) {
  const timeOut = Promise.withResolvers<Session>()
  const hosts = hostsOf(agents)
  const open: typeof hosts.open = async (host, opening) => {
    if (host === silent) return await timeOut.promise
    const session = await hosts.open(host, opening)
    return {
      ...session,
      request: async (...request) => {
        const answer = await session.request(...request)
        asked(`${host} ${request[0]}`)
        return answer
      },
    }
  }
  const end = () => timeOut.reject(new Fault('HOST_UNREACHABLE', { host: silent, why: 'timed out' }))
  return { hosts: { ...hosts, open }, end }
}

describe('a host that does not answer', () => {
  test('keeps nobody else waiting: every other host has told all before its time is out', async () => {
    const farm = farmInProcess(flagship, { open: true })
    const answered: string[] = []
    const told = Promise.withResolvers<null>()
    const { hosts, end } = withSilent(farm, 'PVS02', (what) => {
      answered.push(what)
      if (answered.length === 9) told.resolve(null)
    })
    const looks = survey(hosts, checkups([farm.plan]), never)
    await told.promise
    expect(answered.sort()).toEqual(
      [
        ...[
          'Get-VdpDeviceState',
          'Get-VdpDeviceState',
          'Get-VdpDeviceState',
          'Get-VdpDiskFiles',
          'Get-VdpDiskState',
          'Get-VdpServerState',
        ].map((op) => `PVS01 ${op}`),
        ...['Get-VdpTargetState', 'Test-VdpKmsReachability'].map((op) => `W11-MASTER ${op}`),
        'KMS1 Get-VdpKmsHostState',
      ].sort(),
    )
    end()
    const found = examine(await looks, all)
    expect(found.worst).toBe('fail')
    const [first, ...rest] = found.findings.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'na')
    expect(first).toMatchObject({
      host: 'PVS02',
      check: 'server.reachable',
      verdict: 'fail',
      says: 'PVS02 cannot be reached: timed out.',
    })
    expect(new Set(rest.map(({ host, verdict }) => `${verdict} ${host}`))).toEqual(new Set(['unknown PVS02', 'unknown HQ']))
  })

  test('leaves what only the server of the run could tell unknown, and says so of each', async () => {
    const farm = farmInProcess(flagship)
    const { hosts, end } = withSilent(farm, 'PVS01', () => undefined)
    end()
    const found = examine(await survey(hosts, checkups([farm.plan]), never), all)
    expect(found.findings[0]).toMatchObject({ host: 'PVS01', check: 'server.reachable', verdict: 'fail' })
    for (const check of ['disk.locks', 'store.space', 'device.record', 'canary.record'])
      expect(found.findings.find((one) => one.check === check)).toMatchObject({ verdict: 'unknown' })
    expect(found.findings.find((one) => one.check === 'privilege.stream' && one.host === 'PVS02')?.verdict).toBe('pass')
  })
})

test('a target whose Office was rearmed is asked for everything else', async () => {
  const farm = farmInProcess(flagship, { open: true })
  if (farm.cast.master.running === null) throw new Error('the machine is off')
  farm.cast.master.running.officeRearmed = 'done'
  const { findings } = await farm.examine()
  const on = (check: string) => findings.find((one) => one.check === check)
  expect(on('office.running')).toMatchObject({ verdict: 'na', says: expect.stringMatching(/nothing of Office is touched/) })
  expect(on('target.bitLocker')?.verdict).toBe('pass')
  expect(on('target.reachable')?.verdict).toBe('pass')
})

test('several vDisks are looked at together: what is the same of both is told once', async () => {
  const farm = farmInProcess({ ...flagship, faults: [{ fault: 'missing-driver', server: 'PVS02' }, { fault: 'full-store' }] })
  const twin = { ...farm.plan, title: 'Twin', vdisk: { ...farm.plan.vdisk, name: 'No-Such-Disk' } }
  const asked: string[] = []
  const { hosts } = withSilent(farm, 'nobody', (what) => asked.push(what))
  const { findings } = examine(await survey(hosts, checkups([farm.plan, twin]), never), all)

  expect(asked.filter((what) => what === 'PVS02 Get-VdpServerState')).toHaveLength(1)
  const of = (check: string) =>
    findings.filter((one) => one.check === check && one.verdict === 'fail').map(({ host, vdisks }) => [host, vdisks])
  expect(of('driver.bus')).toEqual([['PVS02', ['W11-Office', 'Twin']]])
  expect(of('disk.found')).toEqual([['PVS01', ['Twin']]])
  expect(of('store.space')).toEqual([['PVS01', ['W11-Office', 'Twin']]])
})

test('what the workflow waives is told, and counts no more', async () => {
  const farm = farmInProcess({ ...flagship, faults: [{ fault: 'full-store' }] })
  const waive = [{ check: 'store.space', reason: 'grown tomorrow' }]
  const found = await farm.examine({ ...farm.plan, waive })
  expect(found.findings[0]).toMatchObject({ check: 'store.space', verdict: 'fail', waived: 'grown tomorrow' })
  expect(found.worst).toBe('pass')
})
