import { describe, expect, test } from '@jest/globals'
import { kmsAnswers, kmsRequests } from '../../src/licensing/kms-events.ts'

const event = (id: number, info: string) => ({
  ...{ id, at: '2026-10-14T08:20:00.000Z', record: 7, text: '' },
  fields: info.split(',').map((one) => one.trim()),
})

describe('what a machine logged of its requests to a KMS host', () => {
  const asked = event(
    12288,
    '0x00000000, 0x00000000, kms01.contoso.com:1688, 9E3C0C53-4B1E-4C0F-9AE8-AB9F2A2F4D11, 2010/09/29 17:52, 1, 2, 41760, 73111121-5638-40F6-BC11-F1D7B0D64300, 25',
  )
  const bound = event(12289, '0x00000000, 0x00000000, 1, 0, 41, 120, 10080, 2010/09/29 17:52')
  const tooFew = event(12289, '0x00000000, 0x04000000, 0, 0, 11, 120, 10080, 2010/09/29 17:52')

  test('a request names host, CMID and product, ids in lower case', () => {
    expect(kmsRequests([bound, asked])).toEqual([
      {
        at: '2026-10-14T08:20:00.000Z',
        host: 'kms01.contoso.com:1688',
        cmid: '9e3c0c53-4b1e-4c0f-9ae8-ab9f2a2f4d11',
        activationId: '73111121-5638-40f6-bc11-f1d7b0d64300',
      },
    ])
  })

  test('an answer tells whether the product is activated, and the count of the host in either case', () => {
    expect(kmsAnswers([asked, tooFew, bound])).toMatchObject([
      { activated: false, count: 11 },
      { activated: true, count: 41 },
    ])
  })

  test('an entry with too few fields is no request, and one without a number has no count', () => {
    expect(kmsRequests([event(12288, '0xC004F06C, 0x8')])).toEqual([])
    expect(kmsAnswers([event(12289, '0x00000000, 0x0, 1, 0, , 120')])).toMatchObject([{ activated: true, count: null }])
  })
})
