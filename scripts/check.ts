import { spawn } from 'node:child_process'

/** Checks that run one after the other beside the slowest of them. */
const LANES = [['lint'], ['types', 'format', 'imports', 'dead', 'sizes']] as const

/** Runs a script of the package and prints what it said once it has ended. Whether it passed. */
async function passes(script: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<number | null>()
  const child = spawn('npm', ['run', '-s', script], { stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (said += piece.toString()))
  child.once('error', (thrown) => {
    said += thrown.message
    resolve(1)
  })
  child.once('close', resolve)
  const code = await promise
  process.stdout.write(`${said}${code === 0 ? '' : `FAILED: npm run ${script}\n`}`)
  return code === 0
}

async function inTurn(scripts: readonly string[]): Promise<boolean> {
  let whole = true
  for (const script of scripts) whole = (await passes(script)) && whole
  return whole
}

const lanes = await Promise.all(LANES.map(inTurn))
if (!lanes.every(Boolean)) process.exitCode = 1
