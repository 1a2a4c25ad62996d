import { describe, expect, test } from '@jest/globals'
import { CACHE_TYPES } from '../../src/workflow/cache-names.ts'
import { message, problemsOf, w11, workspace } from './workspace.ts'

const disk = (fields: string) => w11().replace('name: W11-Office', `name: W11, ${fields}`)

describe('the disk and its cache', () => {
  test.each(Object.entries(CACHE_TYPES))('cache type %s is %i in PVS', (name, type) => {
    const space = workspace({ 'w11.yaml': disk(`cache: { type: ${name}, size: 4GiB }`) })
    expect(space.read('w11.yaml').plans[0]?.vdisk.cache).toEqual({ type, sizeMiB: 4096 })
    space.remove()
  })

  test('a cache in RAM needs a size, and no cache has a size without a type', () => {
    expect(problemsOf(disk('cache: { type: device-ram }'))).toBe(message`
      w11.yaml:3:36  cache type device-ram needs a size
        3 | vdisk: { store: Store1, name: W11, cache: { type: device-ram } }
          |                                    ^^^^^ expected size: 4GiB`)
    expect(problemsOf(disk('cache: { size: 4GiB }'))).toBe(message`
      w11.yaml:3:36  the cache has no type
        3 | vdisk: { store: Store1, name: W11, cache: { size: 4GiB } }
          |                                    ^^^^^ expected type: ram-with-overflow`)
  })

  test('PVS takes no cache of nothing in RAM and none above 128 GiB', () => {
    const limits = message`
      w11.yaml:3:73  a cache of 129GiB is not possible
        3 | vdisk: { store: Store1, name: W11, cache: { type: device-ram, size: 129GiB } }
          |                                                                     ^^^^^^ expected 1MiB to 128GiB`
    expect(problemsOf(disk('cache: { type: device-ram, size: 129GiB }'))).toBe(limits.replace('3:73', '3:69'))
    expect(problemsOf(disk('cache: { type: ram-with-overflow, size: 0MiB }'))).toContain('a cache of 0MiB is not possible')
  })
})

describe('kms: false', () => {
  test('is a vDisk for MAK, whatever the shipped procedure has as its default', () => {
    const space = workspace({ 'w11.yaml': w11('kms: false\n') })
    expect(space.read('w11.yaml').plans[0]).toMatchObject({ seal: { licenseMode: 1 }, kms: { machine: null, port: null } })
    space.remove()
    expect(problemsOf(w11('kms: false\nseal: { licenseMode: mak }\n'))).toBe('')
  })

  test('beside a licence mode of KMS is refused at that mode', () => {
    expect(problemsOf(w11('kms: false\nseal: { licenseMode: kms }\n'))).toBe(message`
      w11.yaml:7:22  seal.licenseMode is kms, and kms: false says that this vDisk is for MAK
        7 | seal: { licenseMode: kms }
          |                      ^^^ expected one of the two: seal.licenseMode: mak, or no kms: false`)
  })
})

describe('what comes after the seal', () => {
  test('replicating by a hook needs the hook, assigning needs devices, and devices need assigning', () => {
    expect(problemsOf(w11('seal: { replicate: hook }\n'))).toBe(message`
      w11.yaml:6:20  seal.replicate: hook needs a hook that copies the disk to the other servers
        6 | seal: { replicate: hook }
          |                    ^^^^ expected hooks.sealVDisk.after`)
    expect(problemsOf(w11('release: { mode: assign }\n'))).toBe(message`
      w11.yaml:6:1  release.mode: assign names no devices
        6 | release: { mode: assign }
          | ^^^^^^^ expected release.devices: [W11-001, W11-002]`)
    expect(problemsOf(w11('release: { devices: [W11-001] }\n'))).toContain(
      'release.devices is read only with release.mode: assign',
    )
  })

  test('a waived check needs its id and a reason', () => {
    expect(problemsOf(w11('waive: [{ check: clock.skew }, { reason: x }]\n'))).toBe(message`
      w11.yaml:6:9  a waived check has no reason
        6 | waive: [{ check: clock.skew }, { reason: x }]
          |         ^^^^^^^^^^^^^^^^^^^^^ expected reason: why it may fail

      w11.yaml:6:32  a waived check has no check
        6 | waive: [{ check: clock.skew }, { reason: x }]
          |                                ^^^^^^^^^^^^^ expected check: its id, as plan prints it`)
  })
})
