import { Fault } from '../faults/fault.ts'
import { findings, type Findings } from './findings.ts'
import type { SecretRef } from './inventory.ts'
import { loadTree } from './load-workflow.ts'
import { pathBeside, readText, type Files } from './reading.ts'
import { secretReference } from './secret-reference.ts'
import { settingsFile, type SettingsFile } from './settings-schema.ts'
import { keyAt, plain, spanAt, valueAt, written } from './tree-path.ts'
import type { MapTree } from './yaml-tree.ts'

/** What a message is sent for. */
export type Occasion = 'held' | 'failed' | 'done'

/** Where people are told of a run that needs them or has ended. Secrets are references. */
export interface NotifySettings {
  readonly webhook?: { readonly url: string; readonly secret: SecretRef; readonly on: readonly Occasion[] }
  readonly teams?: { readonly url: SecretRef; readonly on: readonly Occasion[] }
  readonly mail?: {
    readonly host: string
    readonly port: number
    readonly tls: 'none' | 'starttls' | 'implicit'
    readonly auth: { readonly user: string; readonly password: SecretRef } | null
    readonly from: string
    readonly to: readonly string[]
    readonly on: readonly Occasion[]
  }
}

/** A settings file, resolved: values for options by the name that commander gives them, and who is told. Paths are absolute or start
 *  from the working folder. */
export interface Settings {
  readonly options: Readonly<Record<string, string | boolean>>
  readonly notify: NotifySettings
}

/** Reads a settings file. Throws SETTINGS_INVALID with all problems at once in
 *  `details.diagnostics`. */
export function readSettings(path: string, files: Files): Settings {
  const found = findings()
  const source = readText(files, path, found)
  const blank = source !== undefined && source.text.split(/[\r\n]+/).every((line) => /^\s*(?:#|$)/.test(line))
  const tree = source && !blank ? loadTree(source, settingsFile, found) : undefined
  const settings = tree === undefined ? { options: {}, notify: {} } : resolved(tree, path, files, found)
  const diagnostics = found.diagnostics()
  if (diagnostics.length > 0) {
    const problems = diagnostics.length === 1 ? '1 problem' : `${diagnostics.length} problems`
    throw new Fault('SETTINGS_INVALID', { problems, file: path, diagnostics })
  }
  return settings
}

/** Options whose value is a path. */
const PATHS = ['store', 'inventory', 'metrics']

function resolved(tree: MapTree, path: string, files: Files, found: Findings): Settings {
  const { notify, ...rest } = plain(tree) as SettingsFile
  const beside = (file: string) => pathBeside(path, file, files.home)
  const options = Object.entries(rest).flatMap(([name, value]) => {
    const isPath = PATHS.includes(name) && typeof value === 'string'
    return value === undefined ? [] : [[name, isPath ? beside(value) : value] as const]
  })
  return { options: Object.fromEntries(options), notify: notifyOf(notify ?? {}, { tree, found, beside }) }
}

type Written = NonNullable<SettingsFile['notify']>

/** What the resolving of a file works with. */
interface Reading {
  readonly tree: MapTree
  readonly found: Findings
  readonly beside: (path: string) => string
}

const ALWAYS: readonly Occasion[] = ['held', 'failed', 'done']

function notifyOf({ webhook, teams, mail }: Written, reading: Reading): NotifySettings {
  const { tree, found } = reading
  const lacks = (way: string, keys: readonly string[]) => {
    for (const key of keys)
      if (!written(tree, ['notify', way, key]))
        found.add({ at: keyAt(tree, ['notify', way]), message: `notify.${way}.${key} is missing` })
    return keys.some((key) => valueAt(tree, ['notify', way, key]) === undefined)
  }
  return {
    ...(webhook === undefined || lacks('webhook', ['url', 'secret'])
      ? {}
      : {
          webhook: {
            on: webhook.on ?? ALWAYS,
            url: webUrl(webhook.url, reading),
            secret: referred(webhook.secret, 'webhook', 'secret', reading),
          },
        }),
    ...(teams === undefined || lacks('teams', ['url'])
      ? {}
      : { teams: { on: teams.on ?? ALWAYS, url: referred(teams.url, 'teams', 'url', reading) } }),
    ...(mail === undefined || lacks('mail', ['host', 'from', 'to', ...(mail.user === undefined ? [] : ['password'])])
      ? {}
      : { mail: mailOf(mail, reading) }),
  }
}

function mailOf(mail: NonNullable<Written['mail']>, reading: Reading): NonNullable<NotifySettings['mail']> {
  const { user, password, host = '', port = 25, tls = 'starttls', from = '', to = [], on = ALWAYS } = mail
  const auth = user === undefined ? null : { user, password: referred(password, 'mail', 'password', reading) }
  if (auth !== null && tls === 'none')
    reading.found.add({
      at: spanAt(reading.tree, ['notify', 'mail', 'tls']),
      message: 'the password would travel in the clear',
      expected: 'tls: starttls or tls: implicit',
    })
  return { host, port, tls, auth, from, to, on }
}

function webUrl(url: string | undefined, { tree, found }: Reading): string {
  if (!/^https?:$/.test(URL.parse(url ?? '')?.protocol ?? ''))
    found.add({ at: spanAt(tree, ['notify', 'webhook', 'url']), message: 'this is no web address', expected: 'https://...' })
  return url ?? ''
}

/** A message is sent when nobody may be there any more. */
function referred(text: string | undefined, way: string, key: string, { tree, found, beside }: Reading): SecretRef {
  const reference = secretReference(text ?? '') ?? { from: 'env', name: '' }
  if (reference.from === 'prompt')
    found.add({ at: spanAt(tree, ['notify', way, key]), message: 'nobody can be asked then', expected: 'env:NAME or file:path' })
  return reference.from === 'file' ? { ...reference, path: beside(reference.path) } : reference
}
