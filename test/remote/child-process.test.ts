import { openSession } from '../../src/remote/session/open.ts'
import { bundleOf } from '../../src/remote/session/bundle.ts'
import { usualPatience } from '../../src/remote/session/patience.ts'
import { AGENTS, remoteContract } from '../contract/remote.ts'
import { childLink, fakeHost, temporaryFolder } from './rigs.ts'

remoteContract('a session over a plain child process', async () => {
  const folder = await temporaryFolder()
  return {
    folder: folder.path,
    open: ({ opening, patience, log }) =>
      openSession(childLink(fakeHost(folder.path)), {
        host: 'W11',
        role: 'target',
        opening,
        bundle: bundleOf(AGENTS),
        patience: { ...usualPatience, ...patience },
        log,
      }),
    close: folder.remove,
  }
})
