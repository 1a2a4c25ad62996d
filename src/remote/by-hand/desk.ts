import { watch, type FSWatcher } from 'node:fs'
import type { FaultRecord } from '../../faults/fault.ts'
import type { HandHost, HandQuestion, Hands } from '../../engine/ports/by-hand.ts'
import { asked } from './asked.ts'
import type { HandFolder } from './folder.ts'
import { readAnswer } from './forms.ts'
import type { HandAnswer, Question } from './forms.ts'
import { HALF, Pasted } from './pasted.ts'
import { wordsOf } from './words.ts'

/** How often the folder is looked at beside what the system tells of changes: it may be a stick that was away. */
const LOOK_MS = 1000

/** How long the rest of an answer that is being pasted may keep out before it is asked for. */
const HALF_MS = 1000

/** Where a pasted answer lies, for people. */
const PASTED = 'what was pasted'

/** What became of a question: an answer, a host that cannot be asked, or nobody waits for it any more. */
export type Carried =
  | { readonly is: 'answered'; readonly answer: HandAnswer }
  | { readonly is: 'off' }
  | { readonly is: 'left'; readonly detail: string }

/** A question that waits, and what its session does with an answer. */
export interface Waiting {
  readonly question: Question
  readonly before: number
  /** Why an answer cannot be taken; undefined when it can. */
  readonly objection: (answer: HandAnswer) => 'BY_HAND_OTHER_HOST' | undefined
}

type Pending = Waiting & { readonly settle: (carried: Carried) => void }

/** The questions that wait for people, and the eyes on the folder in which the answers come. */
export class HandDesk {
  readonly #folder: HandFolder
  readonly #hands: Hands
  readonly #prepare: () => void
  readonly #pending = new Map<string, Pending>()
  readonly #watchers = new Map<string, FSWatcher>()
  /** Answers that were found unfit, as they lay there; one that is cut may still be on its way, and is `told` when it is seen again. */
  readonly #unfit = new Map<string, { readonly text: string; told: boolean }>()
  /** Why the folder could not be used when it was last looked at. */
  #trouble = ''
  #looks: NodeJS.Timeout | undefined
  #soon: NodeJS.Immediate | undefined
  readonly #pasted = new Pasted()
  /** Ids of questions whose answers were taken. */
  readonly #taken = new Set<string>()
  #half: NodeJS.Timeout | undefined

  /** `prepare` writes what a host needs beside the questions. */
  constructor(folder: HandFolder, hands: Hands, prepare: () => void) {
    this.#folder = folder
    this.#hands = hands
    this.#prepare = prepare
    hands.listen((line) => this.#typed(line.trimEnd()))
  }

  /** Lays a question out and waits for its answer, for as long as it takes. */
  wait(waiting: Waiting, signals: readonly AbortSignal[]): Promise<Carried> {
    const { question } = waiting
    return new Promise((resolve) => {
      const leave = () => settle({ is: 'left', detail: 'nobody waits for the answer any more' })
      const settle = (carried: Carried) => {
        for (const signal of signals) signal.removeEventListener('abort', leave)
        this.#pending.delete(question.id)
        this.#change()
        resolve(carried)
      }
      this.#pending.set(question.id, { ...waiting, settle })
      for (const signal of signals) signal.addEventListener('abort', leave, { once: true })
      if (signals.some((signal) => signal.aborted)) leave()
      this.#change()
    })
  }

  /** Nobody is asked any more: what still waits is left, and people are told that nothing does. */
  close(): void {
    clearTimeout(this.#half)
    for (const one of [...this.#pending.values()]) one.settle({ is: 'left', detail: 'the program ends' })
    this.#hands.waiting([])
    clearInterval(this.#looks)
    clearImmediate(this.#soon)
    for (const watcher of this.#watchers.values()) watcher.close()
    this.#watchers.clear()
  }

  /** Soon, so that questions asked side by side are told together. */
  #change(): void {
    this.#soon ??= setImmediate(() => {
      this.#soon = undefined
      clearInterval(this.#looks)
      this.#looks = this.#pending.size === 0 ? undefined : setInterval(() => this.#look(), LOOK_MS)
      this.#look()
      if (!this.#hasChanged()) this.#hands.waiting(this.#hosts())
    })
  }

  #hasChanged(): boolean {
    return this.#soon !== undefined
  }

  #look(): void {
    if (!this.#folder.isHere()) return
    try {
      if (this.#pending.size > 0) this.#prepare()
      for (const one of [...this.#pending.values()].sort((a, b) => a.question.n - b.question.n)) this.#lookFor(one)
    } catch (thrown) {
      // A stick that is pulled out while it is read comes back, or another one does.
      if (!this.#folder.isHere()) return
      const why = thrown instanceof Error ? thrown.message : String(thrown)
      if (why !== this.#trouble) this.#hands.wrong({ code: 'BY_HAND_FOLDER', details: { folder: this.#folder.path, why } })
      this.#trouble = why
    }
  }

  #lookFor(one: Pending): void {
    const { question } = one
    const text = this.#folder.answerTo(question)
    if (text !== undefined) {
      this.#came(one, text, this.#folder.answerFile(question))
      return
    }
    this.#folder.put(question)
    this.#watch(question.host)
    if (this.#folder.takeOff(question.host)) this.#off(question.host)
  }

  #came(one: Pending, text: string, file: string): void {
    const { question, objection, settle } = one
    const answer = readAnswer(text)
    const details = { host: question.host, file }
    const seen = this.#unfit.get(file)
    const tell = (fault: FaultRecord) => {
      if (seen?.text !== text || !seen.told) this.#hands.wrong(fault)
      this.#unfit.set(file, { text, told: true })
    }
    if ('why' in answer) {
      if (answer.cut === true && seen?.text !== text) return void this.#unfit.set(file, { text, told: false })
      tell({ code: 'BY_HAND_ANSWER_UNFIT', details: { ...details, why: answer.why } })
      return
    }
    const why = answer.id !== question.id || answer.host !== question.host ? 'it answers another question' : undefined
    const code = why === undefined ? objection(answer) : 'BY_HAND_ANSWER_UNFIT'
    if (code === undefined) {
      this.#taken.add(answer.id)
      settle({ is: 'answered', answer })
      return
    }
    tell({ code, details: { ...details, why, computer: answer.computer } })
  }

  #watch(host: string): void {
    if (this.#watchers.has(host)) return
    try {
      const watcher = watch(this.#folder.placeOf(host), { persistent: false }, () => this.#look())
      const forget = () => {
        watcher.close()
        this.#watchers.delete(host)
      }
      watcher.on('error', forget)
      this.#watchers.set(host, watcher)
    } catch {
      // The plain look goes on.
    }
  }

  #off(host: string): void {
    for (const one of [...this.#pending.values()].filter(({ question }) => question.host === host)) {
      this.#folder.retire(one.question)
      one.settle({ is: 'off' })
    }
  }

  /** A line at the terminal: an answer or a piece of one, or `off HOST`. */
  #typed(line: string): void {
    clearTimeout(this.#half)
    if (this.#pending.size === 0 || (line === '' && !this.#pasted.isOpen)) return
    const off = /^\s*off\s+(\S+)$/i.exec(line)?.[1]
    if (off !== undefined) {
      const host = this.#names().find((name) => name.toLowerCase() === off.toLowerCase())
      if (host === undefined) this.#unclear(`nothing waits for a host ${off}`)
      else this.#off(host)
      return
    }
    const typed = this.#pasted.take(line)
    if (typed.is === 'part') this.#half = setTimeout(() => this.#unclear(HALF), HALF_MS)
    else if (typed.is === 'unfit') this.#unclear(typed.why)
    else if (typed.is === 'answer') this.#pasteOf(typed.answer, typed.text)
  }

  #pasteOf(answer: HandAnswer, text: string): void {
    const one = this.#pending.get(answer.id)
    this.#unfit.delete(PASTED)
    if (one !== undefined) this.#came(one, text, PASTED)
    else if (this.#taken.has(answer.id)) this.#hands.waiting(this.#hosts())
    else
      this.#unclear(`no question waits for this answer of ${answer.host}: it was withdrawn, or belongs to another run or folder`)
  }

  #unclear(why: string): void {
    this.#hands.wrong({ code: 'BY_HAND_TYPED', details: { why, host: this.#names().join(', ') } })
  }

  /** Hosts that are waited for. */
  #names(): readonly string[] {
    return [...new Set([...this.#pending.values()].map(({ question }) => question.host))].sort()
  }

  #hosts(): readonly HandHost[] {
    const all = [...this.#pending.values()].sort((a, b) => a.question.n - b.question.n)
    return this.#names().map((host) => ({
      host,
      type: lineFor(this.#hands.there, host),
      questions: all.filter(({ question }) => question.host === host).map(questionFor),
    }))
  }
}

function questionFor({ question, before }: Pending): HandQuestion {
  const request = asked(question)
  return { n: question.n, run: question.run, op: request.op, ...wordsOf(request), act: question.act, before }
}

/** The line that answers everything that waits for a host. `there` is the folder as the host calls it. */
function lineFor(there: string, host: string): string {
  const script = `${there.replace(/[\\/]+$/, '')}${there.includes('/') ? '/' : '\\'}ask.ps1`
  const words = [script, encodeURIComponent(host)].map((word) => (/\s/.test(word) ? `"${word}"` : word))
  return `powershell -NoProfile -ExecutionPolicy Bypass -File ${words.join(' ')}`
}
