import { cp, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { readAgents, readBootstrap, readInstalled } from '../../src/remote/agent-files.ts'
import { installedCommand, installedFiles, withoutSignature } from '../../src/remote/installed.ts'
import { bundleOf, installedBundle } from '../../src/remote/session/bundle.ts'
import type { Role } from '../../src/wire/operations/catalogue.ts'
import { AGENTS_FOLDER } from '../fixtures/powershell.ts'
import { temporaryFolder } from './rigs.ts'

/** What a link of 1 Mbit/s carries in two seconds, base64 twice over. */
const MOST_KIB = 128

describe('the agents of a role', () => {
  test.each(['target', 'pvs', 'kms'] as const)(
    '%s: are small enough for a slow link, without comments, and ASCII',
    async (role: Role) => {
      const text = await readAgents(AGENTS_FOLDER, role)
      expect(text.length / 1024).toBeLessThan(MOST_KIB)
      expect(text).toMatch(/^[\n\x20-\x7e]+$/)
      expect(text).not.toMatch(/\.SYNOPSIS|^\s*#(?! )/m)
    },
  )

  test('are the same text from files with other line ends, and in another place', async () => {
    const folder = await temporaryFolder()
    await cp(AGENTS_FOLDER, folder.path, { recursive: true })
    for (const name of (await readdir(folder.path, { recursive: true })).filter((one) => one.endsWith('.ps1'))) {
      const file = join(folder.path, name)
      await writeFile(file, (await readFile(file, 'utf8')).replaceAll('\n', '\r\n'))
    }
    for (const role of ['target', 'pvs', 'kms'] as const) {
      const text = await readAgents(AGENTS_FOLDER, role)
      expect(bundleOf(await readAgents(folder.path, role)).sha256).toBe(bundleOf(text).sha256)
      expect(installedBundle(text)).toEqual({ sha256: bundleOf(text).sha256, parts: [] })
    }
    await folder.remove()
  })
})

describe('the files of installed agents', () => {
  test('hold the way from the file beside them and no other', async () => {
    const texts = {
      bootstrap: await readBootstrap(AGENTS_FOLDER),
      installed: await readInstalled(AGENTS_FOLDER),
      agents: '# agents\n',
    }
    const files = installedFiles(texts)
    expect([...files.keys()]).toEqual(['Agents.ps1', 'Bootstrap.ps1', 'OneShot.ps1'])
    for (const name of ['Bootstrap.ps1', 'OneShot.ps1']) {
      expect(files.get(name)?.match(/function Receive-VdpAgents/g)).toHaveLength(1)
      expect(files.get(name)).not.toMatch(/scriptblock|Invoke-Expression/i)
    }
    // A text that names it makes PowerShell read stdin before the script begins.
    expect(files.get('Bootstrap.ps1')).not.toMatch(/\$input\b/i)
    expect(files.get('OneShot.ps1')).toMatch(/@\(\$input\)/)
    expect(() => installedFiles({ ...texts, bootstrap: 'function Other { }' })).toThrow('receives no agents')
  })

  test('are started by a line without anything encoded, in which only blanks need quotes', () => {
    const line = installedCommand('C:\\Program Files\\vdiskprep\\', 'session')
    expect(line).toMatch(
      /^C:\\Windows\\\S+powershell\.exe -NoLogo -NoProfile -NonInteractive -ExecutionPolicy RemoteSigned -File "[^"]+"$/,
    )
    expect(line).toContain('-File "C:\\Program Files\\vdiskprep\\Bootstrap.ps1"')
    expect(installedCommand('D:\\vdiskprep', 'one-shot')).toMatch(/-File D:\\vdiskprep\\OneShot\.ps1$/)
  })

  test('are the same with a signature behind them, and not with more than that', () => {
    const block = '\r\n# SIG # Begin signature block\r\n# MIIF\r\n# SIG # End signature block\r\n'
    expect(withoutSignature(`a\n${block}`)).toEqual({ text: 'a\n', signed: true })
    expect(withoutSignature('a\n')).toEqual({ text: 'a\n', signed: false })
    expect(withoutSignature(`a\n${block}b\n`)).toEqual({ text: `a\n${block}b\n`, signed: false })
  })
})
