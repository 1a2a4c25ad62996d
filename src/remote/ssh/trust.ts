import { randomBytes } from 'node:crypto'
import { mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Fault } from '../../faults/fault.ts'
import { readKnownHosts, wayTo } from './connect.ts'
import type { SshAccess } from './connect.ts'
import { keyNameOf } from './inventory-entry.ts'
import { fingerprintOf, hostKeyLine, judgeHostKey, withHostKey } from './known-hosts.ts'
import type { HostKey } from './known-hosts.ts'
import { logIn } from './login.ts'

/** A host key as a person is asked about it, and as it would stand in the file. */
export interface ShownHostKey {
  readonly host: string
  readonly name: string
  readonly key: HostKey
  readonly type: string
  readonly fingerprint: string
  readonly line: string
}

/** Asks a host for its key and goes away without logging in. A jump host on the way must be known already. Rejects with HOST_UNREACHABLE
 *  or a fault of the jump host. */
export async function fetchHostKey(host: string, access: SshAccess, signal?: AbortSignal): Promise<ShownHostKey> {
  const name = keyNameOf(host, access.inventory)
  const way = await wayTo(host, access, signal)
  let seen: HostKey | undefined
  const enough = new Fault('HOST_KEY_UNKNOWN', { host })
  const check = (key: HostKey) => {
    seen = key
    return enough
  }
  try {
    await logIn({ host, socket: way.socket, config: { username: 'nobody' }, check, connectMs: access.connectMs, signal })
  } catch (thrown) {
    if (thrown !== enough) throw thrown
  } finally {
    way.close()
  }
  if (seen === undefined) throw new Fault('HOST_UNREACHABLE', { host, why: 'it showed no host key' })
  return { host, name, key: seen, type: seen.type, fingerprint: fingerprintOf(seen), line: hostKeyLine(name, seen) }
}

/** Writes a host key into a known_hosts file, atomically and leaving all other lines as they are. Rejects with HOST_KEY_CHANGED when
 *  another key stands there and `replace` is not set. */
export async function trustHost(
  file: string,
  shown: ShownHostKey,
  { replace }: { replace: boolean },
): Promise<'added' | 'present' | 'replaced'> {
  const text = await readKnownHosts(file)
  const verdict = judgeHostKey(text, shown.name, shown.key)
  if (verdict === 'known') return 'present'
  if (verdict === 'revoked' || (verdict === 'changed' && !replace)) {
    throw new Fault('HOST_KEY_CHANGED', {
      host: shown.host,
      name: shown.name,
      fingerprint: shown.fingerprint,
      type: shown.type,
      why: verdict,
    })
  }
  await writeWhole(file, withHostKey(text, shown.name, shown.key))
  return verdict === 'changed' ? 'replaced' : 'added'
}

/** Replaces a file by another beside it: a reader sees the old or the new one, also after a power cut. A link stays a link. */
async function writeWhole(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const place = await realpath(file).catch(() => file)
  const mode = await stat(place)
    .then((found) => found.mode & 0o777)
    .catch(() => 0o600)
  const fresh = join(dirname(place), `.${basename(place)}.${randomBytes(6).toString('hex')}`)
  try {
    const handle = await open(fresh, 'wx', mode)
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(fresh, place)
  } catch (thrown) {
    await rm(fresh, { force: true })
    throw thrown
  }
}
