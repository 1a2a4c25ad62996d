import { TARGET_OFF } from '../../../diagnosis/subjects.ts'
import { joinedFaults } from '../../../knowledge/explained.ts'
import type { DoctorReport } from '../../../report/doctor/report-schema.ts'
import type { Terminal } from '../terminal.ts'
import { nextLines } from './next.ts'
import { hanging } from './wrap.ts'

/** The last word where clones have shown what no check sees: what failed, what could tell why and was not seen, and the next command. */
export function clonesLines(
  { vdisks, findings }: DoctorReport,
  screen: Pick<Terminal, 'width' | 'paint' | 'said'>,
): readonly string[] {
  return vdisks.flatMap(({ title, lastLook }) => {
    if (lastLook === null || lastLook.fault === null || lastLook.stale) return []
    const { run, fault } = lastLook
    const telling = joinedFaults()[fault.code]?.checks ?? []
    const of = findings.filter(({ check, vdisks: told }) => telling.includes(check) && told.includes(title))
    const dark = of.filter(({ says }) => says === TARGET_OFF).map(({ check }) => check)
    const unseen = dark.length === 0 ? [] : [`Not seen, as the target is off: ${dark.join(', ')}, which can tell why.`]
    return [
      ...hanging(
        ` ${screen.paint('bad', `Clones of ${title} failed their last look`)} `,
        `(run ${run}): ${fault.code}`,
        screen.width,
        1,
      ),
      ...[fault.says, fault.effect, ...unseen].flatMap((line) => hanging('   ', line, screen.width)),
      ...nextLines(
        [...fault.remedy, `vdiskprep show ${run}`].map((type) => ({ type, for: '' })),
        screen,
      ),
    ]
  })
}
