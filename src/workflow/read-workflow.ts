import { join } from 'node:path'
import { Fault } from '../faults/fault.ts'
import type { Diagnostic } from './diagnostic.ts'
import { findings, type Findings } from './findings.ts'
import type { Inventory } from './inventory.ts'
import { loadWorkflow, shippedName } from './load-workflow.ts'
import type { Plan } from './plan.ts'
import type { PlanSubject } from './plan-subject.ts'
import { pathBeside, readText, type Files } from './reading.ts'
import { loadInventory, type LoadedInventory } from './resolve-inventory.ts'
import { diskOfPlan, resolvePlan } from './resolve-plan.ts'
import type { HookFields } from './step-schema.ts'
import { plain, spanAt, valueAt, written, type Path } from './tree-path.ts'
import { variants } from './variants.ts'
import type { WorkflowFile } from './workflow-schema.ts'
import { parseTree, type MapTree } from './yaml-tree.ts'

/** What a workflow file comes to: one plan for each vDisk, in the file's order, and the hosts they need. */
export interface Workflow {
  readonly plans: readonly Plan[]
  readonly inventory: Inventory
}

/** What `validate` tells of a file. A procedure is a workflow that is only to be extended: it names no vDisk and has no plans. */
export interface Validation {
  readonly kind: 'workflow' | 'procedure' | 'inventory'
  readonly diagnostics: readonly Diagnostic[]
  readonly plans: readonly Plan[]
  readonly inventory: Inventory | null
}

/** What may be said beside a workflow file. `inventory` is read instead of the one that the file names. */
export interface ReadOptions {
  readonly inventory?: string | undefined
}

/** Reads a workflow file with everything it names. Throws INPUT_INVALID with all problems at once in `details.diagnostics`. */
export function readWorkflow(path: string, files: Files, options: ReadOptions = {}): Workflow {
  const found = findings()
  if (kindOf(path, files) === 'inventory')
    found.add({
      at: { file: path },
      message: 'this is an inventory',
      expected: 'the workflow file that names it: inventory: FILE',
    })
  if (options.inventory !== undefined) noteWorkflow(options.inventory, files, found)
  refuseIfWrong(path, found)
  const compiled = compile({ path, files, found, kind: 'workflow', ...options })
  refuseIfWrong(path, found)
  if (!compiled.inventory) throw new Fault('INPUT_INVALID', { problems: 'no inventory', file: path, diagnostics: [] })
  return { plans: compiled.plans, inventory: compiled.inventory.inventory }
}

/** Reads an inventory file alone. Throws INPUT_INVALID with all problems at once in `details.diagnostics`. */
export function readInventory(path: string, files: Files): Inventory {
  const found = findings()
  noteWorkflow(path, files, found)
  refuseIfWrong(path, found)
  const loaded = loadInventory(path, files, found)
  refuseIfWrong(path, found)
  if (!loaded) throw new Fault('INPUT_INVALID', { problems: 'no inventory', file: path, diagnostics: [] })
  return loaded.inventory
}

/** Checks a workflow, procedure or inventory file without throwing: a file is taken for what its keys say. */
export function validateFile(path: string, files: Files, options: ReadOptions = {}): Validation {
  const found = findings()
  const kind = kindOf(path, files)
  if (kind === 'inventory') {
    const loaded = loadInventory(path, files, found)
    return { kind, diagnostics: found.diagnostics(), plans: [], inventory: loaded?.inventory ?? null }
  }
  const { plans, inventory } = compile({ path, files, found, kind, ...options })
  return { kind, diagnostics: found.diagnostics(), plans, inventory: inventory?.inventory ?? null }
}

function refuseIfWrong(file: string, found: Findings): void {
  const diagnostics = found.diagnostics()
  if (diagnostics.length === 0) return
  const problems = diagnostics.length === 1 ? '1 problem' : `${diagnostics.length} problems`
  throw new Fault('INPUT_INVALID', { problems, file, diagnostics })
}

/** Two files that belong together are easily exchanged: one that says what to do is no list of hosts. */
function noteWorkflow(path: string, files: Files, found: Findings): void {
  const source = readText(files, path, findings())
  const tree = source && parseTree(source, findings())
  if (tree?.kind !== 'map' || !['extends', 'scenario', 'vdisk', 'vdisks', 'target'].some((key) => tree.entries.has(key))) return
  found.add({ at: { file: path }, message: 'this is a workflow file', expected: 'the inventory: the file with hosts:' })
}

