import type { Request } from '../../wire/messages.ts'
import type { HandFolder } from './folder.ts'
import type { Question } from './forms.ts'
import { asked } from './asked.ts'

/** What this process knows of the questions of one run. */
export class RunMemory {
  readonly #folder: HandFolder
  readonly #times = new Map<string, number>()
  readonly #page = new Set<string>()
  /** Questions that lay there from an earlier process and may still be asked in the same words. */
  #old: Question[]
  #answered: Question[] = []
  /** Somebody left while something was still waiting. */
  interrupted = false
  #acted = false
  #fence: number

  /** `fence` is that of the first connection of this process. An old question is asked on only while nobody else has driven the run since (a
   *  claim and a connection raise the fence by one each) and no act has come after it: its answer tells of the hosts as they still are.
   *  Acts that lie there are withdrawn: what became of them the receipt on their host says. */
  constructor(folder: HandFolder, run: string, fence: number) {
    this.#folder = folder
    this.#fence = fence
    const { questions, lastAct } = folder.left(run)
    const latest = Math.max(0, ...questions.map((one) => one.fence))
    const isOurs = fence > 0 && fence <= latest + 2
    const goesOn = (one: Question) => isOurs && !one.act && one.n > lastAct
    this.#old = questions.filter(goesOn)
    for (const one of questions) if (!goesOn(one)) folder.retire(one)
  }

  /** The highest fence of a connection so far. */
  get fence(): number {
    return this.#fence
  }

  connected(fence: number): void {
    this.#fence = Math.max(this.#fence, fence)
  }

  /** The question as it lies there already, or undefined; and how often this process has asked it before. The same question twice, an
   *  act, or what comes after one ends what went before: answers that were read are put away. */
  begin(host: string, agents: string, request: Request): { readonly old: Question | undefined; readonly before: number } {
    const key = JSON.stringify([host, request.op, request.args])
    if (request.effect !== null || this.#acted || this.#page.has(key)) this.putAway()
    this.#acted = request.effect !== null
    this.#page.add(key)
    const before = this.#times.get(key) ?? 0
    this.#times.set(key, before + 1)
    const isSame = (one: Question) => {
      const { op, args } = asked(one)
      return one.host === host && one.agents === agents && JSON.stringify([host, op, args]) === key
    }
    const old = request.effect === null ? this.#old.find(isSame) : undefined
    this.#old = this.#old.filter((one) => one !== old)
    return { old, before }
  }

  answered(question: Question): void {
    this.#answered.push(question)
  }

  putAway(): void {
    for (const one of [...this.#answered.splice(0), ...this.#old.splice(0)]) this.#folder.retire(one)
    this.#page.clear()
  }
}
