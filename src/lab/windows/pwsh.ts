import { execFile } from 'node:child_process'

/** The PowerShell that this machine starts: what VDISKPREP_PWSH names, else pwsh on the PATH; its version, or undefined when there is none. */
export async function findPwsh(
  env: NodeJS.ProcessEnv = process.env,
): Promise<{ readonly program: string; readonly version: string } | undefined> {
  const program = env['VDISKPREP_PWSH'] ?? 'pwsh'
  const words = ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', '"$($PSVersionTable.PSVersion)"']
  const version = await new Promise<string | undefined>((resolve) => {
    execFile(program, words, { timeout: 60_000 }, (failed, said) => {
      resolve(failed === null ? said.trim() : undefined)
    })
  })
  return version === undefined ? undefined : { program, version }
}
