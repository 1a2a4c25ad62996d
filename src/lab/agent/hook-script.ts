import type { FactsOf } from '../../wire/operations/catalogue.ts'
import { happened, type Farm } from '../model/farm.ts'

const KNOWN = 'Start-Sleep, Write-Output, exit, Restart-Computer on a target and robocopy on a server'

/** What the lab makes of a hook's script: it runs none and knows a few words. `robocopy` on a server stands for copying the files of its
 *  vDisks to the other servers. A script that is stopped by its limit has done nothing. */
export async function playScript(
  desk: { readonly farm: Farm; spend(ms: number): Promise<void> },
  machine: string,
  script: string,
  timeoutSeconds: number,
): Promise<FactsOf<'Invoke-VdpHook'>['program']> {
  const sleeps = Number(/Start-Sleep(?:\s+-Seconds)?\s+(\d+)/i.exec(script)?.[1] ?? 1)
  const timedOut = sleeps > timeoutSeconds
  await desk.spend(Math.min(sleeps, timeoutSeconds) * 1000)
  const exit = Number(/\bexit\s+(\d+)/i.exec(script)?.[1] ?? 0)
  happened(desk.farm, machine, { did: 'hook', exit })
  const said = [...script.matchAll(/Write-Output\s+'([^']*)'/gi)].map(([, text = '']) => `${text}\r\n`)
  return { exitCode: timedOut ? null : exit, output: `${said.join('')}The lab runs no scripts: it knows ${KNOWN}.\r\n`, timedOut }
}
