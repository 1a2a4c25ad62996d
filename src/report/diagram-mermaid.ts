import type { Arrow, Diagram, Shape } from './diagram.ts'

/** A diagram as a Mermaid state diagram (stateDiagram-v2). */
export function mermaidOf({ shapes, arrows }: Diagram): string {
  return ['stateDiagram-v2', ...drawn(shapes, arrows, '', 1)].join('\n')
}

/** The boxes of one parent, then the arrows between them: Mermaid wants those written where the boxes are. */
function drawn(shapes: readonly Shape[], arrows: readonly Arrow[], parent: string, depth: number): readonly string[] {
  const pad = '  '.repeat(depth)
  const boxes = shapes.flatMap((shape) => {
    const head = `${pad}state "${shape.label.replaceAll('"', "'")}" as ${nameOf(shape.path)}`
    if (shape.inside.length === 0) return [head]
    return [`${head} {`, ...drawn(shape.inside, arrows, shape.path, depth + 1), `${pad}}`]
  })
  const own = arrows.filter(({ to }) => shapes.some(({ path }) => path === to))
  const ways = own.map(({ from, to, label }) => {
    const begins = from === '' || from === `${parent}.`
    return `${pad}${begins ? '[*]' : nameOf(from)} --> ${nameOf(to)}${label === '' ? '' : ` : ${plain(label)}`}`
  })
  const ends = shapes.filter(({ end }) => end).map(({ path }) => `${pad}${nameOf(path)} --> [*]`)
  return [...boxes, ...ways, ...ends]
}

function nameOf(path: string): string {
  return path.replaceAll('.', '_')
}

/** A colon or semicolon would end the label. */
function plain(label: string): string {
  return label.replaceAll(':', ' -').replaceAll(';', ',')
}
