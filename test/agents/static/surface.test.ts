import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { agentsOf, readAgentTrees } from '../../../scripts/agents/agents.ts'
import { reachedIn } from '../../../scripts/agents/reach.ts'
import { touchedBy, undescribed } from '../../../scripts/agents/touched.ts'
import { SURFACE_PAGE, surfacePage } from '../../../scripts/surface-page.ts'
import { readAgents } from '../../../src/remote/agent-files.ts'
import { bundleOf } from '../../../src/remote/session/bundle.ts'
import { operations } from '../../../src/wire/operations/catalogue.ts'
import { AGENTS_FOLDER } from '../../fixtures/powershell.ts'

const shipped = readAgentTrees(AGENTS_FOLDER)

describe('the page of what is touched', () => {
  test('is what the agents are: run npm run schemas', async () => {
    expect(readFileSync(SURFACE_PAGE, 'utf8')).toBe(await surfacePage())
  })

  test('has every operation', () => {
    const page = readFileSync(SURFACE_PAGE, 'utf8')
    expect(Object.keys(operations).filter((op) => !page.includes(`\n### ${op}\n`))).toEqual([])
  })

  test('knows every thin function by what it touches, and none that is not there', () => {
    expect(undescribed(shipped)).toEqual({ missing: [], idle: [] })
  })

  test('follows arguments through calls, loops, tables and pipes', () => {
    const thin = (name: string, parameters: string) =>
      `function ${name} {\n<#\n.SYNOPSIS\nSurface, writes: it.\n#>\nparam(${parameters})\n1\n}\n`
    const agents = agentsOf({
      'Common/Set-VdpServiceState.ps1': thin('Set-VdpServiceState', '[string] $Name, [string] $State'),
      'Common/Remove-VdpFile.ps1': thin('Remove-VdpFile', '[string] $Path'),
      'Common/Start-VdpAll.ps1': [
        'function Start-VdpAll { param([string] $Where)',
        "foreach ($name in 'a', 'b') { Set-VdpServiceState -Name $name -State running }",
        "'c' | ForEach-Object { $with = @{ Name = $_; State = 'stopped' }; Set-VdpServiceState @with }",
        'Remove-VdpFile -Path "$Where\\x.$(Get-Date)"\n}',
      ].join('\n'),
      'Common/Get-VdpX.ps1': 'function Get-VdpX { Start-VdpAll -Where "$env:TEMP\\y" }',
    })
    expect(touchedBy(agents, 'Get-VdpX', new Set()).map(({ kind, thing, access }) => `${access} ${kind} ${thing}`)).toEqual([
      'write file %TEMP%\\y\\x.{Get-Date}',
      'write service a (running)',
      'write service b (running)',
      'write service c (stopped)',
    ])
  })
})

describe.each(['target', 'pvs', 'kms'] as const)('what is sent to a %s host', (role) => {
  test('is every function that its operations and the session can come to, and no other', async () => {
    const sent = [...(await readAgents(AGENTS_FOLDER, role)).matchAll(/^function ([\w-]+)/gm)].map(([, name]) => name ?? '')
    expect(sent.toSorted()).toEqual([...reachedIn(shipped, role)].sort())
  })

  test('is the same bytes each time, below 160 KiB on the wire, in lines of at most 16 KiB', async () => {
    const [once, again] = await Promise.all([readAgents(AGENTS_FOLDER, role), readAgents(join(AGENTS_FOLDER, '.'), role)])
    const bundle = bundleOf(once)
    expect(bundleOf(again)).toEqual(bundle)
    expect(Math.max(...bundle.parts.map(({ line }) => line.length))).toBeLessThanOrEqual(16 * 1024)
    expect(bundle.parts.reduce((sum, { line }) => sum + line.length, 0)).toBeLessThan(160 * 1024)
  })
})
