import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { AnyStateNode } from 'xstate'
import { chart } from '../../src/procedure/chart/chart.ts'
import { diagramOf, placeIn, stagesIn, type Shape } from '../../src/report/diagram.ts'
import { mermaidOf } from '../../src/report/diagram-mermaid.ts'
import { dotOf } from '../../src/report/diagram-svg.ts'
import { desk } from './vdiskprep.ts'

const whole = diagramOf(chart.root, { whole: true })
const paths = (shapes: readonly Shape[]): string[] => shapes.flatMap((shape) => [shape.path, ...paths(shape.inside)])
const states = (node: AnyStateNode): AnyStateNode[] => Object.values(node.states).flatMap((inner) => [inner, ...states(inner)])

describe('the diagram of the chart', () => {
  test('shows every state of the chart in the whole drawing, those of a stage once for all stages', () => {
    const drawn = new Set(paths(whole.shapes))
    const missing = states(chart.root).filter((state) => !drawn.has(placeIn(state)))
    expect(missing.map(({ id }) => id)).toEqual([])
    expect(paths(whole.shapes).length).toBe(drawn.size)
  })

  test('may draw the chart of a stage once, because all stages have the same', () => {
    const shapes = stagesIn(chart.root).map((stage) =>
      states(stage).map((state) => state.path.slice(stage.path.length).join('.')),
    )
    expect(shapes.length).toBeGreaterThan(25)
    for (const shape of shapes) expect(shape).toEqual(shapes[0])
  })

  test('names no box in an arrow that is not drawn', () => {
    for (const kind of [true, false]) {
      const { shapes, arrows } = diagramOf(chart.root, { whole: kind })
      const drawn = new Set(paths(shapes))
      const unknown = arrows
        .flatMap(({ from, to }) => [from, to])
        .filter((path) => path !== '' && !path.endsWith('.') && !drawn.has(path))
      expect(unknown).toEqual([])
    }
  })

  test('shows the two orders and where they part', () => {
    const { arrows } = diagramOf(chart.root, { whole: false })
    const from = (step: string) => arrows.filter((arrow) => arrow.from === step).map(({ to, label }) => `${to} ${label}`)
    expect(from('activateWindows')).toEqual(['installOfficeKey Office shares sppsvc', 'rearmWindows else'])
    expect(from('rearmOffice')).toEqual(['rearmWindows Office shares sppsvc', 'sealVDisk else'])
  })

  test('draws every box in Mermaid and in the language of Graphviz', () => {
    const [mermaid, dot] = [mermaidOf(whole), dotOf(whole)]
    for (const path of paths(whole.shapes)) {
      expect(mermaid).toContain(` as ${path.replaceAll('.', '_')}`)
      expect(dot).toContain(`${path}"`)
    }
  })

  test('is written as SVG by the command', async () => {
    const at = await desk()
    try {
      const { code, out } = await at.vdp('diagram', '--whole', '--svg', 'chart.svg')
      expect([code, out]).toEqual([0, 'written: chart.svg\n'])
      expect(readFileSync(join(at.home, 'chart.svg'), 'utf8')).toMatch(/<svg[\s\S]*wait until the target is off[\s\S]*<\/svg>/)
      expect((await at.vdp('diagram', '--svg', 'no/such/folder.svg')).err).toContain('FILE_NOT_WRITTEN')
      expect((await at.vdp('diagram')).out).toMatch(/^stateDiagram-v2\n/)
    } finally {
      await at.clear()
    }
  })
})
