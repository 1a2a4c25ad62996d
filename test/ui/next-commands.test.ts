import { describe, expect, test } from '@jest/globals'
import { asTyped } from '../../src/ui/cli/screens/as-typed.ts'

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

  test('is left as it is where nothing was typed for this one', () => {
    expect(asTyped('vdiskprep run a.yaml')).toBe('vdiskprep run a.yaml')
  })
})
