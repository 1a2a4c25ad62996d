import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { anonymous } from '../../../src/ui/cli/checking/anonymous.ts'

const FACTS = {
  host: { host: 'PVS01', role: 'pvs', reached: 'ssh' },
  facts: {
    os: { caption: 'Microsoft Windows 11 Enterprise', version: '10.0.22631', uiLanguage: 'de-DE' },
    pvsVersion: '7.33.0.12',
    services: [
      { name: 'StreamService', account: 'HQ\\svc-pvs', accountKind: 'domain', policyGrants: { via: 'S-1-5-21-1-2-3-1001' } },
    ],
    macs: ['00-11-22-AA-BB-CC'],
    addresses: ['10.1.2.3'],
    products: [{ name: 'Office 21, Office21ProPlus2021VL_KMS_Client_AE edition', partialKey: '6F7TH' }],
    rearmTool: 'C:\\Users\\maria\\OSPPREARM.EXE',
    cmid: '5d2f0000-0000-4000-8000-0000000091c0',
  },
  error: { message: 'svc-pvs kann PVS01.hq.example (10.1.2.3, \\\\filer7\\store) nicht erreichen', hresult: '0x800706BA' },
  unreadable: [{ field: 'store', why: 'S-1-5-21-1-2-3-1001 has no name' }],
}

test('names go, everywhere the same way; what Windows and PVS call things stays', () => {
  const said = anonymous(FACTS, ['PVS01', 'pvs01.hq.example'])
  expect(JSON.stringify(said)).not.toMatch(/pvs01|svc-pvs|S-1-5-21|00-11-22|10\.1\.2\.3|maria|filer7|hq\.example/i)
  expect(said).toMatchObject({
    host: { role: 'pvs', reached: 'ssh' },
    facts: {
      os: FACTS.facts.os,
      pvsVersion: '7.33.0.12',
      services: [{ name: 'StreamService', accountKind: 'domain' }],
      products: FACTS.facts.products,
      cmid: FACTS.facts.cmid,
    },
    error: { hresult: '0x800706BA', message: expect.stringContaining('nicht erreichen') },
  })
  expect(said.facts.addresses[0]).toBe(/\((name-\d+),/.exec(said.error.message)?.[1])
  expect(said.host.host).toMatch(/^name-\d+$/)
})

test('no name that is known stands anywhere afterwards, whatever it is made of', () => {
  const name = fc.stringMatching(/^[A-Z][A-Z0-9_.$-]{2,14}[A-Z0-9]$/).filter((text) => !/^name-\d+$/i.test(text))
  fc.assert(
    fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 4 }), (names) => {
      const value = names.map((one) => ({
        device: one,
        message: `no way to ${one}: ${one.toLowerCase()} is off (${one})`,
        at: one,
      }))
      const said = JSON.stringify(anonymous(value, [])).toLowerCase()
      expect(
        names.filter((one) => new RegExp(`(?<![\\w-])${one.toLowerCase().replace(/[.$]/g, '\\$&')}(?![\\w-])`).test(said)),
      ).toEqual([])
    }),
    { seed: 7, numRuns: 300 },
  )
})
