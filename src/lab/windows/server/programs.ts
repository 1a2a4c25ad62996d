import { playScript } from '../../agent/hook-script.ts'
import { copyEverywhere } from '../../model/replicas.ts'
import { rightHolders } from '../../model/rights.ts'
import { spoken } from '../../model/words.ts'
import { SurfaceError, type ServerDesk } from '../surface.ts'
import type { ProgramEnd, ProgramStart } from '../windows.ts'
import { RIGHT } from './rights.ts'

/** icacls: the lab keeps no access lists. */
export function icacls({ server }: ServerDesk): Promise<ProgramEnd> {
  const output = spoken(server.language, 'Successfully processed 1 files; Failed processing 0 files\r\n')
  return Promise.resolve({ exitCode: 0, output, timedOut: false })
}

/** A hook's script; `robocopy` in it copies the files of every vDisk to the other servers. */
export async function hook(desk: ServerDesk, { hook: file, timeoutSeconds }: ProgramStart): Promise<ProgramEnd> {
  if (file === undefined) throw new SurfaceError('unmodelled', 'PowerShell without a hook')
  const { script } = JSON.parse(file) as { script: string }
  const end = await playScript(desk, desk.server.name, script, timeoutSeconds)
  if (!end.timedOut && /\brobocopy\b/i.test(script)) copyEverywhere(desk.farm, desk.server)
  return end
}

/** secedit /export /cfg FILE /areas USER_RIGHTS /quiet. Source: pvs.md 7.3. */
export function secedit(desk: ServerDesk, { arguments: words }: ProgramStart): Promise<ProgramEnd> {
  const [verb, cfg, file, areas, area] = words
  if (verb !== '/export' || cfg !== '/cfg' || file === undefined || areas !== '/areas' || area !== 'USER_RIGHTS') {
    throw new SurfaceError('unmodelled', `secedit ${words.join(' ')}`)
  }
  const holders = rightHolders(desk.server).map((sid) => `*${sid}`)
  const text = ['[Unicode]', 'Unicode=yes', '[Privilege Rights]', 'SeBackupPrivilege = *S-1-5-32-544']
  if (holders.length > 0) text.push(`${RIGHT} = ${holders.join(',')}`)
  desk.left.files.set(file, { text: `${text.join('\r\n')}\r\n`, modified: desk.farm.time.now() })
  return Promise.resolve({ exitCode: 0, output: '', timedOut: false })
}
