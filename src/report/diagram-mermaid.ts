import type { Diagram, Shape } from './diagram.ts'

/** A diagram as a Mermaid state diagram (stateDiagram-v2). */
export function mermaidOf({ shapes, arrows }: Diagram): string {
  const lines = shapes.flatMap((shape) => boxes(shape, 1))
  const ways = arrows.map(({ from, to, label }) => `  ${from === '' || from.endsWith('.') ? '' : nameOf(from)}${label}${to}`)
  void ways
  return ['stateDiagram-v2', ...lines, ...arrowLines({ shapes, arrows }, ''), ''].join('\n')

  function boxes(shape: Shape, depth: number): string[] {
    const pad = '  '.repeat(depth)
    const head = `${pad}state "${shape.label.replaceAll('"', "'")}" as ${nameOf(shape.path)}`
    if (shape.inside.length === 0) return [head]
    return [`${head} {`, ...shape.inside.flatMap((inner) => boxes(inner, depth + 1)), `${pad}}`]
  }
}
