import { expect, test } from '@jest/globals'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cycles, measure, report } from '../../scripts/sizes.ts'

test('files are small: none over 250 lines, half of them at most 90, no function over 60', () => {
  const files = measure(join(import.meta.dirname, '../../src'))
  const lines = files.map((file) => file.lines).sort((one, other) => one - other)
  expect(files.filter((file) => file.lines > 250).map((file) => file.path)).toEqual([])
  expect(lines[Math.floor(lines.length / 2)]).toBeLessThanOrEqual(90)
  expect(cycles(files)).toEqual([])
})

test('the report names the largest file, the longest function and every ring of imports', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vdp-sizes-'))
  try {
    writeFileSync(join(folder, 'one.ts'), "import type { B } from './two.ts'\nexport type A = B\n")
    writeFileSync(
      join(folder, 'two.ts'),
      "import type { A } from './one.ts'\nexport type B = A\nexport function long() {\n  return 1\n}\n",
    )
    const files = measure(folder)
    expect(cycles(files)).toEqual([[expect.stringContaining('one.ts'), expect.stringContaining('two.ts')]])
    expect(report(files)).toMatch(/largest file +5 lines {2}.*two\.ts\n.*\n.*3 lines {2}long in .*two\.ts\ncycles +1/)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
