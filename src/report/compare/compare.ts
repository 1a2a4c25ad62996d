import { personText } from '../../procedure/told.ts'
import type { Cell, Page } from '../page/blocks.ts'
import { plain } from '../page/blocks.ts'
import { counterCells } from '../passport/licence-section.ts'
import type { Passport } from '../passport/passport-shape.ts'
import type { Row } from './compare-shape.ts'
import { stepTitle, versionText } from '../passport/words.ts'

/** What two runs say of the same things: first all that differs, then all that is the same. Times are left out: those differ always. */
export function compared(one: Passport, other: Passport): { readonly differs: readonly Row[]; readonly same: readonly Row[] } {
  const [left, right] = [valuesOf(one), valuesOf(other)]
  const names = [...left.keys(), ...[...right.keys()].filter((name) => !left.has(name))]
  const rows = names.map((what) => ({ what, one: left.get(what) ?? '', other: right.get(what) ?? '' }))
  return { differs: rows.filter((row) => row.one !== row.other), same: rows.filter((row) => row.one === row.other) }
}

/** Two runs side by side as a page. */
export function comparePage(one: Passport, other: Passport): Page {
  const { differs, same } = compared(one, other)
  const columns = ['', nameOf(one), nameOf(other)]
  const table = (rows: readonly Row[]) => ({
    is: 'table' as const,
    columns,
    rows: rows.map(({ what, ...row }): readonly Cell[] => [
      what,
      row.one === '' ? NONE : row.one,
      row.other === '' ? NONE : row.other,
    ]),
  })
  return {
    title: `${nameOf(one)} and ${nameOf(other)}`,
    headline: { text: `${String(differs.length)} things differ, ${String(same.length)} are the same`, as: 'plain' },
    about: [`${nameOf(one)}: ${one.says}`, `${nameOf(other)}: ${other.says}`],
    sections: [
      { title: 'What differs', blocks: [differs.length === 0 ? { is: 'text', text: 'Nothing.' } : table(differs)] },
      { title: 'What is the same', blocks: [same.length === 0 ? { is: 'text', text: 'Nothing.' } : table(same)] },
    ],
  }
}

const NONE: Cell = { text: 'none', as: 'faint' }

/** `W11-Office, run 8k2` of a passport. */
export function nameOf({ vdisk, run, journal }: Passport): string {
  return `${vdisk.name ?? run.title}, run ${journal.run}`
}

function valuesOf(of: Passport): ReadonlyMap<string, string> {
  const { vdisk, run, order, rearm, keys, rearms, cmids, kms } = of
  const counter = (one: Passport['rearms']['windows']) => counterCells(one).map(plain).join('; ')
  const rows: readonly (readonly [string, string | null])[] = [
    ['what it proves', of.says],
    ['kind', of.kind],
    ['scenario', run.scenario],
    ['farm, site, store', [vdisk.farm, vdisk.site, vdisk.store].join(' / ')],
    ['vDisk', vdisk.name],
    ['Guid', vdisk.guid],
    ['version', plain(versionText(vdisk.version))],
    ['Windows', vdisk.windows === null ? null : `${vdisk.windows} (build ${String(vdisk.build)})`],
    ['Office', vdisk.office?.join('; ') ?? null],
    ['order', order === null ? null : order.because],
    ['rearm', rearm === null ? null : `${rearm.wanted ? 'wanted' : 'not wanted'}: ${rearm.because}`],
    ...keys.map(({ product, lastFive }) => [`key of ${product}`, `...${lastFive}`] as const),
    ['Windows rearms', counter(rearms.windows)],
    ['Office rearms', counter(rearms.office)],
    ['Windows CMID before', cmids.windowsBefore],
    ['Office CMID before', cmids.officeBefore],
    ...cmids.clones.map(({ canary, windowsCmid }) => [`Windows CMID of ${canary}`, windowsCmid] as const),
    ...cmids.clones.map(({ canary, kmsHost, licensed }) => [`${canary} licensed by`, licensed ? kmsHost : 'nobody'] as const),
    [
      'activation before the seal',
      kms.activation === null ? null : `${kms.activation}${kms.activatedBy === null ? '' : ` by ${kms.activatedBy}`}`,
    ],
    ...of.steps.map(
      ({ step, state, because }) =>
        [stepTitle(step), `${state}${because.length === 0 ? '' : `: ${because.join('; ')}`}`] as const,
    ),
    ...numbered(
      'decision',
      of.decisions.map(
        ({ by, decision, option, place, reason }) =>
          `${personText(by)}: ${decision}${option === null ? '' : ` ${option}`} at ${place}${reason === null ? '' : ` ("${reason}")`}`,
      ),
    ),
    ...numbered(
      'trouble',
      of.troubles.map(({ is, place, code }) => `${is} at ${place}${code === null ? '' : `: ${code}`}`),
    ),
    ...of.agents.map(({ host, bundle }) => [`agents of ${host}`, bundle] as const),
    ...of.settings.map(({ name, value }) => [`workflow: ${name}`, value] as const),
    ['program', run.program],
  ]
  return new Map(rows.flatMap(([what, value]) => (value === null ? [] : [[what, value] as const])))
}

function numbered(what: string, all: readonly string[]): readonly (readonly [string, string])[] {
  return all.map((one, at) => [`${what} ${String(at + 1)}`, one])
}
