import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { diskFiles } from '../../../workflow/file-reader.ts'
import type { Settings } from '../../../workflow/settings.ts'

type Env = Readonly<Record<string, string | undefined>>

/** Where the settings of this person lie: the file that VDISKPREP_CONFIG names, else the platform's place. */
export function settingsPlace(env: Env, platform: string, home: string): string {
  const named = env['VDISKPREP_CONFIG'] ?? ''
  if (named !== '') return named
  const folder = platform === 'win32' ? env['APPDATA'] : env['XDG_CONFIG_HOME']
  // A relative path in XDG_CONFIG_HOME is to be ignored: XDG Base Directory Specification.
  const base = folder !== undefined && /^(\/|[A-Za-z]:[\\/]|\\\\)/.test(folder) ? folder : join(home, '.config')
  return join(base, 'vdiskprep', 'config.yaml')
}

/** The same for whoever runs this process. */
export function settingsPlaceHere(env: Env): string {
  const home = env['HOME'] === undefined || env['HOME'] === '' ? homedir() : env['HOME']
  return settingsPlace(env, process.platform, home)
}

/** The settings of this person; without a file nothing is loaded to read it. Rejects with SETTINGS_INVALID and every problem of the file. */
export async function settingsHere(env: Env): Promise<Settings> {
  const place = settingsPlaceHere(env)
  const named = (env['VDISKPREP_CONFIG'] ?? '') !== ''
  if (!named && !existsSync(place)) return { options: {}, notify: {} }
  const { readSettings } = await import('../../../workflow/settings.ts')
  return readSettings(place, diskFiles(''))
}
