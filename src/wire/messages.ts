import { z } from 'zod'

/** Version of the protocol between orchestrator and agent session. Both sides refuse another one by name. */
export const PROTOCOL = 1

const nonce = z.string().regex(/^[0-9a-f]{32}$/)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** What the first plain line of a session says (banner.ts): which PowerShell answered. `bits` is the process, `os` the Windows under it. */
export const banner = z.strictObject({
  powershell: z.string().min(1),
  language: z.enum(['FullLanguage', 'ConstrainedLanguage', 'RestrictedLanguage', 'NoLanguage']),
  bits: z.union([z.literal(32), z.literal(64)]),
  os: z.union([z.literal(32), z.literal(64)]),
  elevated: z.boolean(),
})

export type Banner = z.infer<typeof banner>

/** Opens a session. The fence is the highest this connection may use; `bundle.parts` agent parts follow, one line each, and after
 *  the last one the host answers with its welcome or a refusal. `bundle.sha256` covers the bytes of all parts together. */
export const hello = z.strictObject({
  type: z.literal('hello'),
  protocol: z.int(),
  nonce,
  role: z.enum(['target', 'pvs', 'kms']),
  run: z.string(),
  owner: z.string(),
  fence: z.int().nonnegative(),
  bundle: z.strictObject({ sha256, parts: z.int().nonnegative() }),
})

export type Hello = z.infer<typeof hello>

/** One part of the agent bundle, counted from 0: base64 of its bytes, the whole line at most 16 KiB (older Windows OpenSSH cut stdin at a
 *  block boundary, Win32-OpenSSH issue 908). The next part is sent when this one was acknowledged. */
export const bundlePart = z.strictObject({ type: z.literal('part'), n: z.int().nonnegative(), content: z.base64() })

/** The host's receipt for one part: the hash of its bytes as they arrived. */
export const bundleAck = z.strictObject({ type: z.literal('ack'), n: z.int().nonnegative(), sha256 })

/** The host's answer to hello and bundle. `agents` is the hash of the bundle as the host runs it, `fence` the highest it has accepted. */
export const welcome = z.strictObject({
  type: z.literal('welcome'),
  protocol: z.int(),
  computer: z.string(),
  powershell: z.string(),
  culture: z.string(),
  elevated: z.boolean(),
  boot: z.guid(),
  agents: sha256,
  fence: z.int().nonnegative(),
  /** Of a PVS server: whether Get-PvsFarm answered this session, and whether the SOAP service ran that it asks. */
  farm: z.strictObject({ answers: z.boolean(), soapRuns: z.boolean() }).optional(),
  lab: z.strictObject({ speed: z.number().positive(), world: z.record(z.string(), z.string()) }).nullable(),
})

export type Welcome = z.infer<typeof welcome>

/** One request. `effect` names the act for its receipt and is null for reads. */
export const request = z.strictObject({
  type: z.literal('request'),
  id: z.int().positive(),
  op: z.string(),
  args: z.unknown(),
  fence: z.int().nonnegative(),
  effect: z.string().nullable(),
  deadlineMs: z.int().positive(),
})

export type Request = z.infer<typeof request>

/** Why a host refused or failed. `kind` says which words to read: an HRESULT, a PVS return code, or our own refusal. */
export const hostError = z.strictObject({
  kind: z.enum(['fenced', 'busy', 'refused', 'licensing', 'pvs', 'native', 'arguments', 'missing', 'internal']),
  message: z.string(),
  hresult: z.string().nullable(),
  returnCode: z.int().nullable(),
  details: z.string().nullable(),
  at: z.string().nullable(),
})

export type HostError = z.infer<typeof hostError>

/** The host's answer to a hello it does not take: kind `fenced` when it has accepted a higher fence, else its reason. */
export const refusal = z.strictObject({
  type: z.literal('refusal'),
  protocol: z.int(),
  error: hostError,
})

export type Refusal = z.infer<typeof refusal>

/** The one framed line that answers a request. */
export const reply = z.discriminatedUnion('ok', [
  z.strictObject({
    type: z.literal('reply'),
    id: z.int().positive(),
    ok: z.literal(true),
    facts: z.unknown(),
    log: z.array(z.string()),
  }),
  z.strictObject({
    type: z.literal('reply'),
    id: z.int().positive(),
    ok: z.literal(false),
    error: hostError,
    log: z.array(z.string()),
  }),
])

export type Reply = z.infer<typeof reply>