/** By its top keys: `hosts` or `farms` make an inventory; a file that names neither disk, target nor inventory is a procedure. */
function kindOf(path: string, files: Files): Validation['kind'] {
  const aside = findings()
  const source = readText(files, path, aside)
  const tree = source && parseTree(source, aside)
  if (tree?.kind !== 'map') return 'workflow'
  if (['hosts', 'farms', 'knownHosts'].some((key) => tree.entries.has(key))) return 'inventory'
  const names = ['inventory', 'target', 'canaries', 'vdisks', 'matrix'].some((key) => tree.entries.has(key))
  return names || valueAt(tree, ['vdisk', 'name']) ? 'workflow' : 'procedure'
}

interface Task extends ReadOptions {
  readonly path: string
  readonly files: Files
  readonly found: Findings
  readonly kind: 'workflow' | 'procedure'
}

function compile(task: Task): { plans: readonly Plan[]; inventory: LoadedInventory | undefined } {
  const { path, files, found } = task
  const loaded = loadWorkflow(path, files, found)
  if (!loaded) return { plans: [], inventory: undefined }
  const { tree, procedure } = loaded
  const complete = task.kind === 'workflow' && loaded.whole
  const inventory = inventoryFor(task, tree, complete)
  const absolute = (file: string) => pathBeside(join(files.folder, 'here'), file, files.home)
  const simulated = (inventory?.inventory.lab ?? null) === null ? {} : { simulated: true as const }
  const source = { file: absolute(path), inventory: absolute(inventory?.inventory.file ?? ''), procedure, ...simulated }
  const isShipped = (file: string) => file !== path && shippedName(file, files) !== undefined
  const resolved = variants(tree, found).map((one) => {
    const beside = (file: string, at: Path) => absolute(pathBeside(spanAt(one, at).source.file, file, files.home))
    const subject: PlanSubject = { tree: one, file: plain(one) as WorkflowFile, found, inventory, complete, isShipped, beside }
    const scriptOf = (fields: HookFields, at: Path) => scriptText(one, fields, at, files, found)
    return { subject, plan: resolvePlan(subject, source, scriptOf) }
  })
  reportTwins(resolved, found)
  return { plans: resolved.flatMap(({ plan }) => plan ?? []), inventory }
}

function inventoryFor(task: Task, tree: MapTree, complete: boolean): LoadedInventory | undefined {
  const { files, found } = task
  if (task.inventory !== undefined) return loadInventory(task.inventory, files, found)
  const name = valueAt(tree, ['inventory'])
  if (name?.kind === 'scalar' && typeof name.value === 'string') {
    const at = spanAt(tree, ['inventory'])
    return loadInventory(pathBeside(at.source.file, name.value, files.home), files, found, { at, as: 'the inventory' })
  }
  if (complete && !written(tree, ['inventory'])) {
    found.add({
      at: { file: tree.span.source.file },
      message: 'inventory: is missing',
      expected: 'the file with the hosts: inventory: farm.yaml',
    })
  }
  return undefined
}

function scriptText(tree: MapTree, fields: HookFields, path: Path, files: Files, found: Findings): string | undefined {
  if (fields.run !== undefined || fields.file === undefined) return fields.run
  const at = spanAt(tree, [...path, 'file'])
  return readText(files, pathBeside(at.source.file, fields.file, files.home), found, { at, as: 'the script' })?.text
}

function reportTwins(resolved: readonly { subject: PlanSubject; plan: Plan | undefined }[], found: Findings): void {
  const seen = new Map<string, Plan>()
  for (const { subject, plan } of resolved) {
    if (!plan || plan.vdisk.name.includes('${')) continue
    const key = diskOfPlan(plan)
    if (seen.has(key)) {
      const where = `${plan.farm.name}/${plan.farm.site}/${plan.vdisk.store}`
      const name = spanAt(subject.tree, ['vdisk', 'name'])
      const expected = 'each vDisk once; two runs on one would undo each other'
      found.add({ at: name, message: `the vDisk ${plan.vdisk.name} on ${where} is named twice`, expected })
    }
    seen.set(key, plan)
  }
}
