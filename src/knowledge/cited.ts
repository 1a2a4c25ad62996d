import { sourcesOf } from './entries.ts'
import type { Source } from './entry.ts'

/** A part of a citation: the key of a source, and the place in it. */
interface Part {
  readonly key: string
  readonly place: string | null
}

/** The parts of a citation such as `pvs-guide (84, 199); article (step 8)`; a page of this program is `docs: operations`. */
export function partsOf(cited: string): readonly Part[] {
  return cited.split('; ').map((part) => {
    const [, key = part, place = null] = /^([\w-]+)(?: \((.*)\))?$/.exec(part) ?? []
    return { key, place }
  })
}

/** What a citation names, by title and address. */
export function citedSources(cited: string): readonly Source[] {
  return partsOf(cited).flatMap(({ key, place }) => {
    if (key.startsWith('docs: ')) return [{ title: key, where: 'docs' }]
    return sourcesOf([key]).map((source) => (place === null ? source : { ...source, title: `${source.title} (${place})` }))
  })
}

/** A citation in Markdown, each source led to its place on the page of sources. */
export function linked(cited: string): string {
  return partsOf(cited)
    .map(
      ({ key, place }) =>
        `${key.startsWith('docs: ') ? key : `[${key}](sources.md#${key})`}${place === null ? '' : ` (${place})`}`,
    )
    .join('; ')
}
