import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import { PLANTED } from './planted.ts'

/** The plans of every day; `npm run product` walks all of them. */
const DAILY = ['office first', 'copied image']

/** Walks in a process of its own: the states of a product are many, and a test's own process stays light. */
async function walked(...args: readonly string[]): Promise<string> {
  const walk = promisify(execFile)(process.execPath, [join(import.meta.dirname, 'walk.ts'), ...args], { maxBuffer: 1 << 26 })
  const { stdout } = await walk.catch((failed: unknown) => failed as { readonly stdout: string })
  return stdout
}

describe('the product of the chart and its monitor', () => {
  test.each(DAILY)(
    'breaks no property: %s',
    async (name) => {
      const said = await walked('--only', name)
      expect(said).not.toMatch(/BROKEN|UNLIKE/)
      expect(said).toMatch(/[0-9]{4} states .*\n\n0 broken of these properties/)
    },
    180_000,
  )

  test('names each fault planted in the chart by the property that has to see it', async () => {
    const said = (await walked('--planted')).trim().split('\n')
    const wanted = PLANTED.map(({ fault, seenBy }) => `seen    ${fault}: ${seenBy}`)
    expect(said.map((line) => line.replace(/ \([^(]*\)$/, ''))).toEqual(wanted)
  }, 180_000)
})
