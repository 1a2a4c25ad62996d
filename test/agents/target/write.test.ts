import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { actReport } from '../../../src/wire/receipt.ts'
import { pwshMissing } from '../../fixtures/powershell.ts'
import { rig } from './rigs.ts'
import type { Rig } from './rigs.ts'

const missing = pwshMissing()
const where = missing === undefined ? describe : describe.skip

const ENTER = '$null = Enter-VdpHost -Role target -Run r1 -Owner o1 -Fence 7\nfunction Set-VdpThing { param([int] $Value)\n'
const TRY = 'try { $facts = Set-VdpThing -Value 3 } catch { $facts = (ConvertTo-VdpHostError -ErrorRecord $_) }\n'
const answer = z.strictObject({ facts: z.unknown(), report: actReport })

/** One operation that writes with this body, then the report of acts. */
function operation(body: string): string {
  return `${ENTER}${body} }\n${TRY}return @{ facts = $facts; report = Get-VdpActReport }`
}

where(`Invoke-VdpWrite in a real PowerShell ${missing ?? ''}`, () => {
  let here: Rig
  beforeEach(async () => {
    here = await rig()
  })
  afterEach(async () => {
    await here.close()
  })
  const ask = async (script: string) => answer.parse(await here.run(script))

  test('an act gives back before, after and its own facts, and leaves a receipt with the scalars', async () => {
    const { facts, report } = await ask(
      operation(
        `Invoke-VdpWrite -Fence 7 -Effect e1 -Before { , @($Value) } -Act { param($was) @{ program = @{ exitCode = 0; list = @(1) }; was = $was.Count } } -After { param($done) $done.program.exitCode }`,
      ),
    )
    expect(facts).toEqual({ before: [3], after: 0, was: 1, program: { exitCode: 0, list: [1] } })
    expect(report).toMatchObject({ fence: 7, receipts: [{ effect: 'e1', op: 'Set-VdpThing', fence: 7, error: null }] })
    expect(report.receipts[0]).toMatchObject({ alive: true, result: { after: 0, was: 1, 'program.exitCode': 0 } })
    expect(report.receipts[0]?.ended).not.toBeNull()
  })

  test('an older fence begins nothing, and leaves no receipt', async () => {
    await here.run('return Enter-VdpHost -Role target -Run r1 -Owner o1 -Fence 7')
    await here.run('return Enter-VdpHost -Role target -Run r1 -Owner o2 -Fence 9').then((entered) => {
      expect(entered).toMatchObject({ fence: 9 })
    })
    await expect(here.run('return Enter-VdpHost -Role target -Run r1 -Owner o1 -Fence 8')).rejects.toThrow(
      'fence 8 is older than 9',
    )
    const body = "Invoke-VdpWrite -Fence 7 -Effect e1 -Act { Write-VdpText -Path ./acted -Text 'x' }"
    const { facts, report } = await ask(operation(body).replace('-Run r1 -Owner o1 -Fence 7', '-Run r1 -Owner o1 -Fence 9'))
    expect(facts).toMatchObject({ kind: 'fenced', message: 'fence 7 is older than 9' })
    expect(report).toEqual({ fence: 9, receipts: [] })
    expect(existsSync(join(here.folder, 'acted'))).toBe(false)
  })

  test('a fence that rises while the act looks around still stops it: it is compared right before the act', async () => {
    const rises = '$null = Enter-VdpHost -Role target -Run r1 -Owner o2 -Fence 8'
    const { facts, report } = await ask(
      operation(`Invoke-VdpWrite -Fence 7 -Effect e1 -Before { ${rises} } -Act { throw 'acted' }`),
    )
    expect(facts).toMatchObject({ kind: 'fenced' })
    expect(report).toEqual({ fence: 8, receipts: [] })
  })

  test('fences are counted per run', async () => {
    await here.run('return Enter-VdpHost -Role target -Run other -Owner o1 -Fence 99')
    const { report } = await ask(operation('Invoke-VdpWrite -Fence 7 -Effect e1 -Act { }'))
    expect(report).toMatchObject({ fence: 7, receipts: [{ effect: 'e1', error: null, result: {} }] })
  })

  test('a refusal before the act leaves no receipt; a failing act and a failing second look end theirs with the reason', async () => {
    const bodies = [
      "-Effect e1 -Check { throw (New-VdpFailure -Kind refused -Message 'not here') } -Act { }",
      "-Effect e2 -Act { throw (New-VdpFailure -Kind licensing -Message 'no' -HResult 0xC004F074) }",
      '-Effect e3 -Act { } -After { Get-Item ./nothing }',
      '-Effect e4 -Act { 1; 2 }',
    ]
    const each = bodies.map(
      (body) => `$(try { Invoke-VdpWrite -Fence 7 ${body} } catch { ConvertTo-VdpHostError -ErrorRecord $_ })`,
    )
    const { facts, report } = await ask(operation(`, @(${each.join(', ')})`))
    expect(facts).toMatchObject([
      { kind: 'refused' },
      { kind: 'licensing', hresult: '0xC004F074' },
      { kind: 'internal' },
      { message: expect.stringContaining('one hashtable') },
    ])
    expect(report.receipts).toMatchObject([
      { effect: 'e2', error: 'no', result: null },
      { effect: 'e3', error: expect.stringContaining('nothing') },
      { effect: 'e4' },
    ])
  })

  test('a second writer is busy while an act runs; the act killed in the middle leaves a receipt without end and the lock free', async () => {
    const begun = join(here.folder, 'begun')
    const first = here.start(
      operation(`Invoke-VdpWrite -Fence 7 -Effect e1 -Act { Write-VdpText -Path '${begun}' -Text x; Start-Sleep 600 }`),
    )
    while (!existsSync(begun)) await new Promise((resolve) => setTimeout(resolve, 25))
    const second = await ask(operation('Invoke-VdpWrite -Fence 7 -Effect e2 -LockWaitMs 100 -Act { }'))
    expect(second).toMatchObject({ facts: { kind: 'busy' }, report: { receipts: [{ effect: 'e1', ended: null, alive: true }] } })
    // Who waits holds the mutex open, so that Windows and .NET hand it over as abandoned.
    const waits = join(here.folder, 'waits')
    const keep = `$keep = New-Object System.Threading.Mutex($false, (Get-VdpLockName -For act)); Write-VdpText -Path '${waits}' -Text x`
    const heir = here.start(`${keep}; ${operation('Invoke-VdpWrite -Fence 7 -Effect e3 -LockWaitMs 60000 -Act { }')}`)
    while (!existsSync(waits)) await new Promise((resolve) => setTimeout(resolve, 25))
    first.kill()
    await expect(first.result).rejects.toThrow()
    const third = answer.parse(await heir.result)
    expect(third.report.receipts).toMatchObject([
      { effect: 'e1', ended: null, alive: false, error: null, result: null },
      { effect: 'e3', error: null },
    ])
  })

  test('acts of several processes never overlap', async () => {
    const counter = join(here.folder, 'counter')
    await writeFile(counter, '0')
    const count = `$n = [int] [IO.File]::ReadAllText('${counter}'); Start-Sleep -Milliseconds 5; [IO.File]::WriteAllText('${counter}', "$($n + 1)")`
    const five = operation(
      `1..5 | ForEach-Object { $null = Invoke-VdpWrite -Fence 7 -Effect "$PID-$_" -Act { ${count} } }; 'counted'`,
    )
    const told = await Promise.all([1, 2, 3].map(() => ask(five)))
    expect(told.map(({ facts }) => facts)).toEqual(['counted', 'counted', 'counted'])
    expect(await readFile(counter, 'utf8')).toBe('15')
    const { report } = await ask(`${ENTER} }; return @{ facts = 0; report = Get-VdpActReport }`)
    expect(new Set(report.receipts.filter(({ ended }) => ended !== null).map(({ effect }) => effect)).size).toBe(15)
  })

  test('a hundred receipts are kept, and every one without end', async () => {
    const made = `$made = @(0..101 | ForEach-Object {
      @{ effect = "e$_"; op = 'x'; fence = 7; pid = 1; boot = 'b'; task = ''; started = '2026-01-02T03:04:05Z'; error = $null; result = $null
         ended = $(if ($_) { '2026-01-02T03:04:05Z' } else { $null }) } })`
    const store = `$store = Read-VdpActStore; $store.receipts = $made; Write-VdpActStore -Store $store`
    const { report } = await ask(operation(`${made}; ${store}; Invoke-VdpWrite -Fence 7 -Effect last -Act { }`))
    expect(report.receipts.map(({ effect }) => effect)).toEqual([
      'e0',
      ...Array.from({ length: 99 }, (_, n) => `e${String(n + 3)}`),
      'last',
    ])
  })
})
