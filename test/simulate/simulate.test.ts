import { describe, expect, test } from '@jest/globals'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Runs the simulation as `npm run simulate` does: it counts its own time and needs a process for that. Resolves to what it prints. */
async function simulate(...words: readonly string[]): Promise<string> {
  const { stdout } = await run(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'main.ts'), ...words],
    {
      maxBuffer: 16 * 1024 * 1024,
    },
  ).catch((failed: unknown) => failed as { stdout: string })
  return stdout
}

describe('the whole in one process, under simulated time', () => {
  test('breaks no invariant in 40 seeds', async () => {
    const told = await simulate('--seeds', '40')
    expect(told).toContain('no invariant broken')
  }, 180_000)

  test('lives through one seed twice in the same way', async () => {
    const [once, again] = await Promise.all([simulate('--seed', '7', '--trace'), simulate('--seed', '7', '--trace')])
    expect(once).toContain('step.entered {"step":"preflight"')
    expect(again).toBe(once)
  }, 60_000)

  test('sees three planted faults of an engine', async () => {
    const planted = ['started is taken', 'timers are lost', 'intent is written'].flatMap((name) => ['--mutant', name])
    expect(await simulate('--mutants', '--seeds', '400', ...planted)).toContain('all 3 seen')
  }, 180_000)

  test('breaks nothing any more that it once broke', async () => {
    expect(await simulate('--kept')).toContain(', 0 broken')
  }, 180_000)
})
