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

  test('answers each of its arguments, and words without quotes as one text', async () => {
    const { out } = await at.vdp('explain', 'An unexpected MAP error occurred', '0xC004F038')
    expect([...out.matchAll(/^(PVS \d+|0x\w+)  /gm)].map(([, id]) => id)).toEqual(['PVS 24', '0xC004F038'])
    const two = await at.vdp('explain', '0xC004F074', '0xC004F038', '--json')
    expect(lines(two.out).map(({ id }) => id)).toEqual(['0xC004F074', '0xC004F038'])
    expect((await at.vdp('explain', 'duplicate', 'cmid')).out).toMatch(/^DUPLICATE_CMID/)
    expect((await at.vdp('explain', 'PVS', '24')).out).toMatch(/^PVS 24/)
  })

  test('answers what it knows and says of the rest that it does not', async () => {
    const { code, out, err } = await at.vdp('explain', 'Outlook: error 0x8004010F', '0xC004F038')
    expect([code, out, err]).toEqual([2, expect.stringMatching(/^0xC004F038/), expect.stringContaining('NOT_OURS')])
  })

  test('shows the remedy of a check itself, and how to see it by hand', async () => {
    const { out } = await at.vdp('explain', 'privilege.stream')
    expect(flat(out)).toMatch(/By hand: .*whoami.*Fix secpol\.msc/)
    expect(out).not.toContain('doctor --explain')
  })

  test('a message and an event of one mistake name each other, and the clones that tell', async () => {
    const { out } = await at.vdp('explain', '0xC004F038')
    expect(flat(out)).toMatch(/ClientMachineID.*See also: PVS 24, DUPLICATE_CMID/)
    expect(out).not.toContain('canary.distinct')
    expect(flat((await at.vdp('explain', 'PVS 24')).out)).toMatch(/See also: 0xC004F038, DUPLICATE_CMID/)
  })

  test('prints the short name of each source, as --sources takes it', async () => {
    const [, name = ''] = /Source: [^[]*\[([\w-]+)\]/.exec(flat((await at.vdp('explain', '0xC004F038')).out)) ?? []
    expect((await at.vdp('explain', '--sources', name)).code).toBe(0)
  })

  test('a fault that is looked up without a run says what to do about an image that is in use', async () => {
    const { out } = await at.vdp('explain', 'REARM_NO_OP')
    expect(flat(out)).toMatch(/^REARM_NO_OP a fault code of vdiskprep/)
    expect(flat(out)).toMatch(/clones.*in use.*--extends kms-repair.*decide <run> abort where a run is held/)
    expect(flat(out)).toMatch(/See also: DUPLICATE_CMID/)
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

  test('knows a way on that a hold offers by the faults that it leads out of', async () => {
    const { code, out } = await at.vdp('explain', 'rearm-again')
    expect(code).toBe(0)
    expect(out).toMatch(/OUTCOME_UNKNOWN[\s\S]*may spend a second one[\s\S]*--option rearm-again/)
  })

  test('leaves what it cannot fill in between angle brackets', async () => {
    const { out } = await at.vdp('explain', 'DUPLICATE_CMID', 'REARM_NO_OP', 'office.query')
    expect(flat(out)).toMatch(/<canaries> share the CMID <cmid>.*The .*<product>.*on <host>/)
    expect(flat(out)).not.toMatch(/\b(CANARIES|PRODUCT|HOST)\b/)
  })

  test('says of an act in doubt how to find out, and nothing that would spoil it', async () => {
    const { out } = await at.vdp('explain', 'OUTCOME_UNKNOWN', 'office.query')
    expect(flat(out)).toMatch(/Find out: A rearm of Windows shows .*0xC004D302.*rearm of Office .*receipt on the host.*mark-done/)
    expect(flat(out)).toMatch(/no restart and nothing on Office before that run is decided: vdiskprep list.*Then repair Office/)
  })

  test.each([
    ['ALTERED', /^ALTERED .*a word of audit verify.*do not agree.*audit verify <run>/],
    ['intact', /^intact .*every event is what was written/],
    ['not known', /^not known .*a word of plan.*is not guessed/],
    ['blocked', /^BLOCKED .*until a person decides/],
  ])('knows the word %s of its own screens', async (said, words) => {
    const { code, out } = await at.vdp('explain', said)
    expect([code, flat(out)]).toEqual([0, expect.stringMatching(words)])
  })

  test('asked for nothing says what it takes', async () => {
    expect(flat((await at.vdp('explain')).err)).toMatch(/a code, a text in quotes, --run RUN or --slmgr SWITCH/)
  })
})
