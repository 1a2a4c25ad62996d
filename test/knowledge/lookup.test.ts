import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { allEntries } from '../../src/knowledge/entries.ts'
import { lookUp } from '../../src/knowledge/lookup.ts'

/** What comes first, in a word. */
function firstOf(said: string): string {
  const answer = lookUp(said)
  if (answer.is === 'known') return answer.entries[0]?.id ?? ''
  return answer.is === 'foreign' ? 'not ours' : 'unknown'
}

describe('a code', () => {
  test.each([
    ['0xC004F074', '0xC004F074'],
    ['c004f074', '0xC004F074'],
    ['Error: 0xC004F050 The Software Licensing Service reported', '0xC004F050'],
    ["Run 'slui.exe 0x2a 0x8007232B' to display the error text.", '0x8007232B'],
    ['as scripts of Windows print it: -1073418124', '0xC004F074'],
    ['as a number without a sign: 3221549172', '0xC004F074'],
    ['SL_E_VL_NOT_ENOUGH_COUNT', '0xC004F038'],
    ['209', 'PVS 209'],
    ['Error 87', 'PVS 87'],
    ['returned code: 209.', 'PVS 209'],
    ['MapDiskNoDriver', 'PVS 84'],
    ['Provisioning: error code 199', 'PVS 199'],
    ['12289', 'event 12289'],
    ['Ereignis-ID 12293', 'event 12293'],
    ['#Error0xC004F074', '0xC004F074'],
  ])('%s is known as %s', (said, id) => {
    expect(firstOf(said)).toBe(id)
  })

  test('is the same however it is written', () => {
    const hresults = allEntries().flatMap(({ id }) => (/^0x[C8]/.test(id) ? [Number(id)] : []))
    const forms = [
      (code: number) => `0x${code.toString(16)}`,
      (code: number) => `0X${code.toString(16).toUpperCase()}`,
      (code: number) => String(code),
      (code: number) => String(code | 0),
      (code: number) => `(${code.toString(16).toUpperCase()})`,
    ]
    fc.assert(
      fc.property(fc.constantFrom(...hresults), fc.constantFrom(...forms), (code, form) => {
        expect(Number(firstOf(`slmgr says ${form(code)} here`))).toBe(code)
      }),
    )
  })

  test('that only wraps another comes behind it', () => {
    const answer = lookUp('Error: 0xC004F074 ... event 12288: 0xC004F06C,0x00000000,kms01:1688')
    expect(answer).toMatchObject({ is: 'known', entries: [{ id: '0xC004F06C' }, { id: 'event 12288' }, { id: '0xC004F074' }] })
  })

  test('wins over the words around it', () => {
    expect(firstOf('The RPC server is unavailable: 0xC004F038')).toBe('0xC004F038')
  })
})

describe('a text', () => {
  test.each([
    ['An unexpected MAP error occurred', 'PVS 24'],
    ['failed to map vdisk no driver', 'text map-no-driver'],
    ['Unerwarteter MAP-Fehler', 'PVS 24'],
    [
      'Der Softwarelizenzierungsdienst hat gemeldet, dass das Produkt nicht aktiviert werden konnte. Der Zähler des Schlüsselverwaltungsdiensts (KMS) ist unzureichend.',
      '0xC004F038',
    ],
    ['The count reprted by your key managment service is insuficient', '0xC004F038'],
    ['maximum number of re-arms has been exceeded', '0xC004D307'],
    ['Es konnte kein Schluesselverwaltungsdienst (KMS) erreicht werden', '0xC004F074'],
    ['Microsoft Office rearm successful.', 'text office-rearmed'],
    ['Hardware has changed from previous boot', 'event 1040'],
  ])('"%s" is known as %s, in any spelling', (said, id) => {
    expect(firstOf(said)).toBe(id)
  })

  test.each([
    '',
    '87 machines are on',
    '12345678901',
    '20231125',
    'hello world',
    '404',
    '0xC004FFFF',
    'a meeting at 12:29',
    'Error: 0xC004FFFF On a computer running Microsoft Windows non-core edition, run slui.exe 0x2a 0xC004FFFF to display the error text.',
  ])('"%s" is not guessed at', (said) => {
    expect(firstOf(said)).toBe('unknown')
  })

  test('of any kind never makes it fail', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (said) => expect(['known', 'foreign', 'unknown']).toContain(lookUp(said).is)),
    )
  })

  test('that names another source of events is not ours, though the id is', () => {
    expect(firstOf('Source: MsiInstaller Event ID: 1033')).toBe('not ours')
    expect(firstOf('Source: Security-SPP Event ID: 1033')).toBe('event 1033')
  })
})
