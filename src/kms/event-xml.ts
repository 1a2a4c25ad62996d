import { SaxesParser } from 'saxes'

/** What one event of Windows holds that a table of requests needs. */
export interface WindowsEvent {
  readonly id: number | null
  /** As it is written; empty when there is none. */
  readonly time: string
  readonly record: number | null
  readonly computer: string | null
  readonly values: readonly string[]
}

/** Reads one `<Event>` element; a text says why it could not be read. Names are compared without prefix: the elements of all name spaces that
 *  Windows uses for events have different names. */
export type EventReader = (text: string) => WindowsEvent | string

/** Makes a reader. Strict: what is not well-formed is not read, and entities other than the five of XML are not well-formed here. */
export function eventReader(): EventReader {
  const parser = new SaxesParser({ position: false, xmlns: false })
  let path: string[] = []
  let said = ''
  const problems: string[] = []
  let found = blank()

  parser.on('error', ({ message }) => void problems.push(message))
  parser.on('opentag', ({ name, attributes }) => {
    const local = name.slice(name.indexOf(':') + 1)
    path.push(local)
    said = ''
    if (local === 'TimeCreated') found.time = attributes['SystemTime'] ?? ''
  })
  const heard = (text: string) => void (said += text)
  parser.on('text', heard)
  parser.on('cdata', heard)
  parser.on('closetag', () => {
    const local = path.pop() ?? ''
    const parent = path.at(-1) ?? ''
    const text = said.trim()
    if (parent === 'System') {
      if (local === 'EventID') found.id = whole(text)
      else if (local === 'EventRecordID') found.record = whole(text)
      else if (local === 'Computer') found.computer = text === '' ? null : text
    } else if (parent === 'EventData' && local === 'Data') found.values.push(text)
    else if (parent === 'RenderingInfo' && local === 'Message') found.message = text
    said = ''
  })

  return (text) => {
    path = []
    said = ''
    problems.length = 0
    found = blank()
    parser.write(text).close()
    const [problem] = problems
    if (problem !== undefined) return problem
    const { id, time, record, computer, values, message } = found
    return { id, time, record, computer, values: values.length > 0 ? values : message === '' ? [] : [message] }
  }
}

function blank() {
  return {
    id: null as number | null,
    time: '',
    record: null as number | null,
    computer: null as string | null,
    values: [] as string[],
    message: '',
  }
}

function whole(text: string): number | null {
  return /^\d+$/.test(text) ? Number(text) : null
}
