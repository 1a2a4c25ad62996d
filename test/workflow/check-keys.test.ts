import { describe, expect, test } from '@jest/globals'
import { message, problemsOf, w11 } from './workspace.ts'

const windows = (fields: string) => problemsOf(w11(`windows:\n  ${fields}\n`))

describe('keys in a file', () => {
  test('the right one, in any case, and auto are fine', () => {
    expect(windows('{ os: Windows 11 Enterprise, key: nppr9-fwdcx-d2c8j-h872k-2yt43 }')).toBe('')
    expect(windows('{ os: Microsoft Windows Server 2022 Datacenter, key: auto }')).toBe('')
    expect(windows('{ os: Windows 10 Enterprise LTSC 2021, key: M7XTQ-FN8P6-TTKYV-9D4CC-J462D }')).toBe('')
  })

  test('a key that is not public must not stand in a file, and is not shown', () => {
    expect(windows('{ os: Windows 11 Enterprise, key: BBBBB-CCCCC-DDDDD-FFFFF-GGGGG }')).toBe(message`
      w11.yaml:7:37  windows.key is no public client key: a plan is kept as it is, so a key of your own must not stand here
        7 |   { os: Windows 11 Enterprise, key: ****
          |                                     ^^^^ expected where the key is found: env:NAME, file:path or prompt:LABEL`)
    expect(problemsOf(w11('office: { keys: { VisioPro2021Volume: BBBBB-CCCCC-DDDDD-FFFFF-GGGG } }\n'))).not.toContain('CCCCC')
    expect(windows('{ os: Windwos 11, key: BBBBB-CCCCC-DDDDD-FFFFF-GGGGG }')).not.toContain('CCCCC')
    expect(windows('oss: { BBBBB-CCCCC-DDDDD-FFFFF-GGGGG }')).not.toContain('CCCCC')
  })

  test('where a key is found is fine, and stands in the plan', () => {
    expect(windows('key: env:SITE_KEY')).toBe('')
    expect(problemsOf(w11('office: { keys: { VisioPro2021Volume: "prompt:Visio key" } }\n'))).toBe('')
  })

  test('the key that the source article prints too short is known', () => {
    expect(windows('key: VTC42-BM838-43QHV-84HX6-XJXK')).toBe(message`
      w11.yaml:7:32  windows.key is no product key: group 5 ("XJXK") is 1 short; the article prints the key of Windows Vista Enterprise N one character short; it ends in XJXKV
        7 |   key: VTC42-BM838-43QHV-84HX6-XJXK
          |                                ^^^^ expected five groups of five characters: XXXXX-XXXXX-XXXXX-XXXXX-XXXXX`)
  })

  test('a wrong character and a long dash are shown where they stand', () => {
    expect(windows('key: NPPR9-FWDCX-D2C8J-H872K-2YT4O')).toBe(message`
      w11.yaml:7:36  windows.key is no product key: "O" occurs in no product key
        7 |   key: NPPR9-FWDCX-D2C8J-H872K-2YT4O
          |                                    ^ look for D or Q on the original`)
    expect(windows('key: "NPPR9—FWDCX-D2C8J-H872K-2YT43"')).toBe(message`
      w11.yaml:7:14  windows.key is no product key: a long dash (U+2014) stands where "-" belongs; Windows would answer 0xC004F050
        7 |   key: "NPPR9—FWDCX-D2C8J-H872K-2YT43"
          |              ^ did you mean NPPR9-FWDCX-D2C8J-H872K-2YT43?`)
  })

  test('the key of another edition names both, and the right one', () => {
    expect(windows('{ os: Windows 11 Enterprise, key: VDYBN-27WPP-V4HQT-9VMD4-VMK7H }')).toBe(message`
      w11.yaml:7:37  windows.key is the key of Windows Server 2022 Standard, and windows.os says Windows 11 Enterprise
        7 |   { os: Windows 11 Enterprise, key: VDYBN-27WPP-V4HQT-9VMD4-VMK7H }
          |                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ expected NPPR9-FWDCX-D2C8J-H872K-2YT43, or "auto"`)
  })

  test('a client key that the article lists under a server is known as such', () => {
    expect(windows('{ os: Windows Server 2012 Standard, key: BN3D2-R7TKB-3YPBD-8DRP2-27GG4 }')).toBe(message`
      w11.yaml:7:44  windows.key is the key of Windows 8 Core, and windows.os says Windows Server 2012 Standard (the article lists it under Server 2012 by mistake; it is for Windows 8 Core, a client edition)
        7 |   { os: Windows Server 2012 Standard, key: BN3D2-R7TKB-3YPBD-8DRP2-27GG4 }
          |                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ expected XC9B7-NBPP2-83J2H-RHMBY-92BT4, or "auto"`)
  })

  test('a key of Office where Windows belongs, and the other way round', () => {
    expect(problemsOf(w11('windows: { key: FXYTK-NJJ8C-GB6DW-3DYQT-6F7TH }\n'))).toBe(message`
      w11.yaml:6:17  windows.key is the key of Office LTSC 2021 Professional Plus
        6 | windows: { key: FXYTK-NJJ8C-GB6DW-3DYQT-6F7TH }
          |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ expected "auto", or a key of Windows; Office keys go under office.keys`)
    expect(problemsOf(w11('office: { keys: { VisioPro2021Volume: NPPR9-FWDCX-D2C8J-H872K-2YT43 } }\n'))).toBe(message`
      w11.yaml:6:39  VisioPro2021Volume has the key of Windows 11 / Windows 10 Enterprise
        6 | office: { keys: { VisioPro2021Volume: NPPR9-FWDCX-D2C8J-H872K-2YT43 } }
          |                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ expected a key of Office`)
  })

  test('the key of another Office release or product names the right one', () => {
    expect(problemsOf(w11('office:\n  keys:\n    ProPlus2024Volume: FXYTK-NJJ8C-GB6DW-3DYQT-6F7TH\n'))).toBe(message`
      w11.yaml:8:24  ProPlus2024Volume has the key of Office LTSC 2021 Professional Plus
        8 |     ProPlus2024Volume: FXYTK-NJJ8C-GB6DW-3DYQT-6F7TH
          |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ expected XJ2XN-FW8RK-P4HMP-DKDBV-GCVGB`)
    expect(problemsOf(w11('office:\n  keys:\n    ProPlus: YC7DK-G2NP3-2QQC3-J6H88-GVGXT\n'))).toBe('')
  })

  test('retail and subscription products take no KMS key; a slip in a product id is named', () => {
    const keys =
      'office:\n  keys:\n    O365ProPlusRetail: FXYTK-NJJ8C-GB6DW-3DYQT-6F7TH\n    ProPlus2021Volum: FXYTK-NJJ8C-GB6DW-3DYQT-6F7TH\n'
    expect(problemsOf(w11(keys))).toBe(message`
      w11.yaml:8:24  O365ProPlusRetail is a retail or subscription product: it takes no KMS key
        8 |     O365ProPlusRetail: FXYTK-NJJ8C-GB6DW-3DYQT-6F7TH
          |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ expected a volume product, such as ProPlus2021Volume

      w11.yaml:9:23  no Office product is called "ProPlus2021Volum"
        9 |     ProPlus2021Volum: FXYTK-NJJ8C-GB6DW-3DYQT-6F7TH
          |                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ did you mean "ProPlus2021Volume"?`)
  })

  test('an os that no Windows calls itself', () => {
    expect(problemsOf(w11('windows: { os: Windows 11 Enterprize }\n'))).toBe(message`
      w11.yaml:6:16  no Windows with a KMS client key is called "Windows 11 Enterprize"
        6 | windows: { os: Windows 11 Enterprize }
          |                ^^^^^^^^^^^^^^^^^^^^^ did you mean "Windows 11 Enterprise"?`)
    expect(problemsOf(w11('windows: { os: OS/2 }\n'))).toContain('its own name, such as Windows 11 Enterprise')
  })
})
