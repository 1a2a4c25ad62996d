import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Fault } from '../../faults/fault.ts'
import { readQuestion } from './forms.ts'
import type { Question } from './forms.ts'

const NAME = /^(\d{6})-([\w-]*)-(read|act)-[0-9a-f]{8}\.request\.json$/

/** Files of the folder that travels:
 *
 *      ask.ps1                                    what is started on a host
 *      agents/<role>-<hash>/                      the agents of a role, as `agents export` writes them
 *      <host>/000007-8k2-act-1f9c03aa.request.json, .begun, .answer.json
 *      done/                                      questions that were answered or withdrawn
 *
 *  The folder may be away at any time: what is then asked for is not there, and what is written stays unwritten. */
export class HandFolder {
  readonly path: string

  /** Makes the folder in one that is there: a stick that is not plugged in is not to be taken for a folder of this machine. Throws
   *  BY_HAND_FOLDER when it cannot be written. */
  constructor(path: string) {
    this.path = path
    const above = dirname(path)
    if (!existsSync(above)) throw new Fault('BY_HAND_FOLDER', { folder: path, why: `there is no ${above}` })
    try {
      mkdirSync(join(path, 'done'), { recursive: true })
      const mark = join(path, 'done', 'may-be-written')
      writeFileSync(mark, '')
      rmSync(mark)
    } catch (thrown) {
      throw new Fault('BY_HAND_FOLDER', { folder: path, why: thrown instanceof Error ? thrown.message : String(thrown) }, thrown)
    }
  }

  isHere(): boolean {
    return existsSync(this.path)
  }

  /** The name of a host as a folder. */
  placeOf(host: string): string {
    return join(this.path, encodeURIComponent(host))
  }

  /** Questions of a run that lie there, and the number of the last act that ever lay there. */
  left(run: string): { readonly questions: readonly Question[]; readonly lastAct: number } {
    const names = [...this.#hosts(), 'done'].flatMap((folder) =>
      namesIn(join(this.path, folder)).map((name) => ({ folder, name })),
    )
    const own = names.filter(({ name }) => NAME.exec(name)?.[2] === inName(run))
    const acts = own.filter(({ name }) => NAME.exec(name)?.[3] === 'act').map(({ name }) => Number(NAME.exec(name)?.[1]))
    const questions = own.flatMap(({ folder, name }) => {
      if (folder === 'done') return []
      const text = read(join(this.path, folder, name))
      const question = text === undefined ? undefined : readQuestion(text)
      return question === undefined ? [] : [question]
    })
    return { questions, lastAct: Math.max(0, ...acts) }
  }

  /** The highest number that was ever given here. */
  lastNumber(): number {
    const names = [...this.#hosts(), 'done'].flatMap((folder) => namesIn(join(this.path, folder)))
    return Math.max(0, ...names.map((name) => Number(NAME.exec(name)?.[1] ?? 0)))
  }

  /** Writes a question where it does not lie there already. */
  put(question: Question): void {
    const file = this.#fileOf(question, 'request.json')
    if (!this.isHere() || existsSync(file)) return
    mkdirSync(this.placeOf(question.host), { recursive: true })
    write(file, `${JSON.stringify(question)}\n`)
  }

  /** Writes files that belong into a folder, where they are missing or differ. */
  equip(folder: string, files: ReadonlyMap<string, string>): void {
    if (!this.isHere()) return
    mkdirSync(join(this.path, folder), { recursive: true })
    for (const [name, text] of files) {
      const file = join(this.path, folder, name)
      if (read(file) !== text) write(file, text)
    }
  }

  /** The text that lies there as the answer to a question; a file that is still empty is none yet. */
  answerTo(question: Question): string | undefined {
    const text = read(this.#fileOf(question, 'answer.json'))
    return text === '' ? undefined : text
  }

  /** The file in which that answer lies, for people. */
  answerFile(question: Question): string {
    return this.#fileOf(question, 'answer.json')
  }

  /** Takes a question with all that belongs to it out of the host's way. */
  retire(question: Question): void {
    for (const end of ['request.json', 'begun', 'answer.json']) {
      const file = this.#fileOf(question, end)
      if (existsSync(file)) renameSync(file, join(this.path, 'done', basename(file)))
    }
  }

  /** Whether people say that a host cannot be asked; the mark is taken away. */
  takeOff(host: string): boolean {
    const marks = namesIn(this.placeOf(host)).filter((name) => /^off(\.txt)?$/i.test(name))
    for (const mark of marks) rmSync(join(this.placeOf(host), mark), { force: true })
    return marks.length > 0
  }

  #hosts(): readonly string[] {
    return namesIn(this.path).filter((name) => name !== 'agents' && name !== 'done' && !name.includes('.ps1'))
  }

  #fileOf({ n, run, act, id, host }: Question, end: string): string {
    const name = `${String(n).padStart(6, '0')}-${inName(run)}-${act ? 'act' : 'read'}-${id.slice(0, 8)}`
    return join(this.placeOf(host), `${name}.${end}`)
  }
}

function inName(run: string): string {
  return run.replaceAll(/[^\w-]/g, '_')
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/** Whole or not at all, for whoever takes the stick out meanwhile. */
function write(file: string, text: string): void {
  writeFileSync(`${file}.part`, text)
  renameSync(`${file}.part`, file)
}
