import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import ssh2 from 'ssh2'

/** A key pair in OpenSSH's form: the private key as its file holds it, the public one as `type base64`. */
export interface KeyPair {
  readonly private: string
  readonly public: string
}

/** The key kept under this name in a folder, made and kept there (readable by its owner alone) when it is not there yet: a restarted lab
 *  shows the host keys it had. */
export async function keptKey(folder: string, name: string): Promise<KeyPair> {
  const file = join(folder, name)
  try {
    return { private: await readFile(file, 'utf8'), public: (await readFile(`${file}.pub`, 'utf8')).trim() }
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown
  }
  const pair = keyPair()
  await mkdir(folder, { recursive: true })
  await writeFile(file, pair.private, { mode: 0o600 })
  await writeFile(`${file}.pub`, `${pair.public.trim()}\n`)
  return { private: pair.private, public: pair.public.trim() }
}

/** A new Ed25519 pair, its private key encrypted where a passphrase is given. ssh2 writes about one in 250 in a form that its own parser
 *  refuses (it strips leading zeros of the public key, mscdex/ssh2 issue 1390); such a one is drawn again. */
export function keyPair(passphrase?: string): KeyPair {
  for (;;) {
    const pair =
      passphrase === undefined
        ? ssh2.utils.generateKeyPairSync('ed25519')
        : ssh2.utils.generateKeyPairSync('ed25519', { passphrase, cipher: 'aes256-ctr', rounds: 4 })
    const read = [ssh2.utils.parseKey(pair.public), ssh2.utils.parseKey(pair.private, passphrase)]
    if (!read.some((key) => key instanceof Error)) return pair
  }
}
