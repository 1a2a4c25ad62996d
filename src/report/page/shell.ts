/** Colours and letters that all pages of this program share: light and dark by the reader's setting, dark ink on white paper. On a narrow screen
 *  each row of a table becomes a small list, its column's name (`data-of`) before each value. */
const STYLE = `
:root{color-scheme:light dark;--ink:#1a1d21;--faint:#5c6670;--line:#d5dae0;--paper:#fff;--soft:#f3f5f7;--bad:#b3261e;--warn:#8a5300;--good:#1d6b35;--one:#1f5fbf;--two:#a15c00}
@media(prefers-color-scheme:dark){:root{--ink:#e4e7ea;--faint:#9aa5b1;--line:#3a424b;--paper:#15181c;--soft:#1e2329;--bad:#ff8a80;--warn:#ffb95e;--good:#7ddb9a;--one:#7fb2ff;--two:#ffb95e}}
@media print{:root{--ink:#000;--faint:#444;--line:#bbb;--paper:#fff;--soft:#fff;--bad:#900;--warn:#640;--good:#050;--one:#024;--two:#640}}
body{font:15px/1.45 system-ui,sans-serif;color:var(--ink);background:var(--paper);margin:2rem auto;max-width:60rem;padding:0 1rem}
main{display:block}.keep{white-space:nowrap}h1{font-size:1.4rem;margin:0}h2{font-size:1.05rem;margin:2rem 0 .5rem}p{margin:.3rem 0}.faint{color:var(--faint)}.bad{color:var(--bad)}.warn{color:var(--warn)}.good{color:var(--good)}
.head{font-size:1.15rem;font-weight:600;margin:1.2rem 0 .2rem}code,.mono{font-family:ui-monospace,Consolas,monospace;font-size:.9em}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.25rem .6rem .25rem 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:break-word}
th{font-weight:600;color:var(--faint)}svg{width:100%;height:auto}svg text{font:11px system-ui,sans-serif;fill:var(--faint)}
@media print{body{margin:0;max-width:none;font-size:11px}h2{break-after:avoid}tr,svg{break-inside:avoid}}
@media(max-width:40rem){body{margin:1rem auto}table,tbody,tr,td{display:block}thead{display:none}tr{border-bottom:1px solid var(--line);padding:.3rem 0}
td{border:0;padding:.1rem 0}td::before{content:attr(data-of);color:var(--faint);margin-right:.5rem}td:empty{display:none}.keep{white-space:normal}}
`

/** A whole page in one file that needs nothing else: no script and no network, and a policy that forbids both. `title` is plain text, `style`
 *  what the page adds of its own, `body` HTML. */
export function shell({
  title,
  style,
  body,
}: {
  readonly title: string
  readonly style: string
  readonly body: readonly string[]
}): string {
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">` +
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">` +
    `<title>${escaped(title)}</title><style>${STYLE}${style}</style></head><body>\n${body.filter((one) => one !== '').join('\n')}\n</body></html>\n`
  )
}

/** A text as it may stand in HTML, also inside an attribute. Signs that no document may hold, and those that turn the direction of what is
 *  read after them, are shown by their number. */
export function escaped(text: string): string {
  return text
    .replaceAll(UNSHOWABLE, (sign) => `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

/** Control signs but tab and line ends, lone halves of surrogate pairs, and marks of direction (Unicode UAX #9). */
const UNSHOWABLE = /[^\P{Cc}\t\n\r]|\p{Cs}|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu
