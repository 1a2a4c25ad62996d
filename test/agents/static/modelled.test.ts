import { describe, expect, test } from '@jest/globals'
import { readAgentTrees } from '../../../scripts/agents/agents.ts'
import { operationsOf, reachedIn, sessionFunctions } from '../../../scripts/agents/reach.ts'
import { touchedBy } from '../../../scripts/agents/touched.ts'
import { kmsWindows } from '../../../src/lab/windows/kms/kms-windows.ts'
import { serverWindows } from '../../../src/lab/windows/server/server-windows.ts'
import { targetWindows } from '../../../src/lab/windows/target/target-windows.ts'
import { AGENTS_FOLDER } from '../../fixtures/powershell.ts'

const shipped = readAgentTrees(AGENTS_FOLDER)
const WINDOWS = { target: targetWindows, pvs: serverWindows, kms: kmsWindows }

/** What a role's operations and the session can touch, of one kind, by its first word. */
function touched(role: keyof typeof WINDOWS, kind: string): readonly string[] {
  const reached = reachedIn(shipped, role)
  const elsewhere = new Set([...shipped.functions.keys()].filter((name) => !reached.has(name)))
  const things = [...operationsOf(role), ...sessionFunctions(shipped)].flatMap((name) => touchedBy(shipped, name, elsewhere))
  return [...new Set(things.filter((one) => one.kind === kind).map(({ thing }) => thing.split(' ')[0] ?? ''))].sort()
}

describe.each(['target', 'pvs', 'kms'] as const)('the Windows that the lab models of a %s host', (role) => {
  const { cim, methods, more, programs } = WINDOWS[role]

  test('has every CIM class and method that an operation can touch, and no other', () => {
    // A service is read as an instance of its class.
    const services = touched(role, 'service').length > 0 ? ['Win32_Service'] : []
    const has = [...Object.keys(cim), ...Object.keys(methods).map((name) => `${name}()`)]
    const wanted = [...touched(role, 'CIM'), ...services]
    expect(has.map((name) => name.toLowerCase()).sort()).toEqual(wanted.map((name) => name.toLowerCase()).sort())
  })

  test('has every cmdlet of PVS that an operation can call, and no other', () => {
    const called = touched(role, 'PVS').filter((name) => /^\w+-Pvs/.test(name))
    const has = Object.keys(more).flatMap((name) => /^pvs\.(.*)$/.exec(name)?.[1] ?? [])
    expect(has.sort()).toEqual(called)
  })

  test('has every program that an operation can run', () => {
    const run = touched(role, 'program').flatMap((path) => /\\(\w+\.exe)$/.exec(path)?.[1]?.toLowerCase() ?? [])
    expect(run.filter((name) => !(name in programs))).toEqual([])
  })
})
