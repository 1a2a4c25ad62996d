import { plain, type Block, type Cell, type Page } from './blocks.ts'

/** A page as Markdown (GitHub's form, for its tables). Nothing in a text can become markup, HTML or a link. */
export function pageMarkdown({ title, headline, means = [], about, sections }: Page): string {
  return [
    `# ${escaped(title)}`,
    `**${escaped(headline.text)}**`,
    ...[...means, ...about].map(escaped),
    ...sections.flatMap((section) => [`## ${escaped(section.title)}`, ...section.blocks.map(block)]),
    '',
  ].join('\n\n')
}

function block(one: Block): string {
  switch (one.is) {
    case 'text':
      return cell(one.text)
    case 'list':
      return one.items.map((item) => `- ${cell(item)}`).join('\n')
    case 'pairs':
      return table(
        ['', ''],
        one.rows.map(([label, ...values]) => [label, { text: values.map(plain).join('\n'), as: 'faint' }]),
      )
    case 'table':
      return table(one.columns, one.rows)
    case 'picture':
      return one.mermaid === undefined ? escaped(one.says) : `\`\`\`mermaid\n${one.mermaid}\n\`\`\`\n\n${escaped(one.says)}`
  }
}

function table(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    line(columns.map(escaped)),
    line(columns.map(() => '---')),
    ...rows.map((row) => line(row.map((value) => cell(value).replaceAll('\n', '<br>')))),
  ].join('\n')
}

function cell(value: Cell): string {
  const text = escaped(plain(value))
  return typeof value !== 'string' && (value.as === 'good' || value.as === 'bad') ? `**${text}**` : text
}

/** What Markdown or HTML would read as a sign of its own is escaped; line ends inside a text stay for the caller. */
function escaped(text: string): string {
  return text
    .replaceAll('\r', '')
    .replaceAll(/[\\`*_[\]|#~>]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/:\/\//g, ':&#47;/')
}
