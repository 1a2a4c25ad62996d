import type { FaultRecord } from '../../../faults/fault.ts'
import type { HostEntry, Inventory } from '../../../workflow/inventory.ts'
import type { Welcome } from '../../../wire/messages.ts'
import { anonymous } from './anonymous.ts'
import type { Asked } from './asked.ts'

/** What a check found, as it goes into a report. `welcome` is null, and `fault` says why, when no session began. */
export interface Checked {
  readonly version: string
  readonly entry: HostEntry
  readonly form: 'session' | 'one-shot'
  readonly welcome: Welcome | null
  readonly fault: FaultRecord | null
  readonly asked: readonly Asked[]
  /** Names of devices, disks and the like that were asked for. */
  readonly named: readonly string[]
}

/** The text of a report: JSON that says all that was answered. Whole product keys and whatever `redact` knows are cut out; names only with
 *  `isAnonymous`. */
export function reportText(
  { version, entry, form, welcome, fault, asked, named }: Checked,
  inventory: Inventory,
  how: { readonly redact: (text: string) => string; readonly isAnonymous: boolean; readonly at: string },
): string {
  const { transport, installed } = entry
  const login = transport.by !== 'ssh' ? null : 'agent' in transport.auth ? 'agent' : 'key' in transport.auth ? 'key' : 'password'
  const report = {
    vdiskprep: version,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    at: how.at,
    host: {
      host: entry.name,
      role: entry.role,
      reached: transport.by,
      login,
      agents: installed === undefined ? 'streamed' : 'installed',
      form,
    },
    welcome: welcome === null ? null : { ...welcome, lab: welcome.lab !== null },
    fault,
    operations: asked,
  }
  const shown = how.isAnonymous ? anonymous(report, [...namesOf(inventory), ...named]) : report
  const clean = JSON.stringify(
    shown,
    (_key, value: unknown) => (typeof value === 'string' ? how.redact(withoutKeys(value)) : value),
    2,
  )
  return `${clean}\n`
}

const PRODUCT_KEY = /\b[A-Z0-9]{5}(?:-[A-Z0-9]{5}){4}\b/gi

function withoutKeys(text: string): string {
  return text.replace(PRODUCT_KEY, '[product key]')
}

function namesOf({ hosts }: Inventory): readonly string[] {
  return Object.values(hosts).flatMap(({ name, device, transport }) => {
    const own = 'address' in transport ? [transport.address, transport.user] : []
    return [name, device, ...own].filter((one) => one !== null)
  })
}
