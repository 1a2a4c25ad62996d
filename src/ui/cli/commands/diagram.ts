import type { Composition } from '../../../compose.ts'
import { chart } from '../../../procedure/chart/chart.ts'
import { diagramOf } from '../../../report/diagram.ts'
import { mermaidOf } from '../../../report/diagram-mermaid.ts'
import { svgOf } from '../../../report/diagram-svg.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import type { CommonOptions } from '../options.ts'
import type { Terminal } from '../terminal.ts'
import { writeNamed } from '../writing.ts'

/** Options of `diagram`. */
export interface DiagramOptions extends CommonOptions {
  readonly svg?: string
  readonly whole?: boolean
}

/** `diagram`: the procedure drawn from the chart that runs it, as Mermaid or as an SVG file. */
export async function diagram(options: DiagramOptions, _composition: Composition, terminal: Terminal): Promise<ExitCode> {
  const drawing = diagramOf(chart.root, { whole: options.whole === true })
  if (options.json === true) terminal.out(JSON.stringify(drawing))
  if (options.svg === undefined) {
    if (options.json !== true) terminal.out(mermaidOf(drawing))
    return EXIT.ok
  }
  const picture = await svgOf(drawing)
  writeNamed(options.svg, picture)
  if (options.quiet !== true && options.json !== true) terminal.out(`written: ${options.svg}`)
  return EXIT.ok
}
