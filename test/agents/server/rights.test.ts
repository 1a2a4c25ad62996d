import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { pwshMissing } from '../../fixtures/powershell.ts'
import { rig } from '../target/rigs.ts'

interface Documented {
  readonly calls: Readonly<Record<string, string>>
  readonly types: Readonly<Record<string, string>>
  readonly bytes: Readonly<Record<string, number>>
}

interface Compiled {
  readonly calls: Readonly<Record<string, { dll: string; wide: boolean; returns: string; parameters: string[] }>>
  readonly bytes: Readonly<Record<string, number>>
}

const missing = pwshMissing()
const where = missing === undefined ? describe : describe.skip
const documented = JSON.parse(readFileSync(join(import.meta.dirname, 'windows-calls.json'), 'utf8')) as Documented

/** Compiles the agents' C# as the C# 5 of Windows PowerShell 5.1 reads it, and describes what came out. */
const describeType = `
Add-Type -CompilerOptions '/langversion:5' -TypeDefinition (@(
  (Get-VdpRightsImport), (Get-VdpRightsPolicy), (Get-VdpRightsName), (Get-VdpRightsToken)) -join "\`n")
$calls = @{}
foreach ($method in [Vdp.Rights].GetMethods('NonPublic,Static')) {
  $import = $method.GetCustomAttributes([Runtime.InteropServices.DllImportAttribute], $false)
  if ($import.Count -eq 0) { continue }
  $calls[$method.Name] = @{
    dll = $import[0].Value
    wide = "$($import[0].CharSet)" -eq 'Unicode'
    returns = $method.ReturnType.Name
    parameters = @($method.GetParameters() | ForEach-Object { $_.ParameterType.Name })
  }
}
$bytes = @{}
foreach ($type in [Vdp.Rights].Assembly.GetTypes() | Where-Object { $_.IsValueType -and $_.Namespace -eq 'Vdp' -and -not $_.IsNested }) {
  $bytes[$type.Name] = [Runtime.InteropServices.Marshal]::SizeOf([type] $type)
}
@{ calls = $calls; bytes = $bytes }
`

where(`the calls of Windows for user rights, compiled by a real PowerShell ${missing ?? ''}`, () => {
  let compiled: Compiled

  beforeAll(async () => {
    const host = await rig('', 'pvs')
    try {
      compiled = (await host.run(describeType)) as Compiled
    } finally {
      await host.close()
    }
  }, 180_000)

  test('the same calls are declared as are documented, each from its library', () => {
    expect(Object.keys(compiled.calls).sort()).toEqual(Object.keys(documented.calls).sort())
    for (const [name, says] of Object.entries(documented.calls)) {
      expect([name, compiled.calls[name]?.dll]).toEqual([name, says.split(' ')[1]])
    }
  })

  test.each(Object.entries(documented.calls))('%s takes and returns what Windows documents', (name, says) => {
    const [returns = '', , ...parameters] = says.split(' ')
    const { returns: made = '', parameters: takes = [], wide = false } = compiled.calls[name] ?? {}
    expect(made).toBe(documented.types[returns])
    expect(takes).toHaveLength(parameters.length)
    for (const [n, type] of parameters.entries()) {
      expect((documented.types[type] ?? '').split(' or ')).toContain(takes[n])
    }
    expect(wide).toBe(parameters.some((type) => type === 'LPCWSTR' || type === 'LPWSTR'))
  })

  test('structures have the sizes they have on 64-bit Windows', () => {
    expect(compiled.bytes).toEqual(documented.bytes)
  })
})
