import { execFile } from 'node:child_process'

/** A PowerShell that answered with its version. */
export interface Pwsh {
  readonly program: string
  readonly version: string
}

/** The PowerShell that this machine starts: what VDISKPREP_PWSH names, else pwsh on the PATH; or why there is none. */
export async function findPwsh(env: NodeJS.ProcessEnv = process.env): Promise<Pwsh | { readonly why: string }> {
  const named = env['VDISKPREP_PWSH']
  const program = named ?? 'pwsh'
  const words = ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', '"$($PSVersionTable.PSVersion)"']
  return await new Promise((resolve) => {
    execFile(program, words, { timeout: 60_000 }, (failed, said, complained) => {
      if (failed === null) resolve({ program, version: said.trim() })
      else if (failed.code === 'ENOENT') resolve({ why: named === undefined ? 'no pwsh on the PATH' : `no program ${named}` })
      else if (failed.killed === true) resolve({ why: `${program} did not answer within 60 s` })
      else resolve({ why: `${program} does not start: ${complained.trim().split('\n')[0] || failed.message}` })
    })
  })
}
