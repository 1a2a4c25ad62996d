import type { Composition } from '../../../compose.ts'
import type { Store } from '../../../engine/ports/store.ts'
import { Fault } from '../../../faults/fault.ts'
import { compared, comparePage, nameOf } from '../../../report/compare/compare.ts'
import type { Passport } from '../../../report/passport/passport-shape.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { ambiguous, findRun, runsById } from '../find-run.ts'
import { typedPosition } from '../screens/position.ts'
import { compareScreen } from '../screens/compare.ts'
import type { Terminal } from '../terminal.ts'
import { withStore } from '../with-store.ts'
import { soundPassport, type ReportOptions } from './report.ts'
import { readFleet } from './report-fleet.ts'
import { tellPage } from './report-page.ts'

/** `report --compare ONE OTHER`: two runs side by side, what differs first. Each is a run, or a vDisk by name: the run of its last passport,
 *  else its last run; `NAME@VERSION` is the last run that made this version. */
export async function reportCompare(
  named: readonly string[],
  options: ReportOptions,
  composition: Composition,
  terminal: Terminal,
): Promise<ExitCode> {
  const [first, second, ...more] = named
  if (first === undefined || second === undefined || more.length > 0)
    throw new Fault('OPTION_INVALID', { option: '--compare', value: named.join(' '), expected: 'two runs or vDisks' })
  return await withStore(composition, options, async (store) => {
    const one = await passportNamed(store, first, composition)
    const other = await passportNamed(store, second, composition)
    const rows = compared(one, other)
    tellPage(
      {
        page: () => comparePage(one, other),
        data: { format: 'vdiskprep-compare/1', one: told(one), other: told(other), ...rows },
        screen: () => compareScreen(rows, [nameOf(one), nameOf(other)], terminal),
      },
      options,
      composition,
      terminal,
    )
    return EXIT.ok
  })
}

function told({ journal, vdisk, kind, says }: Passport) {
  return { run: journal.run, vdisk: vdisk.name, kind, says }
}

async function passportNamed(store: Store, name: string, composition: Composition): Promise<Passport> {
  const byId = await runsById(store, typedPosition(name).run)
  if (byId.length > 1) throw ambiguous(name, byId)
  if (byId[0] !== undefined) return await soundPassport(store, byId[0].run, composition)
  const [, vdisk = name, version] = /^(.+)@(\d+)$/.exec(name) ?? []
  const runs = (await readFleet(store, composition)).vdisks.filter((one) => one.name.toLowerCase() === vdisk.toLowerCase())
  const [only, ...others] =
    version === undefined
      ? runs.map(({ passport, last }) => (passport ?? last).run)
      : runs.flatMap(({ versions }) => versions.flatMap((one) => (one.version === Number(version) ? [one.run] : [])))
  if (others.length > 0) throw new Fault('AMBIGUOUS_RUN', { run: name, matches: [only, ...others] })
  return await soundPassport(store, only ?? (await findRun(store, name)).run, composition)
}
