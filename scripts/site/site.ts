import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import Eleventy from '@11ty/eleventy'
import { VERSION } from '../../src/version.ts'
import { markdown, type Heading } from './markdown.ts'
import { groupsOfPages, placeOf } from './navigation.ts'

const ROOT = join(import.meta.dirname, '../..')
const HERE = join('scripts', 'site')

/** A page as it is read. */
interface Page {
  readonly path: string
  readonly place: string
  readonly text: string
  readonly heading: string
}

function pageAt(path: string): Page {
  const text = readFileSync(join(ROOT, path), 'utf8')
  return { path, place: placeOf(path), text, heading: /^# (.*)$/m.exec(text)?.[1] ?? path }
}

/** Builds the site into a folder that is new or holds an earlier one. Its pages lie as in the repository, so that every link between them is relative and
 *  opens from disk. Resolves with the number of pages. */
async function build(to: string): Promise<number> {
  if (existsSync(to) && !existsSync(join(to, 'headings.js'))) throw new Error(`${to} holds something else than a site`)
  rmSync(to, { recursive: true, force: true })
  const groups = groupsOfPages().map(({ title, pages }) => ({ title, pages: pages.map(pageAt) }))
  const all = groups.flatMap(({ pages }) => pages)
  const headings: (readonly [string, string, string])[] = []
  const files = new Set<string>()
  const eleventy = new Eleventy(HERE, to, {
    quietMode: true,
    configPath: null,
    config: (config) => {
      config.setUseGitIgnore(false)
      config.setIncludesDirectory('.')
      config.setTemplateFormats(['md'])
      const own: Heading[] = []
      const made = markdown({ headings: own, files })
      config.setLibrary('md', {
        render: (text: string, { path, place, heading }: Page) => {
          own.length = 0
          const html = made.render(text, { page: path })
          headings.push(...own.map((one, at) => [at === 0 ? place : `${place}#${one.place}`, heading, one.words] as const))
          return html
        },
      })
      all.forEach((page, at) => {
        config.addTemplate(join(HERE, page.path), page.text, {
          ...page,
          layout: 'page.liquid',
          permalink: page.place,
          templateEngineOverride: 'md',
          root: '../'.repeat(page.place.split('/').length - 1),
          groups: groups.map((group) => ({ ...group, open: group.pages.includes(page) || group.title === 'Start' })),
          next: all[at + 1] ?? null,
          css: readFileSync(join(ROOT, HERE, 'page.css'), 'utf8'),
          version: VERSION,
        })
      })
    },
  })
  await eleventy.write()
  writeFileSync(join(to, 'headings.js'), `const HEADINGS = ${JSON.stringify(headings)}\n`)
  for (const file of files) {
    if (!existsSync(join(ROOT, file))) continue
    mkdirSync(dirname(join(to, file)), { recursive: true })
    cpSync(join(ROOT, file), join(to, file), { recursive: true })
  }
  return all.length
}

if (import.meta.main) {
  // Eleventy takes the working folder for its project.
  const { values } = parseArgs({ options: { to: { type: 'string', default: join(ROOT, 'dist/site') } } })
  const to = resolve(values.to)
  process.chdir(ROOT)
  process.stdout.write(`${await build(to)} pages in ${to}: open index.html\n`)
}
