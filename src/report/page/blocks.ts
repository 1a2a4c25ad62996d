/** A piece of text; `as` says what a colour or another letter may repeat. `mono` is an id, a hash or a command,
 *  `keep` stays on one line where there is room. */
export type Cell = string | { readonly text: string; readonly as: 'good' | 'bad' | 'warn' | 'faint' | 'mono' | 'keep' }

/** One thing on a page. A picture brings its own words for those who do not see it, and its Mermaid text where it has one. */
export type Block =
  | { readonly is: 'text'; readonly text: Cell }
  | { readonly is: 'list'; readonly items: readonly Cell[] }
  | { readonly is: 'pairs'; readonly rows: readonly (readonly [label: string, ...values: Cell[]])[] }
  | { readonly is: 'table'; readonly columns: readonly string[]; readonly rows: readonly (readonly Cell[])[] }
  | { readonly is: 'picture'; readonly title: string; readonly svg: string; readonly says: string; readonly mermaid?: string }

/** Blocks under a heading. */
export interface Section {
  readonly title: string
  readonly blocks: readonly Block[]
}

/** A page before it has a form: its first line, what that means, then its sections. Plain data; every text in it is unescaped. */
export interface Page {
  readonly title: string
  readonly headline: { readonly text: string; readonly as: 'good' | 'bad' | 'warn' | 'plain' }
  /** What the first line means for the reader; stands out more than `about`. */
  readonly means?: readonly string[]
  readonly about: readonly string[]
  readonly sections: readonly Section[]
}

/** The text of a cell alone. */
export function plain(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text
}

/** What stands where the journal holds nothing. */
export const NOT_RECORDED: Cell = { text: 'not recorded', as: 'faint' }
