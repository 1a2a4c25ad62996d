import { describe, expect, test } from '@jest/globals'
import { isStatedWindows } from '../../src/licensing/stated-windows.ts'

const client = (build: number, editionId: string, caption: string) => ({ kind: 'client', build, editionId, caption }) as const
const server = (build: number, editionId: string, caption: string) => ({ kind: 'server', build, editionId, caption }) as const
const eleven = client(22631, 'Enterprise', 'Microsoft Windows 11 Enterprise')

describe('the Windows that a file states and the one that runs', () => {
  test.each([
    ['Windows 11 Enterprise', eleven],
    ['windows 11  enterprise', eleven],
    ['Windows 11 Enterprise', { ...eleven, caption: 'Microsoft Windows 11 Entreprise' }],
    ['Windows 10 Pro', client(19045, 'Professional', 'Microsoft Windows 10 Pro')],
    ['Windows 7 Enterprise', client(7601, 'Enterprise', 'Microsoft Windows 7 Enterprise ')],
    ['Windows Server 2022 Datacenter', server(20348, 'ServerDatacenter', 'Microsoft Windows Server 2022 Datacenter')],
    ['Windows Server 2031 Datacenter', server(40000, 'ServerDatacenter', 'Microsoft Windows Server 2031 Datacenter')],
  ])('agree: %s', (stated, os) => {
    expect(isStatedWindows(stated, os)).toBe(true)
  })

  test.each([
    ['Windows 10 Enterprise', eleven],
    ['Windows 11 Pro', eleven],
    ['Windows 11 Education', eleven],
    ['Windows 11 Enterprise', client(19045, 'Enterprise', 'Microsoft Windows 10 Enterprise')],
    ['Windows Server 2022 Datacenter', server(20348, 'ServerStandard', 'Microsoft Windows Server 2022 Standard')],
    ['Windows Server 2022 Datacenter', server(17763, 'ServerDatacenter', 'Microsoft Windows Server 2019 Datacenter')],
    ['Windows 11 Enterprise', client(22631, 'ServerRdsh', 'Microsoft Windows 11 Enterprise multi-session')],
  ])('differ: %s', (stated, os) => {
    expect(isStatedWindows(stated, os)).toBe(false)
  })
})
