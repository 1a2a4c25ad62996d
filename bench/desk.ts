import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { compose, type Composition } from '../src/compose.ts'
import { presetNames } from '../src/lab/farm-file/presets.ts'
import type { Inventory } from '../src/workflow/inventory.ts'
import type { Plan } from '../src/workflow/plan.ts'
import { readWorkflow } from '../src/workflow/read-workflow.ts'

/** A folder with a workflow for the farm whose files lie there, read as the program reads it. */
export interface Desk {
  readonly composition: Composition
  readonly workflow: string
  readonly plan: Plan
  readonly inventory: Inventory
}

/** Prepares the desk of a farm; long deadlines, since farm time and real time have nothing to do with each other here. */
export function deskIn(folder: string): Desk {
  const names = presetNames('windows-11-23h2')
  const composition = compose('bench', { HOME: folder, VDISKPREP_HOME: join(folder, 'state') })
  mkdirSync(folder, { recursive: true })
  const workflow = join(folder, 'workflow.yaml')
  const text = {
    extends: 'kms-new-image',
    inventory: 'inventory.yaml',
    farm: 'HQ',
    vdisk: { store: 'Store1', name: names.disk },
    target: names.master,
    canaries: [...names.canaries],
    policy: { verify: { poll: '5m' }, sealVDisk: { poll: '30s' }, createVDisk: { poll: '20s' } },
  }
  writeFileSync(workflow, stringify(text))
  const read = readWorkflow(workflow, composition.files)
  const [plan] = read.plans
  if (plan === undefined) throw new Error('the workflow has no plan')
  return { composition, workflow, plan, inventory: read.inventory }
}
