import type { Notice } from '../report/events/notice.ts'

const STYLE = { held: 'warning', failed: 'attention', done: 'good', test: 'accent' } as const
const HEADS = { held: 'needs you', failed: 'has failed', done: 'is done', test: 'is a test' } as const

/** A notice as a workflow of Teams takes it: a message with one Adaptive Card. The envelope is that of Microsoft Learn, "Create and send
 *  messages" (Teams, webhooks and connectors); that Teams draws it well is unproven here. */
export function adaptiveCard(notice: Notice): unknown {
  const { kind, title, run, code, says, effect, next, outcome } = notice
  const text = (of: string, more: object = {}) => ({ type: 'TextBlock', text: plain(of), wrap: true, ...more })
  const facts = [
    { title: 'Run', value: run },
    { title: 'State', value: outcome ?? 'waits for a person' },
    ...(code === null ? [] : [{ title: 'Fault', value: code }]),
  ]
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: [
      {
        type: 'Container',
        style: STYLE[kind],
        bleed: true,
        items: [text(`${title} ${HEADS[kind]}`, { weight: 'Bolder', size: 'Medium' })],
      },
      text(says),
      ...(effect === null ? [] : [text(effect, { isSubtle: true })]),
      { type: 'FactSet', facts },
      ...next.map((line) => text(line, { fontType: 'Monospace' })),
    ],
  }
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
  }
}

/** Text blocks are read as Markdown: what is said is meant to the letter. */
function plain(text: string): string {
  return text.replaceAll(/[\\`*_[\]#~>]/g, (mark) => `\\${mark}`)
}
