import { describe, expect, test } from '@jest/globals'
import { message, problemsOf, w11 } from './workspace.ts'

describe('what a file may say', () => {
  test('a complete file has no problems', () => {
    expect(problemsOf(w11())).toBe('')
  })

  test('an unknown key names the nearest known one', () => {
    expect(problemsOf(w11('policy:\n  sealVDisk: { deadlin: 5m }\n  sealDisk: {}\n'))).toBe(message`
      w11.yaml:7:16  unknown key "deadlin" in policy.sealVDisk
        7 |   sealVDisk: { deadlin: 5m }
          |                ^^^^^^^ did you mean "deadline"?

      w11.yaml:8:3  unknown key "sealDisk" in policy
        8 |   sealDisk: {}
          |   ^^^^^^^^ did you mean "sealVDisk"?`)
  })

  test('a word of PVS leads to our own, even mistyped', () => {
    const file = w11().replace(
      'vdisk: { store: Store1, name: W11-Office }',
      'vdisk:\n  store: Store1\n  name: W11\n  writeCacheSise: 4GiB',
    )
    expect(problemsOf(file)).toBe(message`
      w11.yaml:6:3  unknown key "writeCacheSise" in vdisk
        6 |   writeCacheSise: 4GiB
          |   ^^^^^^^^^^^^^^ did you mean "cache.size"?`)
  })

  test('a key that is like none lists what may stand there', () => {
    expect(problemsOf(w11('kms: { colour: red }\n'))).toBe(message`
      w11.yaml:6:8  unknown key "colour" in kms
        6 | kms: { colour: red }
          |        ^^^^^^ expected one of: machine, port`)
  })

  test('a mistyped key that has to be there is not reported as missing too', () => {
    expect(problemsOf(w11().replace('target:', 'traget:'))).toBe(message`
      w11.yaml:4:1  unknown key "traget" at the top of the file
        4 | traget: W11-MASTER
          | ^^^^^^ did you mean "target"?`)
  })

  test('a second, mistyped key does not keep the right one from being checked', () => {
    expect(problemsOf(w11('canaries2: x\n').replace('W11-T02', 'nobody'))).toBe(message`
      w11.yaml:5:21  canaries names "nobody", which is no host of the inventory
        5 | canaries: [W11-T01, nobody]
          |                     ^^^^^^ expected one of: PVS01, PVS02, W11-MASTER, W11-T01, W11-T02, KMS1

      w11.yaml:6:1  unknown key "canaries2" at the top of the file
        6 | canaries2: x
          | ^^^^^^^^^ did you mean "canaries"?`)
  })

  test('a value of the wrong type is named with what was expected', () => {
    expect(problemsOf(w11('title: {a: 1}\nverify: { minimum: two, kmsHostProof: [1] }\nkms:\n'))).toBe(message`
      w11.yaml:6:1  title is a block of keys
        6 | title: {a: 1}
          | ^^^^^ expected text

      w11.yaml:7:20  verify.minimum is "two"
        7 | verify: { minimum: two, kmsHostProof: [1] }
          |                    ^^^ expected a whole number from 1 to 50

      w11.yaml:7:39  verify.kmsHostProof is a list
        7 | verify: { minimum: two, kmsHostProof: [1] }
          |                                       ^^^ expected true or false

      w11.yaml:8:1  kms is empty
        8 | kms:
          | ^^^ expected false, or a block with machine and port`)
  })

  test('a number where a name belongs, yes for true, one word for a list: each says how to write it', () => {
    const file = w11('title: 2016\nverify: { expedite: yes }\nwindows: { replaceChannel: VOLUME_MAK }\n')
    expect(problemsOf(file)).toBe(message`
      w11.yaml:6:8  title is the number 2016
        6 | title: 2016
          |        ^^^^ did you mean "2016" in quotes? (expected text)

      w11.yaml:7:21  verify.expedite is "yes"
        7 | verify: { expedite: yes }
          |                     ^^^ did you mean "true"? (expected true or false)

      w11.yaml:8:28  windows.replaceChannel is "VOLUME_MAK"
        8 | windows: { replaceChannel: VOLUME_MAK }
          |                            ^^^^^^^^^^ did you mean [VOLUME_MAK]? (expected a list: [one, two], or lines that begin with "- ")`)
  })

  test('a word that is none of the choices names the nearest, or all', () => {
    expect(problemsOf(w11('order: artikel\nseal: { licenseMode: 2 }\n'))).toBe(message`
      w11.yaml:6:8  order is "artikel"
        6 | order: artikel
          |        ^^^^^^^ did you mean "article"?

      w11.yaml:7:22  seal.licenseMode is the number 2
        7 | seal: { licenseMode: 2 }
          |                      ^ expected one of: none, mak, kms`)
  })

  test('a duration without a unit, with a wrong one, and as a fraction', () => {
    expect(
      problemsOf(w11('verify:\n  deadline: 30\nseal:\n  offDwell: 3 min\npolicy:\n  verify: { poll: 1.5h, deadline: soon }\n')),
    ).toBe(message`
      w11.yaml:7:13  verify.deadline is the number 30
        7 |   deadline: 30
          |             ^^ did you mean "30s" or "30m"? (expected a duration with its unit: 90s, 30m or 2h30m)

      w11.yaml:9:13  seal.offDwell is "3 min"
        9 |   offDwell: 3 min
          |             ^^^^^ did you mean "3m"? (expected a duration with its unit: 90s, 30m or 2h30m)

      w11.yaml:11:19  policy.verify.poll is "1.5h"
        11 |   verify: { poll: 1.5h, deadline: soon }
           |                   ^^^^ did you mean "1h30m"? (expected a duration with its unit: 90s, 30m or 2h30m)

      w11.yaml:11:35  policy.verify.deadline is "soon"
        11 |   verify: { poll: 1.5h, deadline: soon }
           |                                   ^^^^ expected a duration with its unit: 90s, 30m or 2h30m`)
  })

  test('a duration of nothing or of three weeks is not one to wait', () => {
    expect(problemsOf(w11('policy:\n  verify: { poll: 0s, backoff: 20d }\n'))).toBe(message`
      w11.yaml:7:19  policy.verify.poll is 0s
        7 |   verify: { poll: 0s, backoff: 20d }
          |                   ^^ expected more than nothing and at most 14d

      w11.yaml:7:32  policy.verify.backoff is 20d
        7 |   verify: { poll: 0s, backoff: 20d }
          |                                ^^^ expected more than nothing and at most 14d`)
  })

  test('a size without a unit and with a decimal one', () => {
    const file = w11().replace('name: W11-Office', 'name: W11, size: 80, cache: { type: ram-with-overflow, size: 4GB }')
    expect(problemsOf(file)).toBe(message`
      w11.yaml:3:42  vdisk.size is the number 80
        3 | vdisk: { store: Store1, name: W11, size: 80, cache: { type: ram-with-overflow, size: 4GB } }
          |                                          ^^ did you mean "80GiB"? (expected a size with its unit: 4096MiB, 80GiB or 1TiB)

      w11.yaml:3:86  vdisk.cache.size is "4GB"
        3 | vdisk: { store: Store1, name: W11, size: 80, cache: { type: ram-with-overflow, size: 4GB } }
          |                                                                                      ^^^ did you mean "4GiB"? (expected a size with its unit: 4096MiB, 80GiB or 1TiB)`)
  })

  test('a result code may be written bare, although YAML takes it for a number', () => {
    expect(problemsOf(w11('policy: { activateWindows: { tolerate: [0xC004F038, "0xc004f074"] } }\n'))).toBe('')
    expect(problemsOf(w11('policy: { activateWindows: { tolerate: [0xC004F0, 12] } }\n'))).toBe(message`
      w11.yaml:6:41  policy.activateWindows.tolerate[1] is "0xC004F0"
        6 | policy: { activateWindows: { tolerate: [0xC004F0, 12] } }
          |                                         ^^^^^^^^ expected a result code: 0xC004F038

      w11.yaml:6:51  policy.activateWindows.tolerate[2] is the number 12
        6 | policy: { activateWindows: { tolerate: [0xC004F0, 12] } }
          |                                                   ^^ expected a result code: 0xC004F038`)
  })

  test('a long line is cropped around its caret, and control characters become visible ones', () => {
    const said = problemsOf(w11(`title: { a: "${'x'.repeat(150)}", colour: "\u001b[31m" }\n`))
    expect(said.split('\n').every((line) => line.length < 120)).toBe(true)
    expect(problemsOf(w11('windows: { os: "\\e[31mWindows" }\n'))).not.toContain('\u001b')
  })
})
