import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { desk, lines, type Desk } from './vdiskprep.ts'

let at: Desk

beforeAll(async () => {
  at = await desk({ NO_COLOR: '1' })
})

afterAll(() => at.clear())

const flat = (text: string) => text.replaceAll(/\s+/g, ' ')

describe('explain', () => {
  test.each([
    ['a code of Windows, however it is written', ['c004f038'], /25 for a Windows client[\s\S]*doctor FILE --only kms\.count/],
    ['a negative number, as scripts print codes', ['-1073418124'], /^0xC004F074/],
    ['an error number of PVS', ['209'], /PVS 209[\s\S]*check privilege\.stream[\s\S]*doctor FILE --only privilege\.stream/],
    ['the error text of the article', ['An unexpected MAP error occurred'], /PVS 24[\s\S]*1 the service account lacks/],
    ['a fault of its own', ['duplicate cmid'], /counts as one machine[\s\S]*See also/],
    ['a check', ['clock.skew'], /clock of the target/],
    ['a risk', ['maintenanceVersion'], /only the canaries can tell/],
    ['a switch', ['--slmgr', 'cscript ospp.vbs /act'], /^ospp\.vbs \/act[\s\S]*Instead: verify\.expedite/],
  ])('knows %s', async (_what, said, words) => {
    const { code, out } = await at.vdp('explain', ...said)
    expect([code, flat(out)]).toEqual([0, expect.stringMatching(words)])
    // A command stays on one line, so that it can be copied.
    expect(out.split('\n').filter((line) => line.length > 80 && !line.includes('vdiskprep '))).toEqual([])
  })

  test('prints one object for each thing, best first, with --json', async () => {
    const { code, out } = await at.vdp('explain', '--json', '0xC004F074 and inside 0xC004F06C')
    expect(code).toBe(0)
    expect(lines(out)).toMatchObject([
      { kind: 'licensing', id: '0xC004F06C', steps: ['activateWindows', 'verify'], checks: ['clock.skew'] },
      { kind: 'licensing', id: '0xC004F074', causes: expect.arrayContaining([expect.objectContaining({ check: 'kms.srv' })]) },
    ])
  })

  test('says what a look-alike of another product is, and explains nothing', async () => {
    const { code, out, err } = await at.vdp('explain', 'Outlook: error 0x8004010F')
    expect([code, out]).toEqual([2, ''])
    expect(flat(err)).toMatch(/NOT_OURS .*looks like Microsoft Outlook or Exchange/)
  })

  test('says of a code of our family that it does not know it', async () => {
    const { code, err } = await at.vdp('explain', '0xC004FFFF')
    expect([code, flat(err)]).toEqual([2, expect.stringMatching(/NOT_KNOWN .*Windows licensing that this base has no entry for/)])
  })

  test('asked for nothing says what it takes', async () => {
    expect(flat((await at.vdp('explain')).err)).toMatch(/a code, a text in quotes, --run RUN or --slmgr SWITCH/)
  })
})
