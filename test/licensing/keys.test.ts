import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { knownMistake } from '../../src/licensing/article-keys.ts'
import { KEY_ALPHABET, keySlip } from '../../src/licensing/keys-format.ts'
import { findKey, keyTitle, listKeys, publicKeyFor, publicOfficeKeyFor } from '../../src/licensing/keys.ts'

const anyKey = fc.constantFrom(...listKeys().map((row) => row.key))

function windows(kind: 'client' | 'server', build: number, editionId: string): string | undefined {
  const row = publicKeyFor({ kind, build, editionId, caption: '' })
  return row && `${row.family} | ${row.release} | ${row.edition}`
}

describe('the catalogue of public keys', () => {
  test('has the 166 rows of the reference, each with a source and a key of its own', () => {
    expect(listKeys()).toHaveLength(166)
    expect(listKeys('windows').length + listKeys('office').length).toBe(166)
    expect(new Set(listKeys().map((row) => row.key)).size).toBe(166)
    expect(listKeys().filter((row) => row.source.length < 10)).toEqual([])
  })

  test('finds a key however it is cased, and no key that is not public', () => {
    expect(findKey(' nppr9-fwdcx-d2c8j-h872k-2yt43 ')).toMatchObject({ edition: 'Enterprise' })
    expect(findKey('BBBBB-BBBBB-BBBBB-BBBBB-BBBBB')).toBeUndefined()
  })

  test('gives every Windows row to some edition, except releases that are too old and the Home editions of nothing newer', () => {
    const editions = ['Professional', 'ProfessionalN', 'ProfessionalE', 'ProfessionalWorkstation', 'ProfessionalWorkstationN']
    editions.push(
      'ProfessionalEducation',
      'ProfessionalEducationN',
      'Education',
      'EducationN',
      'Enterprise',
      'EnterpriseN',
      'EnterpriseE',
    )
    editions.push(
      'EnterpriseG',
      'EnterpriseGN',
      'EnterpriseS',
      'EnterpriseSN',
      'IoTEnterpriseS',
      'Core',
      'CoreN',
      'CoreSingleLanguage',
    )
    editions.push('CoreCountrySpecific', 'ServerStandard', 'ServerStandardACor', 'ServerDatacenter', 'ServerDatacenterACor')
    editions.push('ServerTurbine', 'ServerSolution', 'ServerEnterprise', 'ServerEnterpriseIA64', 'ServerWeb', 'ServerHPC')
    editions.push('ServerMultiPointStandard', 'ServerMultiPointPremium')
    const builds = [7601, 9200, 9600, 10240, 14393, 16299, 17134, 17763, 19042, 19044, 20348, 26100]
    const reached = new Set(
      (['client', 'server'] as const).flatMap((kind) =>
        builds.flatMap((build) => editions.map((editionId) => publicKeyFor({ kind, build, editionId, caption: '' })?.key)),
      ),
    )
    const unreached = listKeys('windows').filter((row) => !reached.has(row.key))
    expect([...new Set(unreached.map((row) => row.family))].sort()).toEqual(['Windows Server 2008', 'Windows Vista'])
  })
})

describe('the public key of a Windows', () => {
  test.each([
    ['client', 7601, 'Enterprise', 'Windows 7 | 7 | Enterprise'],
    ['client', 9600, 'Professional', 'Windows 8.1 | 8.1 | Pro'],
    ['client', 10240, 'EnterpriseS', 'Windows 10 LTSB | LTSB 2015 | Enterprise LTSB'],
    ['client', 14393, 'EnterpriseSN', 'Windows 10 LTSB | LTSB 2016 | Enterprise N LTSB'],
    ['server', 7601, 'ServerEnterprise', 'Windows Server 2008 R2 | 2008 R2 | Enterprise'],
    ['server', 9200, 'ServerStandard', 'Windows Server 2012 | 2012 | Standard'],
    ['server', 14393, 'ServerDatacenter', 'Windows Server 2016 | 2016 | Datacenter'],
    ['server', 17763, 'ServerStandard', 'Windows Server 2019 | 2019 | Standard'],
    ['server', 17763, 'ServerStandardACor', 'Windows Server Semi-Annual Channel | 20H2 / 2004 / 1909 / 1903 / 1809 | Standard'],
    ['server', 17134, 'ServerDatacenterACor', 'Windows Server Semi-Annual Channel | 1803 | Datacenter'],
    ['server', 20348, 'serverdatacenter', 'Windows Server 2022 | 2022 | Datacenter'],
    ['server', 26100, 'ServerTurbine', 'Windows Server 2025 | 2025 | Datacenter: Azure Edition'],
  ] as const)('%s build %i %s is %s', (kind, build, editionId, expected) => {
    expect(windows(kind, build, editionId)).toBe(expected)
  })

  test('is the same for Windows 10 and 11 of one edition', () => {
    for (const build of [10240, 19045, 22000, 22631, 26100, 26200]) {
      expect(publicKeyFor({ kind: 'client', build, editionId: 'Enterprise', caption: '' })?.key).toBe(
        'NPPR9-FWDCX-D2C8J-H872K-2YT43',
      )
    }
  })

  test('one key serves LTSC 2019, 2021 and 2024; the build of an LTSB decides', () => {
    const keys = [17763, 19044, 26100].map(
      (build) => publicKeyFor({ kind: 'client', build, editionId: 'EnterpriseS', caption: '' })?.key,
    )
    expect(new Set(keys)).toEqual(new Set(['M7XTQ-FN8P6-TTKYV-9D4CC-J462D']))
  })

  test('is not guessed for evaluation, multi-session, Home of Windows 10 and builds nobody listed', () => {
    expect(windows('client', 22631, 'EnterpriseEval')).toBeUndefined()
    expect(windows('server', 20348, 'ServerStandardEval')).toBeUndefined()
    expect(windows('client', 22631, 'ServerRdsh')).toBeUndefined()
    expect(windows('client', 22631, 'Core')).toBeUndefined()
    expect(windows('server', 25398, 'ServerDatacenter')).toBeUndefined()
    expect(windows('client', 6002, 'Business')).toBeUndefined()
    expect(windows('client', 22631, 'constructor')).toBeUndefined()
  })

  test('a Core edition of Windows 8 is never offered to a server', () => {
    expect(windows('client', 9200, 'Core')).toBe('Windows 8 | 8 | Core')
    for (const editionId of ['Core', 'CoreN', 'CoreSingleLanguage', 'CoreCountrySpecific']) {
      expect(windows('server', 9200, editionId)).toBeUndefined()
    }
  })
})

