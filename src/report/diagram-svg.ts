import type { Arrow, Diagram, Shape } from './diagram.ts'

/** A diagram as an SVG drawing, laid out by Graphviz. */
export async function svgOf(diagram: Diagram): Promise<string> {
  const { instance } = await import('@viz-js/viz')
  return (await instance()).renderString(dotOf(diagram), { format: 'svg' })
}

/** The same in Graphviz's language: a box with others in it is a cluster, and an arrow to it ends at its border. */
export function dotOf({ shapes, arrows }: Diagram): string {
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
    return `  ${quoted(start)} -> ${quoted(leafOf(to))} [label=${quoted(label)}${clusters.map((one) => `, ${one}`).join('')}];`
  }
  return [
    'digraph procedure {',
    '  compound=true; rankdir=TB; fontname="sans-serif";',
    '  node [shape=box, style=rounded, fontname="sans-serif", fontsize=11];',
    '  edge [fontname="sans-serif", fontsize=9];',
    ...shapes.flatMap((shape) => boxes(shape, arrows)),
    ...(arrows.some(({ from }) => from === '') ? [beginning('')] : []),
    ...arrows.map(edge),
    '}',
  ].join('\n')
}

function boxes(shape: Shape, arrows: readonly Arrow[]): readonly string[] {
  if (shape.inside.length === 0)
    return [`  ${quoted(shape.path)} [label=${quoted(shape.label)}${shape.end ? ', peripheries=2' : ''}];`]
  const begins = arrows.some(({ from }) => from === `${shape.path}.`) ? [beginning(`${shape.path}.`)] : []
  return [
    `  subgraph ${quoted(`cluster_${shape.path}`)} {`,
    `  label=${quoted(shape.label)};`,
    ...shape.inside.flatMap((inner) => boxes(inner, arrows)),
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
