import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { compose } from '../../src/compose.ts'
import type { LedgerEntry } from '../../src/lab/model/ledger.ts'
import { EXIT } from '../../src/ui/cli/exit-codes.ts'
import { differences } from './ledger.ts'
import { cases, openShop, type LabProcess, type Shop } from './processes.ts'

const [windows11] = cases
let shop: Shop
let undisturbed: readonly LedgerEntry[]

beforeAll(async () => {
  shop = await openShop()
  const desk = await openDesk('undisturbed')
  expect((await desk.begin(null).ended).code).toBe(EXIT.ok)
  undisturbed = await desk.close()
}, 120_000)
afterAll(() => shop.close())

/** One run, its farm, and the orchestrators that are started for it. */
async function openDesk(name: string) {
  const home = join(shop.folder, name)
  mkdirSync(home)
  const lab: LabProcess = await shop.startLab(windows11.farm, join(home, 'lab'))
  let orchestrators = 0
  const start = (args: readonly string[], stopAt: string | null) => {
    orchestrators += 1
    const marks = join(home, `marks-${String(orchestrators)}`)
    const child = shop.begin([...args, '--json'], home, { armed: stopAt === null ? [] : [stopAt], deed: 'SIGSTOP', marks })
    return Object.assign(child, {
      stopped: () => until(() => existsSync(marks) && readFileSync(marks, 'utf8').includes('!'), child.ended),
    })
  }
  return {
    begin: (stopAt: string | null) => start(['run', windows11.workflow, '--inventory', lab.inventory], stopAt),
    resume: (stopAt: string | null) => start(['resume'], stopAt),
    /** Resolves once no lease is alive any more. */
    leasesPassed: async () => {
      const store = compose('paused', { HOME: home, VDISKPREP_HOME: home }).openStore(null, true)
      try {
        for (;;) {
          const leases = await store.leases()
          if (leases.length > 0 && leases.every((lease) => lease.until < Date.now())) return
          await delay(200)
        }
      } finally {
        await store.close()
      }
    },
    ledger: () => lab.ledger(),
    close: async () => {
      await lab.stop()
      return lab.ledger()
    },
  }
}

async function until(holds: () => boolean, ended: Promise<unknown>): Promise<void> {
  const tooSoon = ended.then(() => {
    throw new Error('the process ended before it came there')
  })
  tooSoon.catch(() => undefined)
  while (!holds()) await Promise.race([delay(20), tooSoon])
}

const rearming = 'rearmWindows.rearmWindows|act|send|before'

test.concurrent.each([
  ['about to rearm Windows', rearming, rearming],
  [
    'after its request to switch the disk has left',
    'sealVDisk.switchToStandard|act|send|after',
    'verify.bootCanaries|look|commit|before',
  ],
  ['between two looks at the canaries', 'verify.watchCanaries|wait|commit|before', 'restoring.restore|look|commit|before'],
])(
  'an owner paused %s, woken after another took over, is refused, says so, and has done nothing',
  async (_name, firstStops, secondStops) => {
    const desk = await openDesk(firstStops.replaceAll('|', '-'))
    const first = desk.begin(firstStops)
    await first.stopped()
    await desk.leasesPassed()

    const second = desk.resume(secondStops)
    await second.stopped()
    const before = await desk.ledger()
    first.kill('SIGCONT')
    const refused = await first.ended
    expect({ code: refused.code, says: refused.out }).toEqual({
      code: EXIT.busy,
      says: expect.stringContaining('"code":"FENCED"'),
    })
    expect(done(await desk.ledger())).toEqual(done(before))

    second.kill('SIGCONT')
    const end = await second.ended
    expect({ code: end.code, err: end.err }).toEqual({ code: EXIT.ok, err: '' })
    expect(differences(undisturbed, await desk.close())).toEqual([])
  },
  180_000,
)

/** What somebody asked for; machines that start meanwhile do so by themselves. */
function done(ledger: readonly LedgerEntry[]): readonly string[] {
  const own = new Set(['boot', 'shutdown', 'cmid', 'rearm-completed', 'activation'])
  return ledger.filter(({ did }) => !own.has(did)).map((entry) => JSON.stringify(entry))
}
