import { createHash, createHmac } from 'node:crypto'

/** A host key as it came over the wire: `blob` is what a known_hosts line holds in base64. */
export interface HostKey {
  readonly type: string
  readonly blob: Buffer
}

/** One line of a known_hosts file that holds a key. `marker` is `@revoked` or `@cert-authority`. */
interface KnownHost {
  readonly marker: string | null
  readonly names: string
  readonly type: string
  readonly key: string
}

/** The key type is the first string in the blob (RFC 4253, 6.6). */
export function hostKeyFrom(blob: Buffer): HostKey {
  return { type: blob.subarray(4, 4 + blob.readUInt32BE(0)).toString('latin1'), blob }
}

/** The fingerprint as OpenSSH prints it: SHA256 and base64 without padding. */
export function fingerprintOf(key: HostKey): string {
  return `SHA256:${createHash('sha256').update(key.blob).digest('base64').replace(/=+$/, '')}`
}

/** The name under which OpenSSH keeps an address: bare on port 22, else in brackets with the port. */
export function knownName(address: string, port: number): string {
  return port === 22 ? address.toLowerCase() : `[${address.toLowerCase()}]:${port}`
}

/** What a file says of a key for this name. `changed` means that other keys are known, `revoked` that this one must not be taken. */
export function judgeHostKey(text: string, name: string, key: HostKey): 'known' | 'unknown' | 'changed' | 'revoked' {
  const entries = linesFor(text, name).map(({ known }) => known)
  const blob = key.blob.toString('base64')
  if (entries.some((entry) => entry.marker === '@revoked' && entry.key === blob)) return 'revoked'
  const trusted = entries.filter((entry) => entry.marker === null)
  if (trusted.some((entry) => entry.key === blob)) return 'known'
  return trusted.length > 0 ? 'changed' : 'unknown'
}

/** The key types known for this name: those are asked for first, or a server with several keys would show one that is not known. */
export function knownTypes(text: string, name: string): readonly string[] {
  return linesFor(text, name).flatMap(({ known }) => (known.marker === null ? [known.type] : []))
}

/** The file with every key of this name removed and this one written plainly at its end; other names on shared lines stay. */
export function withHostKey(text: string, name: string, key: HostKey): string {
  const drop = new Map(linesFor(text, name).flatMap(({ at, known }) => (known.marker === null ? [[at, known]] : [])))
  const kept = text.split('\n').flatMap((line, at) => {
    const known = drop.get(at)
    if (known === undefined) return [line]
    const others = known.names.split(',').filter((pattern) => pattern.toLowerCase() !== name && !pattern.startsWith('|'))
    return others.length === 0 ? [] : [line.replace(known.names, others.join(','))]
  })
  const before = kept.join('\n')
  return `${before}${before === '' || before.endsWith('\n') ? '' : '\n'}${hostKeyLine(name, key)}\n`
}

/** One line of a known_hosts file. */
export function hostKeyLine(name: string, key: HostKey): string {
  return `${name} ${key.type} ${key.blob.toString('base64')}`
}

function linesFor(text: string, name: string): { at: number; known: KnownHost }[] {
  return text.split('\n').flatMap((line, at) => {
    const known = read(line)
    return known !== undefined && namesMatch(known.names, name) ? [{ at, known }] : []
  })
}

function read(line: string): KnownHost | undefined {
  const words = line.trim().split(/[ \t]+/)
  const marker = words[0]?.startsWith('@') ? (words.shift() ?? null) : null
  const [names, type, key] = words
  if (names === undefined || type === undefined || key === undefined || names.startsWith('#')) return undefined
  return { marker, names, type, key }
}

/** Source: sshd(8), SSH_KNOWN_HOSTS FILE FORMAT: patterns with * and ?, ! negates the whole line, |1|salt|hash is HMAC-SHA1 of one name. */
function namesMatch(names: string, name: string): boolean {
  if (names.startsWith('|')) return hashMatches(names, name)
  const patterns = names.toLowerCase().split(',')
  const excluded = patterns.some((pattern) => pattern.startsWith('!') && globMatches(pattern.slice(1), name))
  return !excluded && patterns.some((pattern) => globMatches(pattern, name))
}

function hashMatches(names: string, name: string): boolean {
  const [, version, salt, hash] = names.split('|')
  if (version !== '1' || salt === undefined || hash === undefined) return false
  return createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === hash
}

function globMatches(pattern: string, name: string): boolean {
  const literal = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${literal.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(name)
}