describe('the public key of an Office product', () => {
  test.each([
    ['ProPlus2021Volume', '2021', 'Office LTSC 2021 Professional Plus'],
    ['ProPlus2024Volume', '2024', 'Office LTSC 2024 Professional Plus'],
    ['Standard2019Volume', '2019', 'Office 2019 Standard'],
    ['VisioPro2021Volume', '365', 'Visio LTSC 2021 Professional'],
    ['ProjectStd2019Volume', '365', 'Project 2019 Standard'],
    ['ProPlusVolume', '2016', 'Office 2016 Professional Plus'],
    ['ProPlus', '2010', 'Office 2010 Professional Plus'],
    ['Standard', '2013', 'Office 2013 Standard'],
    ['VisioPro', '2013', 'Visio 2013 Professional'],
    ['PrjPro', '2016', 'Project 2016 Professional'],
    ['VisioPrem', '2010', 'Visio 2010 Premium'],
    ['SkypeforBusiness2021Volume', '2021', 'Office LTSC 2021 Skype for Business'],
  ] as const)('%s of release %s is %s', (id, release, title) => {
    const row = publicOfficeKeyFor(id, release)
    expect(row && keyTitle(row)).toBe(title)
  })

  test('does not exist for retail and subscription ids, nor for what a release never had', () => {
    for (const id of ['ProPlus2021Retail', 'O365ProPlusRetail', 'O365ProPlus', 'VisioPrem2021Volume', 'constructor', '']) {
      expect(publicOfficeKeyFor(id, '2021')).toBeUndefined()
    }
  })
})

describe('the form of a key', () => {
  test('every key of the catalogue passes', () => {
    expect(listKeys().filter((row) => keySlip(row.key))).toEqual([])
    expect(new Set(listKeys().flatMap((row) => Array.from(row.key.replaceAll('-', ''))))).toEqual(new Set(KEY_ALPHABET))
  })

  test('a character lost or doubled is named with its group', () => {
    fc.assert(
      fc.property(anyKey, fc.nat(24), fc.boolean(), (key, nth, lose) => {
        const at = nth + Math.floor(nth / 5)
        const damaged = lose ? key.slice(0, at) + key.slice(at + 1) : key.slice(0, at) + key.charAt(at) + key.slice(at)
        expect(keySlip(damaged)?.says).toMatch(
          new RegExp(`^group ${Math.floor(nth / 5) + 1} .* ${lose ? '1 short' : '1 too long'}$`),
        )
      }),
    )
  })

  test('a character outside the alphabet is named at its place', () => {
    fc.assert(
      fc.property(anyKey, fc.nat(24), fc.constantFrom(...Array.from('01AEILOSUZ5_.*äß €')), (key, nth, wrong) => {
        const at = nth + Math.floor(nth / 5)
        const slip = keySlip(key.slice(0, at) + wrong + key.slice(at + 1))
        expect(slip).toMatchObject({ at, length: 1 })
        expect(slip?.says).toContain(wrong === ' ' ? 'a space' : wrong)
      }),
    )
  })

  test('a dash from a word processor is named with its code and the error Windows would give', () => {
    const slip = keySlip('NPPR9\u2014FWDCX-D2C8J-H872K-2YT43')
    expect(slip?.says).toBe('a long dash (U+2014) stands where "-" belongs; Windows would answer 0xC004F050')
    expect(slip?.mend).toBe('NPPR9-FWDCX-D2C8J-H872K-2YT43')
  })

  test('missing dashes are put in, a missing group is counted', () => {
    expect(keySlip('NPPR9FWDCXD2C8JH872K2YT43')).toMatchObject({ mend: 'NPPR9-FWDCX-D2C8J-H872K-2YT43' })
    expect(keySlip('NPPR9-FWDCX-D2C8J-H872K')?.says).toBe('it has 4 groups instead of 5')
    expect(keySlip('')?.says).toBe('it has 1 group instead of 5')
  })

  test('the mistakes of the source article are recognised', () => {
    expect(keySlip('VTC42-BM838-43QHV-84HX6-XJXK')?.says).toBe('group 5 ("XJXK") is 1 short')
    expect(knownMistake('VTC42-BM838-43QHV-84HX6-XJXK')).toContain('ends in XJXKV')
    for (const key of ['BN3D2-R7TKB-3YPBD-8DRP2-27GG4', '8N2M2-HWPGY-7PGT9-HGDD8-GVGGY', '2WN2H-YGCQR-KFX6K-CD6TF-84YXQ']) {
      expect(knownMistake(key)).toContain('a client edition')
    }
    expect(knownMistake('4K36P-JN4VD-GDC6V-KDT89-DYFKP')).toContain('Core Country Specific')
    expect(knownMistake('NPPR9-FWDCX-D2C8J-H872K-2YT43')).toBeUndefined()
  })
})
