import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { desk, EXAMPLE, lines, type Desk } from './vdiskprep.ts'

let at: Desk

beforeAll(async () => {
  at = await desk({ NO_COLOR: '1' })
})

afterAll(() => at.clear())

describe('keys', () => {
  test('takes a key or the words of a product as they are typed', async () => {
    const told = await at.vdp('keys', 'NPPR9-FWDCX-D2C8J-H872K-2YT43')
    expect(told.out).toContain('...2YT43 is the public KMS client key of Windows 11')
    expect((await at.vdp('keys', 'server', '2022')).out).toContain('Datacenter: Azure Edition')
  })

  test('finds an edition by the name Windows gives itself, and a Windows by its build', async () => {
    expect((await at.vdp('keys', '--edition', 'Microsoft Windows Server 2022 Datacenter')).out).toContain(
      'WX4NM-KYWYW-QJJR4-XV3QB-6VM33  Datacenter',
    )
    const builds = lines((await at.vdp('keys', '--build', '20348', '--product', 'server', '--json')).out)
    expect(builds.map(({ family }) => family)).toEqual(Array(3).fill('Windows Server 2022'))
    expect(builds[0]).toMatchObject({ channel: 'VOLUME_KMSCLIENT', builds: [20348], source: expect.stringContaining('@') })
  })

  test('shows Office alone', async () => {
    expect(lines((await at.vdp('keys', '--office', '--json')).out).every(({ product }) => product === 'office')).toBe(true)
  })

  test('explains a key that the article prints one character short', async () => {
    const { code, out } = await at.vdp('keys', '--key', 'VTC42-BM838-43QHV-84HX6-XJXK')
    expect(code).toBe(2)
    expect(out).toContain('group 5 ("XJXK") is 1 short')
    expect(out).toContain('Windows Vista Enterprise N')
  })

  test('lists what the article has wrong, the dangerous ones first', async () => {
    const wrong = lines((await at.vdp('keys', '--mistakes', '--json')).out)
    expect(wrong.map(({ kind }) => kind)).toEqual([
      ...['malformed', ...Array<string>(4).fill('mislabelled')],
      ...['repeated', 'repeated', ...Array<string>(3).fill('misnamed')],
    ])
  })

  test('never repeats a whole key that it does not know', async () => {
    const { code, out } = await at.vdp('keys', '--key', 'BBBBB-CCCCC-DDDDD-FFFFF-GGGGG')
    expect(code).toBe(0)
    expect(out).toContain('...GGGGG is no public KMS client key')
    expect(out).not.toContain('BBBBB')
  })
})

describe('keys --for', () => {
  const farm = (image: string) => {
    const text = readFileSync(join(at.home, EXAMPLE, 'lab.yaml'), 'utf8')
      .replace('writeCacheType: 9', 'writeCacheType: 0')
      .replace('role: master,', 'role: master, power: on,')
    writeFileSync(join(at.home, 'lab.yaml'), `${text}${image}`)
    return ['--for', 'W11-MASTER', '--lab', 'lab.yaml', '--json']
  }

  test('picks by the live facts of a target, for each product that is installed', async () => {
    const { code, out } = await at.vdp('keys', ...farm(''))
    expect(code).toBe(0)
    expect(lines(out)).toMatchObject([
      { verdict: 'fits', wants: { key: 'NPPR9-FWDCX-D2C8J-H872K-2YT43' } },
      { product: 'ProPlus2021Volume', verdict: 'install', wants: { key: 'FXYTK-NJJ8C-GB6DW-3DYQT-6F7TH' } },
      { product: 'VisioPro2021Volume', verdict: 'install', wants: { edition: 'Professional' } },
    ])
  })

  test('refuses a KMS host key with the reason', async () => {
    const { code, out } = await at.vdp('keys', ...farm('\nfaults: [{ fault: kms-host-key-in-image }]\n'))
    expect([code, lines(out)[0]]).toMatchObject([
      5,
      { verdict: 'hostKey', why: expect.stringContaining('every clone would become a KMS host') },
    ])
  })

  test('is asked of targets alone', async () => {
    expect((await at.vdp('keys', '--for', 'PVS01', '--inventory', join(EXAMPLE, 'farm.yaml'))).err).toMatch(
      /PVS01 is not a host of role target[\s\S]*W11-MASTER/,
    )
  })
})
