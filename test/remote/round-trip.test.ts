import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import type { Session } from '../../src/engine/ports/hosts.ts'
import { bundleOf } from '../../src/remote/session/bundle.ts'
import { openSession } from '../../src/remote/session/open.ts'
import { usualPatience } from '../../src/remote/session/patience.ts'
import { AGENTS } from '../contract/remote.ts'
import { keyPair } from '../../src/lab/ssh/keys.ts'
import { knownKey, startSshServer } from '../fixtures/ssh-server.ts'
import { childLink, fakeHost, inventoryOf, openW11, secretsOf, ssh, temporaryFolder } from './rigs.ts'

/** Median of 100 round trips in milliseconds, after ten to warm up. */
async function median(session: Session): Promise<number> {
  const times: number[] = []
  for (let n = 0; n < 110; n++) {
    const before = performance.now()
    const answer = await session.request('Invoke-VdpHook', { script: 'echo', parameters: {}, timeoutSeconds: 5 })
    expect(answer.is).toBe('facts')
    if (n >= 10) times.push(performance.now() - before)
  }
  return times.sort((a, b) => a - b)[50] ?? Number.NaN
}

test('a round trip over SSH waits for no delayed acknowledgement: it costs less than 20 ms more than one over a pipe', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder.path, 'manner'), 'healthy')
  const hostKey = keyPair()
  const server = await startSshServer({ hostKeys: [hostKey.private], accept: () => true, command: fakeHost(folder.path) })
  const gate = await startSshServer({ hostKeys: [hostKey.private], accept: () => true, command: fakeHost(folder.path) })
  const knownHosts = join(folder.path, 'known_hosts')
  await writeFile(knownHosts, [server, gate].map(({ port }) => `[127.0.0.1]:${port} ${knownKey(hostKey)}\n`).join(''))
  const remote = { knownHosts, secrets: secretsOf({ PASSWORD: 'any' }) }
  const opening = { run: 'r1', owner: 'o1', fence: 7 }
  const log = () => undefined
  const asked = { opening, patience: {}, log }
  const greeting = { host: 'W11', role: 'target', bundle: bundleOf(AGENTS), patience: usualPatience, opening, log } as const

  const pipe = await openSession(childLink(fakeHost(folder.path)), greeting)
  const direct = await openW11(asked, { ...remote, inventory: inventoryOf({ W11: ssh(server.port) }) })
  const jumped = await openW11(asked, {
    ...remote,
    inventory: inventoryOf({ W11: ssh(server.port, { via: 'GATE' }), GATE: ssh(gate.port) }),
  })
  const floor = await median(pipe)
  expect(await median(direct)).toBeLessThan(floor + 20)
  expect(await median(jumped)).toBeLessThan(floor + 20)

  await Promise.all([pipe.close(), direct.close(), jumped.close()])
  await server.close()
  await gate.close()
  await folder.remove()
})
