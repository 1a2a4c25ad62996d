import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { farmFile, type FarmFile } from '../../src/lab/farm-file/schema.ts'
import { inventoryFile } from '../../src/workflow/inventory-schema.ts'
import { settingsFile } from '../../src/workflow/settings-schema.ts'
import { workflowFile } from '../../src/workflow/workflow-schema.ts'
import { questions } from '../../scripts/questions/questions.ts'
import { blocksOf, cutAs, filesOn, shows, typedOn } from './documents/blocks.ts'
import { formOf, mentionsOf, notTyped, proves } from './documents/mentions.ts'
import { Session } from './documents/session.ts'

const ROOT = join(import.meta.dirname, '../..')
const read = (page: string) => readFileSync(join(ROOT, page), 'utf8')

/** On a farm that nothing was done to. */
const FIRST = 'docs/first-farm.md'
/** On one farm and one store, in this order: what the first page does is what the others look at. */
const AFTER_A_RUN = [
  'docs/practice.md',
  'docs/access.md',
  'docs/eight-steps.md',
  'docs/operations.md',
  'docs/diagnosis.md',
  'docs/passport.md',
  'docs/callers.md',
  'README.md',
]

/** Types the commands of a page; resolves with those that do not show what the page shows. UPDATE_GOLDEN=1 writes into the page what is shown. */
async function wrongOn(page: string, at: Session): Promise<readonly object[]> {
  for (const [name, text] of Object.entries(filesOn(read(page)))) writeFileSync(join(at.folder, name), text)
  const wrong: object[] = []
  const fresh: { readonly from: number; readonly to: number; readonly lines: readonly string[] }[] = []
  for (const { program, words, shown, exit, from, to } of typedOn(read(page))) {
    if (program === 'cp') {
      const [source = '', target = ''] = words.split(' ')
      at.copy(source, target)
      continue
    }
    const { code, lines } = await at.type(words)
    const right = shows(shown, lines)
    if (!right || code !== exit) wrong.push({ typed: words, code, printed: lines.join('\n') })
    if (!right) fresh.push({ from, to, lines: cutAs(shown, lines) })
  }
  if (process.env['UPDATE_GOLDEN'] === '1') rewrite(page, fresh)
  return wrong
}

describe('the commands of the pages show what they print, with their exit codes', () => {
  let at: Session

  beforeAll(() => {
    at = new Session()
  })

  afterAll(() => at.close())

  test(
    FIRST,
    async () => {
      const own = new Session()
      try {
        await own.standIn(parse(filesOn(read('docs/practice.md'))['lab.yaml'] ?? '') as FarmFile)
        expect(await wrongOn(FIRST, own)).toEqual([])
      } finally {
        await own.close()
      }
    },
    60_000,
  )

  test.each(AFTER_A_RUN)(
    '%s',
    async (page) => {
      expect(await wrongOn(page, at)).toEqual([])
    },
    120_000,
  )
})

function rewrite(
  page: string,
  typed: readonly { readonly from: number; readonly to: number; readonly lines: readonly string[] }[],
): void {
  const text = read(page).split('\n')
  for (const { from, to, lines } of typed.toReversed()) text.splice(from, to - from, ...lines)
  writeFileSync(join(ROOT, page), text.join('\n'))
}

test('a page that shows other words, or leaves lines out without saying so, is noticed', () => {
  const printed = ['run 8k2mz at 21:40', 'one', 'two', 'three']
  expect(shows(['run 8k2mz at 9:05', '...', 'three'], printed)).toBe(true)
  expect(shows(['run 8k2mz at 9:05', 'three'], printed)).toBe(false)
  expect(shows(['...', 'two', '...', 'one', '...'], printed)).toBe(false)
  expect(shows(['...', 'four'], printed)).toBe(false)
  expect(cutAs(['...', 'two', '...'], printed)).toEqual(['...', 'two', '...'])
})

test('what the pages show as YAML is a workflow, an inventory, settings or a farm', () => {
  const forms = [workflowFile, inventoryFile, settingsFile, farmFile]
  const shown = ['README.md', FIRST, ...AFTER_A_RUN].flatMap((page) =>
    blocksOf(read(page)).filter(({ language }) => language === 'yaml'),
  )
  expect(shown.length).toBeGreaterThan(3)
  expect(shown.filter(({ lines }) => !forms.some((form) => form.safeParse(parse(lines.join('\n'))).success))).toEqual([])
})

describe('every command that the pages name', () => {
  const pages = ['README.md', 'SECURITY.md', ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`)].filter(
    (page) => page.endsWith('.md') && page !== 'docs/questions.md',
  )
  const typed = [
    ...[FIRST, ...AFTER_A_RUN].flatMap((page) => typedOn(read(page)).flatMap(({ words }) => formOf(words) ?? [])),
    ...questions().flatMap(({ run }) => run.flatMap((words) => formOf(words) ?? [])),
  ]
  const listed = notTyped(read('docs/proved.md'))
  const excused = listed.flatMap(({ what }) => formOf(what.replace('vdiskprep ', '')) ?? [])

  test('is typed by a test, with its options, or stands in the list of those that are not', () => {
    const open = pages.flatMap((page) =>
      mentionsOf(read(page)).flatMap((words) => {
        const form = formOf(words)
        return form === null || [...typed, ...excused].some((one) => proves(one, form)) ? [] : [`${page}: ${words}`]
      }),
    )
    expect(open).toEqual([])
  })

  test('stands in that list only when it is named and not typed', () => {
    const named = pages.flatMap((page) => mentionsOf(read(page)).flatMap((words) => formOf(words) ?? []))
    expect(excused.length).toBeGreaterThan(3)
    expect(excused.filter((one) => typed.some((other) => proves(other, one)))).toEqual([])
    expect(excused.filter((one) => !named.some((other) => proves(one, other)))).toEqual([])
  })

  test('for another machine is counted in that list, page by page', () => {
    const lines = pages.flatMap((page) =>
      ['powershell', 'sh'].flatMap((language) => {
        const count = blocksOf(read(page)).flatMap((block) => (block.language === language ? block.lines : [])).length
        return count === 0 ? [] : [`${count} ${count === 1 ? 'line' : 'lines'} of ${language}: ${page}`]
      }),
    )
    const counted = listed.filter(({ what }) => /^\d+ lines? of /.test(what))
    expect(counted.map(({ what, page }) => `${what}: ${page.startsWith('../') ? page.slice(3) : `docs/${page}`}`).sort()).toEqual(
      lines.sort(),
    )
  })

  for (const [why, all] of Map.groupBy(listed, (one) => one.why))
    test.skip(`${all.length} of docs/proved.md are not typed (skipped: ${why})`, () => undefined)
})
