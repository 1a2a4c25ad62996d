import { randomBytes } from 'node:crypto'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { Silence } from '../agent/host-errors.ts'
import { LicensingError, textOf } from '../model/licensing-error.ts'
import { PvsError } from '../model/pvs-error.ts'
import { spoken } from '../model/words.ts'
import { SurfaceError, type SurfaceCalls } from './surface.ts'

/** One session's way to the surface: what its process is told, and its end. */
export interface SurfaceDoor {
  /** `<port> <token>`, for VDISKPREP_LAB_SURFACE. */
  readonly address: string
  close(): void
}

/** What stands around a call of an agent to its Windows: who looks at calls, or ends the process in the middle of one. What it answers is the
 *  answer; a promise that never settles is none. */
export type Around = (call: { readonly name: string; readonly args: unknown }, proceed: () => unknown) => unknown

const untouched: Around = (_, proceed) => proceed()

/** How a door answers: in which language, English without one, and what stands around every call. */
export interface Manner {
  readonly language?: () => string
  readonly around?: Around | undefined
}

/** The Windows surface of one lab, on a port of loopback. */
export interface SurfaceServer {
  /** Opens a door for a session. `desk` is asked anew for each call and throws Silence when the machine is down. */
  open<D>(host: string, calls: SurfaceCalls<D>, desk: () => D, manner?: Manner): SurfaceDoor
  /** What was asked for and is not modelled, each once, with the host. */
  unmodelled(): readonly string[]
  close(): Promise<void>
}

interface Door {
  readonly host: string
  answer(call: string, args: unknown): unknown
  language(): string
  readonly sockets: Set<Socket>
}

/** Starts the loopback server that every PowerShell of a lab asks. A connection's first line is its token. */
export async function serveSurface(): Promise<SurfaceServer> {
  const doors = new Map<string, Door>()
  const missed = new Set<string>()
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    socket.setNoDelay(true)
    socket.on('error', () => undefined)
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    converse(socket, doors, missed)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    open(host, calls, desk, { language = () => 'en-US', around = untouched } = {}) {
      const token = randomBytes(16).toString('hex')
      const answer = (name: string, args: unknown) => {
        const call = calls[name]
        if (call === undefined) throw new SurfaceError('unmodelled', `the call ${name}`)
        return around({ name, args }, () => call(desk(), args as never))
      }
      const door: Door = { host, answer, language, sockets: new Set() }
      doors.set(token, door)
      return {
        address: `${port} ${token}`,
        close() {
          doors.delete(token)
          for (const socket of door.sockets) socket.destroy()
        },
      }
    },
    unmodelled: () => [...missed],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
  }
}

/** Lines of one connection, answered one after the other. */
function converse(socket: Socket, doors: ReadonlyMap<string, Door>, missed: Set<string>): void {
  let door: Door | undefined
  let rest = ''
  let turn = Promise.resolve()
  socket.setEncoding('utf8')
  socket.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (door === undefined) {
        door = doors.get(line.trim())
        if (door === undefined) return void socket.destroy()
        door.sockets.add(socket)
        continue
      }
      const here = door
      turn = turn.then(() => reply(socket, here, line, missed))
    }
  })
}

async function reply(socket: Socket, door: Door, line: string, missed: Set<string>): Promise<void> {
  let answer: unknown
  try {
    const { call, args } = JSON.parse(line) as { call: string; args: unknown }
    answer = { ok: true, value: carried((await door.answer(call, args)) ?? null) }
  } catch (thrown) {
    if (thrown instanceof Silence) return void socket.destroy()
    const error = errorOf(thrown, door.language())
    if (error.kind === 'unmodelled') missed.add(`${door.host}: ${error.message}`)
    answer = { ok: false, error: carried(error) }
  }
  if (socket.writable) socket.write(`${JSON.stringify(answer)}\n`)
}

function errorOf(thrown: unknown, language: string): Pick<SurfaceError, 'kind' | 'message' | 'code' | 'details'> {
  if (thrown instanceof SurfaceError) {
    const { kind, message, code, details } = thrown
    const words =
      kind === 'unmodelled' ? `the lab does not model ${message}` : kind === 'internal' ? message : spoken(language, message)
    return { kind, message: words, code, details }
  }
  if (thrown instanceof LicensingError)
    return { kind: 'cim', message: textOf(thrown.hresult, language), code: thrown.hresult, details: null }
  if (thrown instanceof PvsError)
    return { kind: 'pvs', message: thrown.message, code: thrown.returnCode, details: thrown.details ?? null }
  return { kind: 'internal', message: thrown instanceof Error ? thrown.message : String(thrown), code: null, details: null }
}

/** A value as ConvertFrom-Json must read it: PowerShell 7 makes a date of every text in ISO form, so a text that only looks like one is
 *  wrapped (with a letter before it, or the wrapped text would become a date as well). */
function carried(value: unknown): unknown {
  if (typeof value === 'string') return /^\d{4}-\d\d-\d\dT/.test(value) ? { $text: `=${value}` } : value
  if (Array.isArray(value)) return value.map(carried)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, carried(inner)]))
}
