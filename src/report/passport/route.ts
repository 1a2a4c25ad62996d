import type { AnyStateNode } from 'xstate'
import { diagramOf } from '../diagram.ts'
import { mermaidOf } from '../diagram-mermaid.ts'
import { svgOf, type Marks } from '../diagram-svg.ts'
import type { Passport } from './passport-shape.ts'

/** The chart of the procedure with the way that a run took, as a drawing and as Mermaid. */
export interface Route {
  readonly svg: string
  readonly mermaid: string
  readonly says: string
}

/** Draws the way of a run into its chart. Boxes and arrows that it took have the class `took`; a box also has the state of its step. */
export async function routeOf({ path, steps }: Pick<Passport, 'path' | 'steps'>, root: AnyStateNode): Promise<Route> {
  const diagram = diagramOf(root, { whole: false })
  const states = new Map<string, string>(steps.map(({ step, state }) => [step, state]))
  const ways = new Set<string>()
  const way = (from: string, to: string) => `${from}\n${to}`
  for (const [at, to] of path.entries()) {
    const from = path[at - 1] ?? ''
    // What leads out of any step is drawn once, from the box that stands for all of them.
    ways.add(diagram.arrows.some((arrow) => arrow.from === from && arrow.to === to) ? way(from, to) : way('anyStep', to))
  }
  const took = [...new Set(path)]
  const marks: Marks = {
    boxes: new Map(took.map((state) => [state, `took ${states.get(state) ?? 'done'}`])),
    arrow: (from, to) => (ways.has(way(from, to)) ? 'took' : null),
  }
  const drawing = await svgOf(diagram, marks)
  const marked = took.length === 0 ? [] : ['  classDef took stroke-width:3px,font-weight:bold', `  class ${took.join(',')} took`]
  return {
    svg: drawing
      .slice(drawing.indexOf('<svg'))
      .replace(/^<svg width="[^"]*" height="[^"]*"/, '<svg class="route"')
      .trimEnd(),
    mermaid: [mermaidOf(diagram), ...marked].join('\n'),
    says: took.length === 0 ? 'The run took no step yet.' : `The way that the run took: ${path.join(', ')}.`,
  }
}
