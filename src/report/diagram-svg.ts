import type { Arrow, Diagram, Shape } from './diagram.ts'

/** Class names that boxes (by path) and arrows (by `from` and `to`) have in the drawing, for a style sheet. */
export interface Marks {
  readonly boxes: ReadonlyMap<string, string>
  arrow(from: string, to: string): string | null
}

const UNMARKED: Marks = { boxes: new Map(), arrow: () => null }

/** A diagram as an SVG drawing, laid out by Graphviz. */
export async function svgOf(diagram: Diagram, marks = UNMARKED): Promise<string> {
  const { instance } = await import('@viz-js/viz')
  return (await instance()).renderString(dotOf(diagram, marks), { format: 'svg' })
}

/** The same in Graphviz's language: a box with others in it is a cluster, and an arrow to it ends at its border. */
export function dotOf({ shapes, arrows }: Diagram, marks = UNMARKED): string {
  const all = flat(shapes)
  const leafOf = (path: string): string => {
    const inside = all.get(path)?.inside[0]
    return inside === undefined ? path : leafOf(inside.path)
  }
  const edge = ({ from, to, label }: Arrow) => {
    const begins = from === '' || from.endsWith('.')
    const clusters = [
      ...(begins || leafOf(from) === from ? [] : [`ltail=${quoted(`cluster_${from}`)}`]),
      ...(leafOf(to) === to ? [] : [`lhead=${quoted(`cluster_${to}`)}`]),
    ]
    const start = begins ? `begin ${from}` : leafOf(from)
    const mark = marks.arrow(from, to)
    const named = mark === null ? '' : `, class=${quoted(mark)}`
    return `  ${quoted(start)} -> ${quoted(leafOf(to))} [label=${quoted(label === '' ? '' : `  ${label}`)}${named}${clusters.map((one) => `, ${one}`).join('')}];`
  }
  return [
    'digraph procedure {',
    '  compound=true; rankdir=TB; fontname="Helvetica";',
    '  node [shape=box, style=rounded, fontname="Helvetica", fontsize=11];',
    '  edge [fontname="Helvetica", fontsize=9];',
    ...shapes.flatMap((shape) => boxes(shape, arrows, marks)),
    ...(arrows.some(({ from }) => from === '') ? [beginning('')] : []),
    ...arrows.map(edge),
    '}',
  ].join('\n')
}

function boxes(shape: Shape, arrows: readonly Arrow[], marks: Marks): readonly string[] {
  const mark = marks.boxes.get(shape.path)
  const named = mark === undefined ? '' : `, class=${quoted(mark)}`
  if (shape.inside.length === 0)
    return [`  ${quoted(shape.path)} [label=${quoted(shape.label)}${shape.end ? ', peripheries=2' : ''}${named}];`]
  const begins = arrows.some(({ from }) => from === `${shape.path}.`) ? [beginning(`${shape.path}.`)] : []
  return [
    `  subgraph ${quoted(`cluster_${shape.path}`)} {`,
    `  label=${quoted(shape.label)};`,
    ...shape.inside.flatMap((inner) => boxes(inner, arrows, marks)),
    ...begins,
    '  }',
  ]
}

function beginning(from: string): string {
  return `  ${quoted(`begin ${from}`)} [shape=point, width=0.12, label=""];`
}

function flat(shapes: readonly Shape[]): Map<string, Shape> {
  return new Map(shapes.flatMap((shape) => [[shape.path, shape] as const, ...flat(shape.inside)]))
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
