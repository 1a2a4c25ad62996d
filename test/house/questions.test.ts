import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { printed, questions } from '../../scripts/questions/questions.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/questions.md'), 'utf8')
/** All commands that need no farm with VDISKPREP_DEEP=1, two in a short run; those on a farm are proved by the examples. */
const offline = questions().flatMap(({ run }) => run.filter((command) => !command.includes('--lab')))
const typed = process.env['VDISKPREP_DEEP'] === '1' ? offline : offline.slice(0, 2)

describe('the page of questions', () => {
  test('has every question with its commands', () => {
    const missing = questions().flatMap(({ asked, run }) => [`## ${asked}`, ...run.map((one) => `$ vdiskprep ${one}`)])
    expect(missing.filter((line) => !page.includes(line))).toEqual([])
  })

  test.each(typed)(
    'shows what is printed for: %s',
    async (command) => {
      expect(page).toContain(`$ vdiskprep ${command}\n${await printed(command)}\n`)
    },
    30_000,
  )
})
