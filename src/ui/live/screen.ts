import type { RunView } from '../../procedure/run-view.ts'
import { asTyped } from '../cli/screens/as-typed.ts'
import { positionOf } from '../cli/screens/position.ts'
import { workedFor } from '../cli/screens/run.ts'
import { hanging } from '../cli/screens/wrap.ts'
import { askingLines } from './asking.ts'
import { evidenceLines, storyLines } from './evidence-lines.ts'
import type { Expected } from './expected.ts'
import { explainLines } from './explain-lines.ts'
import type { LiveRun } from './fold-live.ts'
import { offersOf, type Standpoint, type Ui } from './keys.ts'
import { beside, cut, line, widthOf, type Line } from './line.ts'
import { needsAnother } from './meaning.ts'
import { nowLines } from './now-lines.ts'
import type { Signs } from './signs.ts'
import { stepColumn } from './step-lines.ts'

/** Columns and rows of a terminal. */
export interface Size {
  readonly columns: number
  readonly rows: number
}

/** What a screen is drawn of. `now` in milliseconds of farm time. */
export interface Scene {
  readonly live: LiveRun
  readonly now: number
  readonly expected: Expected
  readonly ui: Ui
  readonly at: Standpoint
  /** Stands above everything: how a replay goes, or which of several runs this is. */
  readonly banner: string | null
}

/** From this width on evidence stands in a second column. */
const WIDE = 120
const LEFT_MOST = 90

/** The live view of one run: never more lines than the terminal has, and none longer. Pure. */
export function screenOf(scene: Scene, { columns, rows }: Size, signs: Signs): readonly Line[] {
  const width = columns >= WIDE ? Math.min(LEFT_MOST, Math.floor(columns * 0.56)) : columns
  const foot = footOf(scene, columns)
  const room = Math.max(0, rows - foot.length)
  const left = upper(scene, width, room, signs)
  const rightWidth = columns - width - 3
  const body = columns >= WIDE ? beside(left, evidenceLines(scene.live, rightWidth, room, signs), width, signs.between) : left
  return [...body.slice(0, room), ...foot].slice(0, rows).map((one) => cut(one, columns, signs.dots))
}

/** Header, steps or panel, and what goes on, within some rows. What goes on yields first, then the steps around the one under way. */
function upper(scene: Scene, width: number, rows: number, signs: Signs): readonly Line[] {
  const { live, now, ui } = scene
  const head = headOf(scene, width, signs)
  const below = belowOf(scene, width, signs)
  const free = rows - head.length
  if (ui.panel !== 'steps') return [...head, ...panelOf(scene, width, free, signs)]
  const steps = stepColumn(live.view, now, scene.expected, width, signs)
  const belowRoom = Math.max(0, Math.min(below.length + 1, Math.max(free - steps.lines.length, Math.ceil(free / 2))))
  return [...head, ...around(steps.lines, steps.at, free - belowRoom), ...spaced(below, belowRoom, ui.asking !== null, signs)]
}

/** Lines with a blank one before them; of a question the end is kept, of anything else the beginning. */
function spaced(lines: readonly Line[], room: number, keepsEnd: boolean, signs: Signs): readonly Line[] {
  if (lines.length === 0 || room <= 1) return []
  if (lines.length < room) return [[], ...lines]
  if (keepsEnd) return lines.slice(-room)
  const more = lines.length - room + 1
  return [...lines.slice(0, room - 1), line(`       ${signs.dots} ${String(more)} more lines: [d]etails`, 'faint')]
}

/** As many lines as there is room for, with the one that counts among them. */
function around(lines: readonly Line[], at: number, room: number): readonly Line[] {
  if (lines.length <= room) return lines
  const from = Math.max(0, Math.min(at - Math.floor(room / 2), lines.length - room))
  return lines.slice(from, from + Math.max(0, room))
}

function headOf({ live: { view }, now, banner }: Scene, width: number, signs: Signs): readonly Line[] {
  const { plan, memory } = view
  const where = plan === null ? '' : `  farm ${plan.farm.name} / store ${plan.vdisk.store}`
  const right = `run ${view.run}   ${view.startedBy?.login ?? ''}   ${workedFor(view, now)} `
  const gap = ' '.repeat(Math.max(2, width - 1 - view.title.length - where.length - right.length))
  const scenario = `${plan?.scenario ?? ''}${memory.order === null ? '' : ` ${signs.point} order ${memory.order.because}`}`
  return [
    ...(banner === null ? [] : [cut(line(` ${banner}`, 'faint'), width, signs.dots)]),
    cut([{ text: ' ' }, { text: view.title, paint: 'strong' }, { text: `${where}${gap}${right}` }], width, signs.dots),
    cut(line(` ${scenario}`, 'faint'), width, signs.dots),
    [],
  ]
}

function panelOf({ live, ui, at }: Scene, width: number, rows: number, signs: Signs): readonly Line[] {
  const all =
    ui.panel === 'explain'
      ? explainLines(live.view, width, signs, at.said)
      : storyLines(live.story, live.view.startedAt, width, signs)
  const back = Math.min(ui.back, Math.max(0, all.length - rows))
  if (ui.panel === 'explain') return all.slice(back, back + rows)
  return all.slice(Math.max(0, all.length - rows - back), all.length - back)
}

function belowOf({ live: { view }, now, ui, at }: Scene, width: number, signs: Signs): readonly Line[] {
  if (ui.asking !== null) return askingLines(ui.asking, view, width, signs)
  const another = at.role === 'replaying' ? null : needsAnother(view, at.by)
  return [
    ...nowLines(view, now, width, signs, at.said),
    ...(another === null
      ? []
      : [
          ...hanging(' ', another, width).map((one) => line(one, 'warn')),
          ...hanging('   ', asTyped(`vdiskprep decide ${positionOf(view)} approve --reason "..."`, at.said), width).map((one) =>
            line(one),
          ),
        ]),
  ]
}

function footOf({ live: { view }, ui, expected, at }: Scene, width: number): readonly Line[] {
  const notice = ui.notice ?? (at.pausing ? pausingSays(view) : null)
  if (ui.asking !== null) return notice === null ? [] : [line(` ${notice}`, 'warn')]
  return [
    [],
    ...(notice === null ? [] : [line(` ${notice}`, 'warn')]),
    ...(view.state === 'ended' ? [] : [line(` ${timesSay(expected)}`, 'faint')]),
    ...flowing(
      offersOf(view, at).map(({ says }) => says),
      width,
    ),
  ]
}

function pausingSays({ memory }: RunView): string {
  const danger = memory.window === null ? '' : ' The target must not reboot meanwhile.'
  return `It stops at the end of this step.${danger}`
}

function timesSay({ runs, of }: Expected): string {
  if (of === null) return 'times: max is the limit by the plan; no earlier run to compare with'
  const what = of === 'vDisk' ? 'this vDisk' : 'this scenario'
  return `times: ~ is the median of ${String(runs)} earlier run${runs === 1 ? '' : 's'} of ${what}`
}

/** Words in a row, uncut, on as many lines as they need. */
function flowing(words: readonly string[], width: number): readonly Line[] {
  const rows: Line[] = []
  for (const text of words) {
    const last = rows.at(-1)
    if (last !== undefined && widthOf(last) + 2 + text.length <= width) rows[rows.length - 1] = [...last, { text: `  ${text}` }]
    else rows.push(line(` ${text}`))
  }
  return rows
}
