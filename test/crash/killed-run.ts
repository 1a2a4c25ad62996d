import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { compose } from '../../src/compose.ts'
import type { LedgerEntry } from '../../src/lab/model/ledger.ts'
import { EXIT } from '../../src/ui/cli/exit-codes.ts'
import type { Order } from './cells.ts'
import { differences } from './ledger.ts'
import type { Case, End, LabProcess, Shop } from './processes.ts'

/** More processes than this for one run mean that it makes no progress. */
const MOST_PROCESSES = 150

/** Decides when a process is killed; `marked` resolves at its first boundary, `ended` aborts when it has ended. */
type Killer = (kill: () => void, marked: () => Promise<void>, ended: AbortSignal) => Promise<void>

/** One run, its lab, and the processes that drive it one after the other. */
export class KilledRun {
  readonly killedAt: string[] = []
  ledger: readonly LedgerEntry[] = []
  readonly #shop: Shop
  readonly #case: Case
  readonly #home: string
  readonly #lab: LabProcess
  #processes = 0

  private constructor(shop: Shop, one: Case, home: string, lab: LabProcess) {
    this.#shop = shop
    this.#case = one
    this.#home = home
    this.#lab = lab
  }

  static async begin(shop: Shop, one: Case, name: string): Promise<KilledRun> {
    const home = join(shop.folder, name)
    mkdirSync(home)
    return new KilledRun(shop, one, home, await shop.startLab(one.farm, join(home, 'lab')))
  }

  /** The next process: begins the run or takes it up. Resolves with its end, by itself or by a kill. A process that dies between its
   *  claim and its first commit leaves leases without a run, which have to pass. */
  async go(armed: readonly string[], killer: Killer): Promise<End> {
    for (;;) {
      this.#processes += 1
      if (this.#processes > MOST_PROCESSES) return { code: -1, out: '', err: 'the run makes no progress' }
      const begun = (await this.#store(async (store) => (await store.list()).length)) !== 0
      const begin = ['run', this.#case.workflow, '--inventory', this.#lab.inventory, '--json']
      const end = await this.#process(begun ? ['resume', '--json'] : begin, armed, killer)
      if (begun || end.code !== EXIT.busy) return end
      await delay(1000)
    }
  }

  async #process(args: readonly string[], armed: readonly string[], killer: Killer): Promise<End> {
    const order: Order = { armed, deed: 'SIGKILL', marks: this.#marksFile() }
    const child = this.#shop.begin(args, this.#home, order)
    const ended = new AbortController()
    const marked = () => this.#firstMark(ended.signal)
    const killing = killer(() => child.kill('SIGKILL'), marked, ended.signal).catch(() => undefined)
    const end = await child.ended
    ended.abort()
    await killing
    if (end.code === null) this.killedAt.push(this.marks().at(-1) ?? 'start')
    return end
  }

  /** The boundaries that the last process passed, the fatal one included. */
  marks(): readonly string[] {
    return this.#rawMarks().map((mark) => mark.replace('!', ''))
  }

  /** The boundary at which the last process killed itself. */
  fatal(): string | null {
    return (
      this.#rawMarks()
        .find((mark) => mark.startsWith('!'))
        ?.slice(1) ?? null
    )
  }

  /** What is wrong with the run now that its last process has ended; nothing is, mostly. Ends the lab. */
  async end(end: End, undisturbed: readonly LedgerEntry[] | null): Promise<readonly string[]> {
    await this.#lab.stop()
    this.ledger = await this.#lab.ledger()
    const broken = await this.#store(async (store) => {
      const [run] = await store.list()
      return run === undefined ? null : await store.audit(run.run)
    })
    return [
      // Killed right after the commit that ended it, a run cannot be taken up again: it is over, and verified.
      ...(end.code === 0 || /"RUN_ENDED".*"outcome":"verified"/s.test(end.err + end.out)
        ? []
        : [`its last process ended with ${String(end.code)}: ${end.err}${end.out.slice(-2000)}`]),
      ...(undisturbed === null ? [] : differences(undisturbed, this.ledger)),
      ...(typeof broken === 'object' && broken !== null && 'broken' in broken ? [`its journal is broken: ${broken.why}`] : []),
    ]
  }

  async #store<T>(work: (store: ReturnType<ReturnType<typeof compose>['openStore']>) => Promise<T>): Promise<T | 0> {
    if (!existsSync(join(this.#home, 'runs.db'))) return 0
    const store = compose('crash', { HOME: this.#home, VDISKPREP_HOME: this.#home }).openStore(null)
    try {
      return await work(store)
    } finally {
      await store.close()
    }
  }

  #marksFile(): string {
    return join(this.#home, `marks-${String(this.#processes)}`)
  }

  #rawMarks(): readonly string[] {
    const file = this.#marksFile()
    return existsSync(file)
      ? readFileSync(file, 'utf8')
          .split('\n')
          .filter((line) => line !== '')
      : []
  }

  async #firstMark(ended: AbortSignal): Promise<void> {
    while (this.#rawMarks().length === 0) await delay(10, undefined, { signal: ended })
  }
}
