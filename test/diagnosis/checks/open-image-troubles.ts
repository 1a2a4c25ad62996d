import type { Draft } from '../healthy-look.ts'
import { trouble, type Trouble } from './troubles.ts'

const ON_01 = { host: 'PVS01' } as const
const OTHER = 'de51ce00-0000-4000-8000-0000000000ff'
const LAST = { run: '8k2', at: '2026-11-01T22:15:00.000Z', outcome: 'verified' } as const
const guidOf = (look: Draft) => look.disk.disk.guid
const standard = (look: Draft) => Object.assign(look.disk.disk, { writeCacheType: 9, licenseMode: 2 })

/** An image that stands open, and what runs wrote down of it. */
export const openImageTroubles: readonly Trouble[] = [
  trouble(
    'disk.open',
    'a run that was ended left it open',
    (look) => ({
      look: { record: { working: null, last: { ...LAST, outcome: 'aborted', did: 'left open', guid: guidOf(look) } } },
    }),
    'warn',
    /^open in Private mode since run 8k2, which ended aborted on 2026-11-01; no run works on it$/,
    { ...ON_01, remedy: /^vdiskprep show 8k2\nvdiskprep plan \S+$/ },
  ),
  trouble(
    'disk.open',
    'somebody opened it after a run had sealed it',
    (look) => ({ look: { record: { working: null, last: { ...LAST, did: 'sealed', guid: guidOf(look) } } } }),
    'warn',
    /again: run 8k2 sealed it \(2026-11-01\), and no run has opened it since/,
    { ...ON_01, remedy: /Get-PvsAuditTrail/ },
  ),
  trouble(
    'disk.open',
    'it carries the seal note of a run of another store',
    (look) => {
      look.disk.disk.longDescription = 'vdiskprep seal; no Windows rearm'
      return { look: { record: { working: null, last: null } } }
    },
    'warn',
    /with a seal note on it, and no run of this store works on it/,
    ON_01,
  ),
  trouble(
    'disk.open',
    'a run works on it that began after the seal',
    (look) => ({
      look: { record: { working: { run: '9m4', inWindow: false }, last: { ...LAST, did: 'sealed', guid: guidOf(look) } } },
    }),
    'pass',
    /open, and run 9m4 works on it/,
    ON_01,
  ),
  trouble(
    'disk.open',
    'the run that sealed a disk of this name meant another one',
    () => ({ look: { record: { working: null, last: { ...LAST, did: 'sealed', guid: OTHER } } } }),
    'pass',
    /open, as before its first run/,
    ON_01,
  ),
  trouble(
    'disk.open',
    'it is sealed',
    (look) => {
      standard(look)
      return { look: { record: { working: null, last: { ...LAST, did: 'sealed', guid: guidOf(look) } } } }
    },
    'pass',
    /not open \(WriteCacheType 9\)/,
    ON_01,
  ),
  trouble('disk.open', 'nobody asked the record of runs', () => undefined, 'na', /record of runs was not asked/, ON_01),
]
