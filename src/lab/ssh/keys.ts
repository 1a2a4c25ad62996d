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
  const pair = freshPair()
  await mkdir(folder, { recursive: true })
  await writeFile(file, pair.private, { mode: 0o600 })
  await writeFile(`${file}.pub`, `${pair.public.trim()}\n`)
  return { private: pair.private, public: pair.public.trim() }
}

/** ssh2 writes about one Ed25519 key in 250 in a form that its own parser refuses; such a one is drawn again. */
function freshPair(): KeyPair {
  for (;;) {
    const pair = ssh2.utils.generateKeyPairSync('ed25519')
    if (!(ssh2.utils.parseKey(pair.private) instanceof Error)) return pair
  }
}
