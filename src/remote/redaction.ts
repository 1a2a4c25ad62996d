/** Stands where a secret stood. */
export const REDACTED = '[secret]'

/** Knows every secret this process has seen and takes them out of texts that leave it. */
export interface Redactor {
  learn(secret: string): void
  redact(text: string): string
}

/** A redactor that knows nothing yet. A secret is also found as it stands inside a JSON text, and in base64; of a secret of several lines
 *  each line of eight characters or more counts by itself. */
export function createRedactor(): Redactor {
  const known = new Set<string>()
  let longestFirst: readonly string[] = []
  return {
    learn(secret) {
      const lines = secret.split(/\r?\n/).filter((line) => line.length >= 8)
      for (const form of [secret, ...lines]) {
        if (form === '') continue
        known.add(form).add(JSON.stringify(form).slice(1, -1))
        known.add(Buffer.from(form, 'utf8').toString('base64'))
      }
      longestFirst = [...known].sort((a, b) => b.length - a.length)
    },
    redact: (text) => longestFirst.reduce((rest, secret) => rest.replaceAll(secret, REDACTED), text),
  }
}
