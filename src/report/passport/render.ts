import type { AnyStateNode } from 'xstate'
import { pageHtml } from '../page/html.ts'
import { pageMarkdown } from '../page/markdown.ts'
import { escaped } from '../page/shell.ts'
import { passportPage } from './page.ts'
import { passport, type Passport } from './passport-shape.ts'
import { routeOf } from './route.ts'

/** The drawings of a passport take their colours from the page. Graphviz writes colours as attributes, which rules override. */
const STYLE = `
.timeline .step{fill:var(--one)}.timeline .skipped{fill:var(--faint)}.timeline .held{fill:var(--bad)}.timeline .approval{fill:var(--warn)}.timeline .undriven{fill:var(--paper);stroke:var(--faint);stroke-dasharray:2 2}.timeline .grid{stroke:var(--line)}
.route{display:block;max-width:37rem;margin:auto}.route .graph>polygon{fill:none}.route text{font-size:11px;fill:var(--faint)}.route .edge text{font-size:9px}.route .node path{stroke:var(--line);fill:none}.route .node ellipse{fill:var(--one);stroke:var(--one)}
.route .edge path{stroke:var(--line)}.route .edge polygon{fill:var(--line);stroke:var(--line)}.route .took text{fill:var(--ink)}.route .node.took path{stroke:var(--one);stroke-width:2;fill:var(--soft)}
.route .node.skipped path{stroke-dasharray:4 3}.route .node.held path,.route .node.failed path{stroke:var(--bad)}.route .edge.took path{stroke:var(--one);stroke-width:2}.route .edge.took polygon{fill:var(--one);stroke:var(--one)}
@media print{.route{max-height:22cm}}
`

const BEFORE = '<template id="passport">'
const AFTER = '</template>'

/** A passport as one HTML file: no script, no network. Its data lies in a template that no browser shows, for `audit verify`. */
export async function passportHtml(data: Passport, root: AnyStateNode): Promise<string> {
  const page = passportPage(data, await routeOf(data, root))
  return pageHtml(page, { style: STYLE, after: `${BEFORE}${escaped(asciiJson(data))}${AFTER}` })
}

/** A passport as Markdown, its chart as Mermaid. */
export async function passportMarkdown(data: Passport, root: AnyStateNode): Promise<string> {
  return pageMarkdown(passportPage(data, await routeOf(data, root)))
}

/** What a file says that is a passport, as `report --json` or `report --html` wrote it; null for anything else. */
export function passportIn(text: string): { readonly form: 'json' | 'html'; readonly data: Passport } | null {
  const from = text.indexOf(BEFORE)
  const inside = from === -1 ? text : unescaped(text.slice(from + BEFORE.length, text.indexOf(AFTER, from)))
  try {
    const { success, data } = passport.safeParse(JSON.parse(inside))
    return success ? { form: from === -1 ? 'json' : 'html', data } : null
  } catch {
    return null
  }
}

/** Plain signs alone: what a page shows by its number has to come back as it was. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function unescaped(text: string): string {
  const signs: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' }
  return text.replaceAll(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => signs[name] ?? '')
}
