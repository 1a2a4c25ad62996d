import type { Document, ErrorCode } from 'yaml'
import type { Findings } from './findings.ts'
import { lineIndex, lineText, spanIn, type Source } from './source.ts'

/** Reports what the YAML parser refused, in words for people who do not know YAML's grammar. True when the file cannot be used.
 *  Tabs are all shown; of other errors only the first, because the rest mostly follows from it. */
export function explainYamlErrors(source: Source, document: Document.Parsed | Document, found: Findings): boolean {
  const first = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0])[0]
  if (!first) return false
  const tabs = tabbedLines(source)
  const at = lineIndex(source, Math.min(first.pos[0], source.text.length))
  if (first.code === 'TAB_AS_INDENT' || tabs.some((line) => line <= at + 1)) {
    for (const line of tabs) {
      const start = (source.lineStarts[line] ?? 0) + lineText(source, line).indexOf('\t')
      found.add({
        at: spanIn(source, start, start + 1),
        message: 'this line is indented with a tab',
        expected: 'spaces: YAML allows no tabs',
      })
    }
    if (tabs.length > 0) return true
  }
  const text = TEXTS[first.code] ?? { message: 'this is not YAML', expected: null }
  found.add({ at: spanIn(source, first.pos[0], Math.max(first.pos[1], first.pos[0] + 1)), ...text })
  return true
}

function tabbedLines(source: Source): number[] {
  return source.lineStarts.flatMap((_, index) => (/^ *\t[\t ]*[^\t #]/.test(lineText(source, index)) ? [index] : []))
}

interface Words {
  readonly message: string
  readonly expected: string | null
}

const TEXTS: Readonly<Partial<Record<ErrorCode, Words>>> = {
  TAB_AS_INDENT: { message: 'a tab stands here', expected: 'spaces: YAML allows no tabs' },
  MULTIPLE_DOCS: { message: 'a second document begins here', expected: 'one document; several vDisks go under "vdisks:"' },
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'a second ": " stands in this line',
    expected: 'quotes around a text with ": ", or a new line',
  },
  MULTILINE_IMPLICIT_KEY: { message: 'the indentation does not fit here', expected: 'keys of one block in one column' },
  BAD_INDENT: { message: 'the indentation does not fit here', expected: 'keys of one block in one column' },
  MISSING_CHAR: {
    message: 'something is not closed or a ":" is missing',
    expected: 'a closing quote or bracket, or "key: value"',
  },
  UNEXPECTED_TOKEN: { message: 'this does not belong here', expected: '"key: value" or "- item" in its column' },
  BAD_SCALAR_START: { message: 'a text must not begin with this character', expected: 'quotes around the text' },
  BAD_DQ_ESCAPE: {
    message: 'in double quotes a backslash begins an escape',
    expected: "single quotes around paths and accounts: 'HQ\\svc-pvs'",
  },
  TAG_RESOLVE_FAILED: { message: 'tags ("!...") are not used here', expected: 'the value alone' },
  BAD_ALIAS: { message: 'this alias is not complete', expected: '"*name" of an anchor above' },
  BAD_DIRECTIVE: { message: 'directives ("%...") are not used here', expected: 'the keys of the file' },
  RESOURCE_EXHAUSTION: { message: 'nested too deeply', expected: null },
}
