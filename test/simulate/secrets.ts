import { faultOf } from '../../src/faults/fault.ts'
import { plain } from '../../src/diary/plain.ts'
import { veiled } from '../../src/diary/veil.ts'
import type { Hosts } from '../../src/engine/ports/hosts.ts'
import type { JournalEntry } from '../../src/engine/ports/store.ts'
import type { AgentHost } from '../../src/lab/agent/agent-host.ts'
import { AgentRefusal } from '../../src/lab/agent/host-errors.ts'
import { presetPairs } from '../../src/lab/farm-file/presets.ts'
import { windowsKeys } from '../../src/lab/model/windows-keys.ts'
import { windowsRelease } from '../../src/lab/model/windows-releases.ts'
import { fold, stamped } from '../../src/procedure/fold.ts'
import { emptyView } from '../../src/procedure/view-changes.ts'
import { withOwnKeys } from '../../src/remote/own-keys.ts'
import { createRedactor, type Redactor } from '../../src/remote/redaction.ts'
import { createSecrets, type Secrets } from '../../src/remote/secrets.ts'
import { withoutSecrets } from '../../src/remote/without-secrets.ts'
import { faultLines } from '../../src/ui/cli/screens/fault.ts'
import { runScreen } from '../../src/ui/cli/screens/run.ts'
import { HERE } from '../../src/wire/here.ts'
import type { FactsOf } from '../../src/wire/operations/catalogue.ts'
import type { Drawn } from './draw.ts'

/** What the program is given and nobody may read: the password of a login and the passphrase of its key. */
const LOGIN = { VDP_PASSWORD: 'Kanarie "im" Stollen 7#', VDP_PASSPHRASE: 'gelber Vogel\\singt nicht' } as const

/** A key of a site's own that no release of Windows knows. */
const STRANGE_KEY = 'KANAR-1ENV0-GELST-UMMX7-Q2Z9K'
const REFERENCE = 'env:VDP_WINDOWS_KEY'

/** A product key in full. */
const KEY = /\b[A-Z0-9]{5}(?:-[A-Z0-9]{5}){4}\b/

/** A script at which hosts print the login they were reached with. */
export const CHATTY_SCRIPT = 'Get-ChildItem env:'

/** The own key of the site, as the plan names it: every other seed it is one that Windows takes. */
export function ownKeyOf(drawn: Drawn): string {
  return `${REFERENCE} ...${valueOf(drawn).slice(-5)}`
}

function valueOf({ chance, pair }: Drawn): string {
  const { family, editions } = windowsRelease(presetPairs[pair]?.os ?? 'windows-11-23h2')
  const edition = 'Enterprise' in editions ? 'Enterprise' : 'Standard'
  const known = windowsKeys.find((one) => one.family === family && one.edition === edition)
  return chance % 2 === 0 ? (known?.key ?? STRANGE_KEY) : STRANGE_KEY
}

/** The secrets of one seed, how the program keeps them, and what shows one of them. */
export class Vault {
  readonly #redactor: Redactor
  readonly #secrets: Secrets
  readonly #careless: boolean
  readonly #drawn: Drawn
  /** What people and the diary were told besides the journal. */
  readonly #told: string[] = []

  /** `careless`: nothing is taken out of anything. */
  constructor(drawn: Drawn, careless: boolean) {
    this.#careless = careless
    this.#drawn = drawn
    const redactor = createRedactor()
    this.#redactor = careless ? { ...redactor, redact: (text) => text } : redactor
    const secrets = createSecrets({ env: { ...LOGIN, VDP_WINDOWS_KEY: valueOf(drawn) }, prompt: null, redactor })
    this.#secrets = careless ? { ...secrets, withoutKeys: (text) => text } : secrets
    for (const name of Object.keys(LOGIN)) void secrets.read({ from: 'env', name }, 'PVS01')
  }

  /** Hosts as the program composes them. */
  hosts(inner: Hosts): Hosts {
    const owned: Hosts = {
      ...inner,
      open: async (host, opening) => {
        const session = await inner.open(host, opening)
        // Where no key of the site's own was read there is none to take out, and looking for one is dear.
        return host === HERE || this.#drawn.wish !== 'ownKey' ? session : withOwnKeys(session, this.#secrets)
      },
    }
    return withoutSecrets(owned, (text) => this.#redactor.redact(text))
  }

  /** A fault that a person is told, as the screen and the diary have it. */
  tell(thrown: unknown): void {
    const fault = faultOf(thrown)
    const line = JSON.stringify({ message: fault.code, about: plain(thrown) })
    const diary = this.#careless ? line : veiled(line, (text) => this.#redactor.redact(text))
    this.#told.push(...faultLines(fault, null, { width: 200, paint: (_style, text) => text }), diary ?? '')
  }

  /** What shows a secret in these texts, the faults told, and the screen of a run; null when nothing does. */
  shows(texts: readonly string[]): string | null {
    const all = [...texts, ...this.#told].join('\n')
    const secret = Object.values(LOGIN).find((one) => all.includes(one) || all.includes(JSON.stringify(one).slice(1, -1)))
    return secret ?? KEY.exec(all)?.[0] ?? null
  }
}

/** The screen of a run, from its journal. */
export function screenOf(run: string, entries: readonly JournalEntry[]): string {
  const lines = entries.map(({ at, type, body }, seq) => stamped({ run, seq, at, hash: '', type, body }))
  const view = lines.reduce(fold, emptyView(run))
  return runScreen(view, view.changedAt, { width: 200, paint: (_style, text) => text }).join('\n')
}

/** A host that repeats in its refusal the key it was given, and prints the login where a hook makes it. */
export function chatty(host: AgentHost, { wish }: Drawn): AgentHost {
  return {
    ...host,
    perform: async (op, args, tools) => {
      const { key, script } = args as { readonly key?: string; readonly script?: string }
      try {
        const facts = await host.perform(op, args, tools)
        if (op !== 'Invoke-VdpHook' || script !== CHATTY_SCRIPT) return facts
        const { program } = facts as FactsOf<'Invoke-VdpHook'>
        return { ...(facts as object), program: { ...program, output: Object.values(LOGIN).join('\r\n') } }
      } catch (thrown) {
        if (op !== 'Set-VdpWindowsKey' || wish !== 'ownKey' || !(thrown instanceof Error)) throw thrown
        throw new AgentRefusal('refused', `${thrown.message}: ${key ?? ''}`)
      }
    },
  }
}
