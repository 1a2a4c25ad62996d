import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { remoteContract } from '../../contract/remote.ts'
import { keyPair } from '../../../src/lab/ssh/keys.ts'
import { knownKey, startSshServer } from '../../fixtures/ssh-server.ts'
import { fakeHost, inventoryOf, openW11, secretsOf, ssh, temporaryFolder } from '../rigs.ts'

remoteContract('a session over SSH on loopback', async () => {
  const folder = await temporaryFolder()
  const hostKey = keyPair()
  const server = await startSshServer({
    hostKeys: [hostKey.private],
    accept: (attempt) => attempt.method === 'password' && attempt.password === 'canary-password',
    command: fakeHost(folder.path),
  })
  const knownHosts = join(folder.path, 'known_hosts')
  await writeFile(knownHosts, `[127.0.0.1]:${server.port} ${knownKey(hostKey)}\n`)
  const inventory = inventoryOf({ W11: ssh(server.port) })
  const secrets = secretsOf({ PASSWORD: 'canary-password' })
  return {
    folder: folder.path,
    open: (asked) => openW11(asked, { inventory, knownHosts, secrets }),
    async close() {
      await server.close()
      await folder.remove()
    },
  }
})
