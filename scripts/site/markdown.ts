import { dirname, join, posix } from 'node:path'
import markdownIt from 'markdown-it'
import anchor from 'markdown-it-anchor'
import { placeOf } from './navigation.ts'

/** A heading that can be searched for: its words and where it stands. */
export interface Heading {
  readonly words: string
  readonly place: string
}

/** What rendering all pages came to know. */
export interface Seen {
  readonly headings: Heading[]
  /** Files of the repository that pages lead to and that are no pages. */
  readonly files: Set<string>
}

interface Env {
  readonly page?: string
}

/** The anchor of a heading, as the usual hosts of repositories make it. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
}

/** Markdown to HTML: links lead to pages of the site, tables and code can be scrolled by keys. `env.page` is the page's path in the repository. */
export function markdown(seen: Seen): ReturnType<typeof markdownIt> {
  const made = markdownIt({ html: false, linkify: false, typographer: false })
  made.use(anchor, {
    slugify: anchorOf,
    callback: (_token, { title, slug }) => {
      seen.headings.push({ words: title, place: slug })
    },
  })
  made.core.ruler.push('site-links', ({ tokens, env }) => {
    const { page = 'README.md' } = env as Env
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const to = token.type === 'link_open' ? token.attrGet('href') : null
      if (to !== null) token.attrSet('href', linkFrom(page, to, seen.files))
    }
  })
  const { rules } = made.renderer
  rules['table_open'] = () => '<div class="wide" tabindex="0" role="region" aria-label="table"><table>\n'
  rules['table_close'] = () => '</table></div>\n'
  rules['code_block'] = rules['fence'] = (tokens, at) => codeOf(tokens[at]?.content ?? '', made.utils.escapeHtml)
  return made
}

function linkFrom(page: string, to: string, files: Set<string>): string {
  if (/^[a-z]+:/.test(to) || to.startsWith('#')) return to
  const [path = '', hash] = to.split('#')
  const target = posix.normalize(join(dirname(page), path))
  if (!target.endsWith('.md')) files.add(target)
  const place = posix.relative(dirname(placeOf(page)), placeOf(target))
  return hash === undefined ? place : `${place}#${hash}`
}

/** Code that was typed is told from what was printed: only a `$` begins the first. */
function codeOf(text: string, escape: (text: string) => string): string {
  const lines = text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => (line.startsWith('$ ') ? `<b>${escape(line)}</b>` : escape(line)))
  return `<pre tabindex="0"><code>${lines.join('\n')}</code></pre>\n`
}
