const FORM = /^((?:env|file|prompt):.+?)(?: \.\.\.([A-Z0-9]{5}))?$/s

/** A product key of a site's own, as plans, effect rows and the journal carry it: where it is found, and once it was read its last five
 *  characters. The key itself is put into a request at the moment of sending. */
export interface OwnKey {
  readonly reference: string
  readonly lastFive: string | null
}

/** Reads the text of an own key; undefined for a key in clear, which is a public one. */
export function ownKey(text: string): OwnKey | undefined {
  const match = FORM.exec(text)
  return match?.[1] === undefined ? undefined : { reference: match[1], lastFive: match[2] ?? null }
}

/** The text of an own key whose value was read. */
export function ownKeyText(reference: string, key: string): string {
  return `${reference} ...${key.slice(-5)}`
}
