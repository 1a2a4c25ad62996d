import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { readAgentTrees } from '../../../scripts/agents/agents.ts'
import { boundTo } from '../../../scripts/agents/reach.ts'
import { textOf } from '../../../scripts/agents/syntax.ts'
import { operations, type OperationName } from '../../../src/wire/operations/catalogue.ts'
import { AGENTS_FOLDER } from '../../fixtures/powershell.ts'

const LAB = join(import.meta.dirname, '../../../src/lab')
const shipped = readAgentTrees(AGENTS_FOLDER)
const OPERATIONS = Object.keys(operations) as OperationName[]

/** What every operation may meet: the session, the lock and the fence are no operation's own. */
const EVERYWHERE = ['fenced', 'busy', 'internal']

/** Decisions of the agent itself: the lab has to make the same. The other kinds come from Windows and PVS, where an agent has to be ready for
 *  more than the lab models: a service that does not stop, a console that is not installed. */
const DECIDED = ['refused', 'arguments']

/** What is decided by PowerShell before an agent's function begins: its parameters have limits. */
const BOUND = ['Set-VdpDiskMode', 'Publish-VdpVersion', 'Undo-VdpVersion']

/** Refused where several products of Windows have a key, and none stands out: an image of the lab has one. */
const ONE_PRODUCT = ['Invoke-VdpWindowsActivation']

/** The kinds that a function of the agents and all below it throw; a kind that is computed stands for both that it can be. */
function kindsOfAgent(op: string): readonly string[] {
  const seen = new Set<string>()
  const kinds = new Set<string>()
  const open = [op]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const found = shipped.functions.get(name)
    if (found === undefined || seen.has(name)) continue
    seen.add(name)
    for (const call of found.calls) {
      if (call.name !== 'New-VdpFailure') open.push(call.name)
      else {
        const kind = boundTo(shipped, call).named.get('kind')
        const word = kind ? textOf(kind) : ''
        for (const one of word.startsWith('$') ? ['licensing', 'native'] : [word]) kinds.add(one)
      }
    }
  }
  return [...kinds].filter((one) => !EVERYWHERE.includes(one)).sort()
}

/** The bodies of the lab's functions and of the handlers of its operations, by name. */
function bodies(): ReadonlyMap<string, string> {
  const texts = ['agent', 'model'].flatMap((folder) =>
    readdirSync(join(LAB, folder)).map((file) => readFileSync(join(LAB, folder, file), 'utf8')),
  )
  const found = new Map<string, string>()
  for (const text of texts)
    for (const [, name = '', body = ''] of text.matchAll(/^(?:export )?(?:async )?function (\w+)([\s\S]*?\n\})/gm))
      found.set(name, `${found.get(name) ?? ''}${body}`)
  for (const text of texts)
    for (const [, name = '', body = ''] of text.matchAll(/^ {2}'(\w+-Vdp\w+)'(:[\s\S]*?)(?=\n {2}'|\n\})/gm))
      found.set(name, `${found.get(name) ?? ''}${body}`)
  return found
}

function kindsOfLab(op: string, all: ReadonlyMap<string, string>): readonly string[] {
  const seen = new Set<string>()
  const kinds = new Set<string>()
  const open = [op]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const body = all.get(name)
    if (body === undefined || seen.has(name)) continue
    seen.add(name)
    for (const [, kind = ''] of body.matchAll(/new AgentRefusal\('(\w+)'/g)) kinds.add(kind)
    if (/throw new LicensingError/.test(body)) kinds.add('licensing')
    if (/throw new PvsError/.test(body)) kinds.add('pvs')
    for (const [, called = ''] of body.matchAll(/\b(\w+)\(/g)) open.push(called)
  }
  return [...kinds].filter((one) => !EVERYWHERE.includes(one)).sort()
}

describe('an operation of the lab fails with kinds of error that its agent has, and decides what that decides', () => {
  const all = bodies()

  test.each(OPERATIONS)('%s', (op) => {
    const [agent, lab] = [kindsOfAgent(op), kindsOfLab(op, all)]
    expect(lab.filter((kind) => !agent.includes(kind))).toEqual(BOUND.includes(op) ? ['arguments'] : [])
    expect(agent.filter((kind) => DECIDED.includes(kind) && !lab.includes(kind))).toEqual(
      ONE_PRODUCT.includes(op) ? ['refused'] : [],
    )
  })
})
