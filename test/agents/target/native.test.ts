import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { pwshMissing } from '../../fixtures/powershell.ts'
import { rig } from './rigs.ts'
import type { Rig } from './rigs.ts'

const missing = pwshMissing()
const where = missing === undefined ? describe : describe.skip

const program = z.strictObject({ exitCode: z.int().nullable(), output: z.string(), timedOut: z.boolean() })

/** A script as one argument of node. */
function node(script: string, seconds: number, ...words: string[]): string {
  const quoted = [script, ...words].map((word) => `'${word.replaceAll("'", "''")}'`).join(', ')
  return `Invoke-VdpNative -Program '${process.execPath}' -Arguments '-e', ${quoted} -TimeoutSeconds ${seconds}`
}

/** What ps says of a process: nothing when it is gone, Z when only its parent has not noticed. */
function stateOf(pid: number): string {
  return spawnSync('ps', ['-o', 'stat=', '-p', String(pid)])
    .stdout.toString()
    .trim()
    .slice(0, 1)
}

where(`Invoke-VdpNative with real processes ${missing ?? ''}`, () => {
  let here: Rig
  beforeAll(async () => {
    here = await rig()
  })
  afterAll(async () => {
    await here.close()
  })

  test('arguments arrive as they are, stdin is closed, both outputs are kept up to 64 KiB, the exit code is a fact', async () => {
    const words = ['two words', 'say "so"', 'C:\\Program Files\\x\\', 'a\\\\"b', '', '$HOME `x` %PATH% ;&|']
    const echo = 'process.stdout.write(JSON.stringify(process.argv.slice(1)))'
    const stdin = "process.stdin.on('end', () => { process.stderr.write('closed'); process.exitCode = 7 }).resume()"
    const long = "process.stdout.write('x'.repeat(300000))"
    const answers = await here.run(`return @((${node(echo, 30, ...words)}), (${node(stdin, 30)}), (${node(long, 30)}))`)
    const [echoed, closed, cut] = z.tuple([program, program, program]).parse(answers)
    expect({ ...echoed, output: JSON.parse(echoed.output) as unknown }).toEqual({ exitCode: 0, output: words, timedOut: false })
    expect(closed).toEqual({ exitCode: 7, output: 'closed', timedOut: false })
    expect(cut).toEqual({ exitCode: 0, output: 'x'.repeat(65_536), timedOut: false })
  })

  test('a program that hangs is killed at its limit with its children, and what it said until then is kept', async () => {
    const pids = join(here.folder, 'pids')
    const child = 'setInterval(() => {}, 1000)'
    const parent = `const { spawn } = require('node:child_process')
      const child = spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit' })
      require('node:fs').writeFileSync(${JSON.stringify(pids)}, process.pid + ' ' + child.pid)
      process.stdout.write('begun'); setInterval(() => {}, 1000)`
    const end = program.parse(await here.run(`return ${node(parent, 3)}`))
    expect(end).toEqual({ exitCode: null, output: 'begun', timedOut: true })
    const killed = (await readFile(pids, 'utf8')).split(' ').map(Number)
    for (const pid of killed) expect(stateOf(pid)).toMatch(/^Z?$/)
  })

  test('a child that outlives its parent does not hold up the answer', async () => {
    const orphan = `const { spawn } = require('node:child_process')
      const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'inherit', detached: true })
      process.stdout.write(String(child.pid)); child.unref(); process.exit(0)`
    const end = program.parse(await here.run(`return ${node(orphan, 50)}`))
    process.kill(Number(end.output))
    expect(end).toMatchObject({ exitCode: 0, timedOut: false })
  })

  test('files: hash, list, rename, delete and whole writes, on real ones', async () => {
    const path = join(here.folder, 'a.xrm-ms')
    const told = await here.run(`
      Write-VdpText -Path '${path}' -Text 'one'; Write-VdpText -Path '${path}' -Text 'Änderung'
      $file = Get-VdpFile -Path '${path}'
      $found = @(Get-VdpChildPath -Folder '${here.folder}' -Filter *.xrm-ms)
      Move-VdpFile -Path '${path}' -To '${path}.bar'
      $moved = @(Get-VdpChildPath -Folder '${here.folder}' -Filter *.bar -Recurse)
      $text = Read-VdpText -Path '${path}.bar'
      Remove-VdpFile -Path '${path}.bar'; Remove-VdpFile -Path '${path}.bar'
      return @{ file = $file; found = $found; moved = $moved; text = $text; gone = (Get-VdpFile -Path '${path}.bar'); none = (Read-VdpText -Path '${path}') }`)
    const sha256 = createHash('sha256').update('Änderung').digest('hex')
    expect(told).toEqual({
      file: { path, bytes: 9, sha256, modified: expect.stringMatching(/^\d{4}-.*Z$/) },
      found: [path],
      moved: [`${path}.bar`],
      text: 'Änderung',
      gone: null,
      none: null,
    })
  })

  test('names and ports: an open one, a closed one, a name that nobody has', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const asked = (at: number) => `(Test-VdpPort -Machine 127.0.0.1 -Port ${String(at)})`
    try {
      expect(
        await here.run(`return @(${asked(port)}, (Test-VdpName -Name localhost), (Test-VdpName -Name no.such.invalid))`),
      ).toEqual([true, true, false])
    } finally {
      server.close()
    }
    await once(server, 'close')
    expect(await here.run(`return ${asked(port)}`)).toBe(false)
  })

  test('a program that is not there is a failure of kind native', async () => {
    const tried =
      "try { Invoke-VdpNative -Program '/nothing/here.exe' -TimeoutSeconds 5 } catch { ConvertTo-VdpHostError -ErrorRecord $_ }"
    expect(await here.run(`return ${tried.replace('try', '$(try')})`)).toMatchObject({ kind: 'native' })
  })
})
