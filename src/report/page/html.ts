import { plain, type Block, type Cell, type Page, type Section } from './blocks.ts'
import { escaped, shell } from './shell.ts'

const STYLE = `
.plain{color:var(--ink)}dl{display:grid;grid-template-columns:minmax(9rem,14rem) 1fr;margin:0}dt,dd{margin:0;padding:.25rem .6rem .25rem 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
dt{color:var(--faint)}dd span.v{display:block}ul{margin:.3rem 0;padding-left:1.2rem}td{overflow-wrap:anywhere}td:first-child{min-width:8rem}figure{margin:.5rem 0;overflow-x:auto}figure svg{display:block;min-width:34rem}table{font-size:.93em}
@media print{table{font-size:9px}dl{grid-template-columns:10rem 1fr}dt,dd,th,td{padding:.1rem .5rem .1rem 0}figure svg{min-width:0}}
@media(max-width:40rem){dl{grid-template-columns:1fr}dt{border:0;padding-bottom:0}}
`

/** A page as HTML; `style` and `after` are what a kind of page adds: rules for its pictures, and data behind the last section. */
export function pageHtml(
  page: Page,
  { style = '', after = '' }: { readonly style?: string; readonly after?: string } = {},
): string {
  const { title, headline, means = [], about, sections } = page
  return shell({
    title,
    style: STYLE + style,
    body: [
      '<main>',
      `<h1>${escaped(title)}</h1>`,
      `<p class="head ${headline.as}">${escaped(headline.text)}</p>`,
      ...means.map((line) => `<p>${escaped(line)}</p>`),
      ...about.map((line) => `<p class="faint">${escaped(line)}</p>`),
      ...sections.map(section),
      '</main>',
      after,
    ],
  })
}

function section({ title, blocks }: Section): string {
  return `<section><h2>${escaped(title)}</h2>\n${blocks.map(block).join('\n')}\n</section>`
}

function block(one: Block): string {
  switch (one.is) {
    case 'text':
      return `<p>${cell(one.text)}</p>`
    case 'list':
      return `<ul>${one.items.map((item) => `<li>${cell(item)}</li>`).join('')}</ul>`
    case 'pairs':
      return `<dl>${one.rows.map(([label, ...values]) => `<dt>${escaped(label)}</dt><dd>${values.map((value) => `<span class="v">${cell(value)}</span>`).join('')}</dd>`).join('\n')}</dl>`
    case 'table':
      return table(one.columns, one.rows)
    case 'picture':
      return `<figure tabindex="0" role="group" aria-label="${escaped(one.title)}">${one.svg.replace('<svg ', `<svg role="img" aria-label="${escaped(one.says)}" `)}</figure>`
  }
}

function table(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const head = columns.map((column) => `<th scope="col">${escaped(column)}</th>`).join('')
  const lines = rows.map(
    (row) => `<tr>${row.map((value, at) => `<td data-of="${escaped(columns[at] ?? '')}">${cell(value)}</td>`).join('')}</tr>`,
  )
  return `<table><thead><tr>${head}</tr></thead><tbody>\n${lines.join('\n')}\n</tbody></table>`
}

function cell(value: Cell): string {
  const text = escaped(plain(value)).replaceAll('\n', '<br>')
  if (typeof value === 'string') return text
  return value.as === 'mono' ? `<code>${text}</code>` : `<span class="${value.as}">${text}</span>`
}
