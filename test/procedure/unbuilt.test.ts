import { describe, expect, test } from '@jest/globals'
import { unbuiltIn } from '../../src/procedure/unbuilt.ts'
import type { Hook, Plan } from '../../src/workflow/plan.ts'
import { healthy } from '../diagnosis/healthy-look.ts'

const hook: Hook = {
  name: 'patch',
  on: 'target',
  script: 'exit 0',
  parameters: {},
  timeoutMs: 1000,
  success: [0],
  effect: 'once',
  mayReboot: false,
}

describe('what a plan asks for and cannot have yet', () => {
  test('is nothing on the usual way', () => {
    expect(unbuiltIn(healthy().plan)).toBeNull()
  })

  test('is a hook: it is refused by name, not left out in silence', () => {
    const plan: Plan = { ...healthy().plan, hooks: { cleanTokens: { before: [hook], after: [] } } }
    expect(unbuiltIn(plan)).toMatchObject({
      code: 'NOT_BUILT',
      details: { what: 'The running of hooks (here around cleanTokens)' },
    })
  })

  test('is the Imaging Wizard', () => {
    const plan: Plan = { ...healthy().plan, vdisk: { ...healthy().plan.vdisk, create: 'imaging-wizard' } }
    expect(unbuiltIn(plan)).toMatchObject({ code: 'NOT_BUILT' })
  })
})
