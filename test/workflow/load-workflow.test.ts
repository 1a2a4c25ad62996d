import { readdirSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { SHIPPED } from '../../src/workflow/load-workflow.ts'
import { message, PROCEDURES, problemsOf, w11, workspace } from './workspace.ts'

describe('extends', () => {
  test('a circle is shown with the way it takes', () => {
    const more = { 'b.yaml': 'extends: ./c.yaml\n', 'c.yaml': 'extends: b.yaml\n' }
    expect(problemsOf(w11().replace('kms-new-image', './b.yaml'), more)).toBe(message`
      c.yaml:1:10  extends goes in a circle: b.yaml -> c.yaml -> b.yaml
        1 | extends: b.yaml
          |          ^^^^^^ expected a file that does not come back here`)
    expect(problemsOf(w11().replace('kms-new-image', './sub/../w11.yaml'))).toContain(
      'extends goes in a circle: w11.yaml -> w11.yaml',
    )
  })

  test('a missing file is named where it is extended, and nothing else is called missing for it', () => {
    expect(problemsOf('extends: ./base.yaml\n')).toBe(message`
      w11.yaml:1:10  the extended file base.yaml does not exist
        1 | extends: ./base.yaml
          |          ^^^^^^^^^^^`)
  })

  test('a procedure that is not shipped names the nearest, or all', () => {
    expect(problemsOf(w11().replace('kms-new-image', 'kms-new-imge'))).toBe(message`
      w11.yaml:1:10  there is no shipped procedure "kms-new-imge"
        1 | extends: kms-new-imge
          |          ^^^^^^^^^^^^ did you mean "kms-new-image"?`)
    expect(problemsOf(w11().replace('kms-new-image', 'base'))).toBe(message`
      w11.yaml:1:10  there is no shipped procedure "base"
        1 | extends: base
          |          ^^^^ expected one of: kms-new-image, kms-update-image, kms-maintenance-version, kms-windows-only, kms-repair, copied-image, verify-only; or a file with its path: ./base.yaml`)
  })

  test('a problem in an extended file is shown in that file', () => {
    const more = { 'base.yaml': 'extends: kms-new-image\nverify: { deadlin: 1h }\nwindows: { key: ABC }\n' }
    expect(problemsOf(w11().replace('kms-new-image', 'base.yaml'), more)).toBe(message`
      base.yaml:2:11  unknown key "deadlin" in verify
        2 | verify: { deadlin: 1h }
          |           ^^^^^^^ did you mean "deadline"?

      base.yaml:3:17  windows.key is no public client key: a plan is kept as it is, so a key of your own must not stand here
        3 | windows: { key: ****
          |                 ^^^^ expected where the key is found: env:NAME, file:path or prompt:LABEL`)
  })

  test('blocks merge key by key, lists and values are replaced, and the nearest file wins', () => {
    const base = 'extends: kms-new-image\nacceptRisk: [order, singleCanary]\nverify: { expedite: true, deadline: 1h }\n'
    const space = workspace({
      'shared/base.yaml': base,
      'w11.yaml': w11('acceptRisk: [order]\nverify: { deadline: 3h }\n').replace('kms-new-image', './shared/base.yaml'),
    })
    const [plan] = space.read('w11.yaml').plans
    expect(plan?.acceptRisk).toEqual(['order'])
    expect(plan?.verify).toMatchObject({ expedite: true, deadlineMs: 3 * 3600_000, minimum: 2 })
    expect(plan?.policy.verify.deadlineMs).toBe(3 * 3600_000)
    expect(plan?.source.procedure).toBe('kms-new-image')
    space.remove()
  })

  test('paths in an extended file are relative to that file', () => {
    const base =
      'extends: kms-new-image\ninventory: ../farm.yaml\nhooks: { cleanTokens: { before: [{ name: U, on: target, file: update.ps1 }] } }\n'
    const space = workspace({
      'shared/base.yaml': base,
      'shared/update.ps1': 'Install-Everything\n',
      'w11.yaml': w11().replace('kms-new-image', './shared/base.yaml').replace('inventory: farm.yaml\n', ''),
    })
    const [plan] = space.read('w11.yaml').plans
    expect(plan?.hooks.cleanTokens?.before[0]?.script).toBe('Install-Everything\n')
    space.remove()
  })
})

describe('the shipped procedures', () => {
  test('are the YAML files of the folder', () => {
    const files = readdirSync(PROCEDURES).filter((name) => name.endsWith('.yaml'))
    expect(files.sort()).toEqual(SHIPPED.map((name) => `${name}.yaml`).sort())
  })

  test.each(SHIPPED)('%s is a procedure without problems, begins with what it is for, and gives a plan', (name) => {
    const space = workspace({ 'w11.yaml': w11('acceptRisk: [maintenanceVersion]\n').replace('kms-new-image', name) })
    const checked = space.validate(`${'../'.repeat(space.folder.split('/').length - 1)}${PROCEDURES.slice(1)}/${name}.yaml`)
    expect(checked).toMatchObject({ kind: 'procedure', diagnostics: [], plans: [] })
    expect(space.problems('w11.yaml')).toBe('')
    expect(space.read('w11.yaml').plans).toHaveLength(1)
    space.remove()
  })

  test('each scenario has one, and every policy is patient enough for its step', () => {
    const scenarios = SHIPPED.map((name) => {
      const space = workspace({ 'w11.yaml': w11('acceptRisk: [maintenanceVersion]\n').replace('kms-new-image', name) })
      const [plan] = space.read('w11.yaml').plans
      space.remove()
      expect(plan?.verify.deadlineMs).toBeGreaterThanOrEqual(2 * 3600_000)
      expect(plan?.policy.sealVDisk.deadlineMs).toBeGreaterThan(plan?.seal.offDwellMs ?? 0)
      return plan?.scenario
    })
    expect(new Set(scenarios).size).toBe(6)
  })
})
