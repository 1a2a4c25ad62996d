const ENCODED = /[A-Za-z0-9+/_-]{6,}={0,2}/g
const ESCAPE = /\\+u([0-9a-f]{4})|\\+([nrt])|\\+(["\\/])|_x([0-9a-f]{4})_|((?:%[0-9a-f]{2})+)/gi

/** How often an escaped text may have been escaped again and still be read here. */
const DEPTH = 8

/** A line of JSON without secrets, or undefined when one cannot be cut out. `redact` knows them and takes them out as they are; here the line
 *  is also looked at as a reader could undo it (base64 at any offset, of UTF-8 or UTF-16; escapes of JSON, CLIXML and URLs; broken over
 *  lines). Secrets cut into several lines of the diary are not found. */
export function veiled(line: string, redact: (text: string) => string): string | undefined {
  const shows = (text: string) => redact(text) !== text
  const showsDecoded = (run: string) => decodings(run).some((text) => shows(text) || shows(unescaped(text)))
  const cut = redact(line).replaceAll(ENCODED, (run) => (showsDecoded(run) ? '[encoded secret]' : run))
  const views = [cut, unescaped(cut)].flatMap((view) => [view, view.replaceAll(/\s+/g, '')])
  const isClean = !views.some(shows) && !views.flatMap((view) => view.match(ENCODED) ?? []).some(showsDecoded)
  return isClean && isJson(cut) ? cut : undefined
}

/** What a run of base64 letters may stand for: its text may begin at any of the first four. */
function decodings(run: string): string[] {
  const parts = [0, 1, 2, 3].map((offset) => Buffer.from(run.slice(offset), 'base64'))
  return parts.flatMap((part) => [part.toString('utf8'), part.toString('utf16le'), part.subarray(1).toString('utf16le')])
}

function unescaped(text: string): string {
  let before = text
  for (let depth = 0; depth < DEPTH; depth += 1) {
    const after = before.replaceAll(ESCAPE, (_, json?: string, white?: string, mark?: string, clixml?: string, url?: string) => {
      const code = json ?? clixml
      if (code !== undefined) return String.fromCharCode(parseInt(code, 16))
      if (url !== undefined) return Buffer.from(url.replaceAll('%', ''), 'hex').toString('utf8')
      return white === undefined ? (mark ?? '') : '\n'
    })
    if (after === before) break
    before = after
  }
  return before
}

/** Cutting out a secret such as a quotation mark breaks the line. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
