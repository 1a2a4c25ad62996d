import { describe, expect, test } from '@jest/globals'
import { asTyped } from '../../src/ui/cli/screens/as-typed.ts'

/** As it reaches the program in one piece from a shell of this system. */
const inOneWord = process.platform === 'win32' ? 'E:\\vdp' : "'E:\\vdp'"

describe('a command that is printed', () => {
  const said = { store: 'other.db', inventory: 'site hosts.yaml' }

  test.each([
    ['vdiskprep show 8k2', 'vdiskprep show 8k2 --store other.db'],
    ['Mend them, then: vdiskprep decide 8k2@4 retry', 'Mend them, then: vdiskprep decide 8k2@4 retry --store other.db'],
    [' Run it:  vdiskprep run a.yaml', ' Run it:  vdiskprep run a.yaml --inventory "site hosts.yaml" --store other.db'],
    ['vdiskprep trust PVS01', 'vdiskprep trust PVS01 --inventory "site hosts.yaml"'],
    ['vdiskprep resume 8k2 --store mine.db', 'vdiskprep resume 8k2 --store mine.db'],
    ['vdiskprep explain MAP_ERROR', 'vdiskprep explain MAP_ERROR'],
    ['vdiskprep doctor --explain map', 'vdiskprep doctor --explain map'],
    ['Repair Office on PVS01.', 'Repair Office on PVS01.'],
  ])('%j goes on where this one was: %j', (line, typed) => {
    expect(asTyped(line, said)).toBe(typed)
  })

  test.each([
    ['vdiskprep resume 8k2', `vdiskprep resume 8k2 --by-hand stick --folder-there ${inOneWord}`],
    ['vdiskprep run a.yaml --by-hand DIR', `vdiskprep run a.yaml --by-hand DIR --folder-there ${inOneWord}`],
    ['vdiskprep decide 8k2 retry', 'vdiskprep decide 8k2 retry'],
  ])('%j is carried out by hand where this one was: %j', (line, typed) => {
    expect(asTyped(line, { 'by-hand': 'stick', 'folder-there': 'E:\\vdp' })).toBe(typed)
  })

  test('is left as it is where nothing was typed for this one', () => {
    expect(asTyped('vdiskprep run a.yaml')).toBe('vdiskprep run a.yaml')
  })
})
