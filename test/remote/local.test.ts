import { remoteContract } from '../contract/remote.ts'
import { fakeHost, inventoryOf, openW11, secretsOf, temporaryFolder, wrapper } from './rigs.ts'

remoteContract('a session over node-powershell on this machine', async () => {
  const folder = await temporaryFolder()
  const shell = await wrapper(folder.path, fakeHost(folder.path))
  const inventory = inventoryOf({ W11: { by: 'local' } })
  return {
    folder: folder.path,
    open: (asked) => openW11(asked, { inventory, knownHosts: 'none', secrets: secretsOf(), shell }),
    close: folder.remove,
  }
})
