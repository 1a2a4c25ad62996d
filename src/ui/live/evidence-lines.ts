import type { RunView } from '../../procedure/run-view.ts'
import { saysUndo } from '../../procedure/undo.ts'
import { clock } from '../cli/screens/elapsed.ts'
import { hanging } from '../cli/screens/wrap.ts'
import type { Paint } from '../cli/terminal.ts'
import type { LiveRun, Told } from './fold-live.ts'
import { line, type Line } from './line.ts'
import { withSigns, type Signs } from './signs.ts'

/** What the run knows, for the second column of a wide terminal: counters, ids, keys, canaries, what will be put back, and the last of its
 *  story as far as the rows reach. */
export function evidenceLines({ view, story }: LiveRun, width: number, rows: number, signs: Signs): readonly Line[] {
  const row = (label: string, text: string) =>
    hanging(`${label.padEnd(10)} `, withSigns(text, signs), width).map((one) => line(one))
  const facts = factsOf(view).flatMap(([label, text]) => row(label, text))
  const title = (text: string): Line => line(text, 'strong')
  const room = rows - facts.length - 3
  const told = storyLines(story, view.startedAt, width, signs)
  return [
    title('evidence'),
    ...(facts.length === 0 ? [line('nothing read yet', 'faint')] : facts),
    ...(room < 2 || told.length === 0 ? [] : [[], title('story'), ...told.slice(-room)]),
  ].slice(0, rows)
}

/** Sentences of a story with the run's own time in front. */
export function storyLines(story: readonly Told[], from: number, width: number, signs: Signs): readonly Line[] {
  return story.flatMap(({ at, says }) =>
    hanging(`${clock(at - from).padStart(7)}  `, withSigns(says, signs), width).map((one) => line(one, paintOf(says))),
  )
}

function paintOf(says: string): Paint | undefined {
  if (/: held: |: refused: |ended: (failed|aborted)/.test(says)) return 'bad'
  return / decided: |waits for approval|in-doubt/.test(says) ? 'warn' : undefined
}

function factsOf({ memory, plan, steps }: RunView): readonly (readonly [label: string, text: string])[] {
  const { windows, office, disk, device, os } = memory
  const rearms = (before: number | null, after: number | null) =>
    before === null ? null : `${String(before)} -> ${after === null ? '?' : String(after)}`
  const spent = steps.some(({ step, state }) => step === 'rearmWindows' && state === 'done')
  const computed = ' (computed: not readable before the next boot)'
  const rows: readonly (readonly [string, string | null])[] = [
    ['vDisk', disk === null ? null : `${disk.name}, ${disk.guid}`],
    ['target', device === null ? null : `${device.name}, ${device.mac}`],
    ['Windows', os === null ? null : `${os.caption}, build ${String(os.build)}`],
    ['order', memory.order?.because ?? null],
    ['rearm', memory.rearm?.because ?? null],
    ['key', windows.key === null ? null : `...${windows.key}`],
    ['licensed', windows.activatedBy],
    [
      'rearms',
      spent && windows.rearmsBefore !== null && windows.rearmsAfter === null
        ? `${String(windows.rearmsBefore)} -> ${String(windows.rearmsBefore - 1)}${computed}`
        : rearms(windows.rearmsBefore, windows.rearmsAfter),
    ],
    ['CMID', windows.cmidBefore],
    ['Office', office.keys.length === 0 ? null : office.keys.map((key) => `${key.product} ...${key.lastFive}`).join(', ')],
    ['its rearms', rearms(office.rearmsBefore, office.rearmed && office.rearmsBefore !== null ? office.rearmsBefore - 1 : null)],
    ['sealed', memory.sealed === null ? null : `${memory.sealed.at}, LicenseMode ${String(plan?.seal.licenseMode ?? '?')}`],
    ...memory.clones.map((clone) => [clone.canary, `CMID ${clone.cmid}`] as const),
    ['put back', memory.undo.length === 0 ? null : memory.undo.map(saysUndo).join(', ')],
  ]
  return rows.flatMap(([label, text]) => (text === null ? [] : [[label, text] as const]))
}
