import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { AGENTS_FOLDER, pwshMissing } from '../../fixtures/powershell.ts'

/** Rules that our own replace or that ask for what agents must not have: blocks see the caller's parameters (Invoke-VdpWrite), a writer is
 *  confirmed by a run and not by a prompt, operations are named by the wire, and outputs are compared with its schemas. */
const REPLACED = [
  'PSReviewUnusedParameter',
  'PSUseShouldProcessForStateChangingFunctions',
  'PSUseSingularNouns',
  'PSUseOutputTypeCorrectly',
]

const slow = process.env['VDISKPREP_DEEP'] === '1' ? undefined : 'skipped: VDISKPREP_DEEP=1 runs it'
const missing = slow ?? pwshMissing() ?? analyzerMissing()
const folder = mkdtempSync(join(tmpdir(), 'vdp-analyzer-'))

afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe(missing === undefined ? 'PSScriptAnalyzer' : `PSScriptAnalyzer (${missing})`, () => {
  const tested = missing === undefined ? test : test.skip

  tested(
    'finds nothing in the agents, nor syntax that PowerShell 5.1 does not know',
    () => {
      expect(findings(AGENTS_FOLDER)).toEqual([])
    },
    300_000,
  )

  tested(
    'would name an alias and syntax of 7',
    () => {
      writeFileSync(join(folder, 'new.ps1'), 'gci ($env:A ?? 1)')
      const found = findings(folder).map((line) => line.split(' ')[0])
      expect(found).toEqual(expect.arrayContaining(['PSAvoidUsingCmdletAliases', 'PSUseCompatibleSyntax']))
    },
    120_000,
  )
})

function analyzerMissing(): string | undefined {
  return powershell('[bool] (Get-Module -ListAvailable PSScriptAnalyzer)') === 'True'
    ? undefined
    : 'skipped: the module PSScriptAnalyzer is not installed'
}

function findings(path: string): readonly string[] {
  const rules = `PSUseCompatibleSyntax = @{ Enable = $true; TargetVersions = @('5.1') }`
  const settings = `@{ ExcludeRules = @(${REPLACED.map((rule) => `'${rule}'`).join(', ')}); Rules = @{ ${rules} } }`
  const text = powershell(
    `Invoke-ScriptAnalyzer -Path '${path}' -Recurse -Settings ${settings} | ForEach-Object { "$($_.RuleName) $($_.ScriptName):$($_.Line) $($_.Message)" }`,
  )
  return text === '' ? [] : text.split(/\r?\n/)
}

function powershell(command: string): string {
  return execFileSync('pwsh', ['-NoProfile', '-NonInteractive', '-Command', command], {
    encoding: 'utf8',
    timeout: 290_000,
  }).trim()
}
