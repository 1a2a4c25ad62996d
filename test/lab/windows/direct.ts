import { PassThrough } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { Session } from '../../../src/engine/ports/hosts.ts'
import { kmsHost, serverHost, targetHost, type AgentHost } from '../../../src/lab/agent/agent-host.ts'
import { powerLost } from '../../../src/lab/agent/answer.ts'
import {
  openSession as openBuiltIn,
  type AgentProcess,
  type AgentSession,
  type OpenSession,
} from '../../../src/lab/agent/session.ts'
import { virtualClock } from '../../../src/lab/clock.ts'
import { buildFarm } from '../../../src/lab/farm-file/build.ts'
import { checkFarm } from '../../../src/lab/farm-file/load.ts'
import { presetFarm, type PresetWish } from '../../../src/lab/farm-file/presets.ts'
import type { Agents } from '../../../src/lab/lab.ts'
import type { LedgerEntry } from '../../../src/lab/model/ledger.ts'
import { powershellFront, type AgentCall, type PowershellFront } from '../../../src/lab/windows/front.ts'
import { readAgents, readBootstrap } from '../../../src/remote/agent-files.ts'
import { bootstrapCommand } from '../../../src/remote/bootstrap.ts'
import { installedCommand } from '../../../src/remote/installed.ts'
import { bundleOf, installedBundle, type Bundle } from '../../../src/remote/session/bundle.ts'
import type { Form, Link, LinkEnd } from '../../../src/remote/session/link.ts'
import { openOneShot } from '../../../src/remote/session/one-shot.ts'
import { openSession } from '../../../src/remote/session/open.ts'
import { usualPatience } from '../../../src/remote/session/patience.ts'
import type { Role } from '../../../src/wire/operations/catalogue.ts'
import { AGENTS_FOLDER } from '../../fixtures/powershell.ts'

/** Stands around every call of an agent to its Windows. */
export type Around = (call: AgentCall, proceed: () => unknown) => unknown

/** A farm in virtual time whose hosts are asked through the program's own sessions, over the processes of one front and without a network. */
export async function directFarm(front: Agents, wish: PresetWish, around?: Around) {
  const clock = virtualClock(Date.UTC(2026, 9, 14, 8))
  const { farm: model, cast } = buildFarm(checkFarm(presetFarm(wish)), clock)
  const shipped = front === 'powershell' ? await powershellFront(process.env['VDISKPREP_PWSH'] ?? 'pwsh', around) : undefined
  const hosts = [
    ...model.servers.map((one) => serverHost(model, one)),
    ...model.devices.map((one) => targetHost(model, one)),
    kmsHost(model),
  ]
  const links = new Map<string, Set<Link>>(hosts.map(({ name }) => [name, new Set()]))
  const opened = new Set<Session>()
  const hostOf = (name: string): AgentHost => {
    const found = hosts.find((one) => one.name === name)
    if (found === undefined) throw new Error(`no host ${name}`)
    return found
  }
  model.onPower.push((device, up) => {
    if (up) return
    powerLost(hostOf(device.name))
    for (const link of links.get(device.name) ?? []) link.destroy()
  })
  return {
    front,
    model,
    cast,
    clock,
    disk: cast.disk,
    master: cast.master,
    hostOf,
    /** What agents have left on a machine; of the built-in front nothing is kept. */
    left: (name: string) => shipped?.left(hostOf(name)),
    unmodelled: () => shipped?.unmodelled() ?? [],
    ledger: (): readonly LedgerEntry[] => {
      model.time.settle()
      return model.ledger.entries
    },
    /** Opens a session with a host. Rejects with a Fault as the program's own connections do. */
    async open(name: string, opening: { readonly run: string; readonly fence: number }, manner: Manner = {}): Promise<Session> {
      const host = hostOf(name)
      const { form = 'session', installed } = manner
      const command = installed === undefined ? bootstrapCommand(await bootstrap(), form) : installedCommand(installed, form)
      const start = () => Promise.resolve(processOf(host, shipped, links.get(name) ?? new Set(), command))
      const greeting = {
        host: name,
        role: host.role,
        opening: { owner: 'test', ...opening },
        bundle: await bundleFor(host.role, installed !== undefined),
        patience: usualPatience,
        log: () => undefined,
        ...(installed === undefined ? {} : { installed }),
      }
      const session = form === 'one-shot' ? await openOneShot(start, greeting) : await openSession(await start(), greeting)
      opened.add(session)
      return session
    },
    /** Breaks every link to a host. */
    cut(name: string): void {
      for (const link of links.get(name) ?? []) link.destroy()
    },
    async close() {
      await Promise.all([...opened].map((one) => one.close()))
      clock.close()
      await shipped?.close()
    },
  }
}

/** How a session is started: in which form, and from which folder on the host if from one. */
interface Manner {
  readonly form?: Form
  readonly installed?: string
}

export type DirectFarm = Awaited<ReturnType<typeof directFarm>>

const texts = new Map<string, Promise<string>>()

/** A text of the agents' folder, read once. */
async function once(name: string, read: () => Promise<string>): Promise<string> {
  const known = texts.get(name) ?? read()
  texts.set(name, known)
  return await known
}

const bootstrap = () => once('bootstrap', () => readBootstrap(AGENTS_FOLDER))

async function bundleFor(role: Role, installed: boolean): Promise<Bundle> {
  const text = await once(role, () => readAgents(AGENTS_FOLDER, role))
  return installed ? installedBundle(text) : bundleOf(text)
}

function processOf(host: AgentHost, front: PowershellFront | undefined, links: Set<Link>, command: string): Link {
  const open: OpenSession = front?.openSession ?? openBuiltIn
  const link = linkTo((process) => open(host, process, command))
  links.add(link)
  void link.ended.then(() => links.delete(link))
  return link
}

/** A session's process as the program sees it at the far end of a link. */
function linkTo(start: (process: AgentProcess) => AgentSession): Link {
  const output = new PassThrough()
  const { promise: ended, resolve } = Promise.withResolvers<LinkEnd>()
  let words = ''
  let over = false
  const finish = (end: LinkEnd) => {
    if (over) return
    over = true
    void finished(output, { writable: false }).then(() => resolve(end))
    output.end()
  }
  const cut = () => {
    if (over) return
    session.lost()
    finish({ by: 'link', detail: 'the link was cut' })
  }
  const session = start({
    send: (text) => {
      if (!over) output.write(text)
    },
    complain: (text) => {
      words = (words + text).slice(-2000)
    },
    exit: (code) => {
      finish({ by: 'exit', code, words: words.trim() })
    },
    breakLink: cut,
  })
  return {
    output,
    ended,
    write(line) {
      if (over) return false
      for (const one of line.split('\n')) if (one !== '') session.line(one)
      return true
    },
    end: () => {
      session.eof()
    },
    destroy: cut,
  }
}
