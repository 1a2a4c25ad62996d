import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { Connections } from '../../src/engine/connections.ts'
import type { Store } from '../../src/engine/ports/store.ts'
import { createHosts } from '../../src/remote/hosts.ts'
import { bundleOf } from '../../src/remote/session/bundle.ts'
import { openOneShot } from '../../src/remote/session/one-shot.ts'
import { usualPatience } from '../../src/remote/session/patience.ts'
import { AGENTS, remoteContract } from '../contract/remote.ts'
import { childLink, fakeHost, inventoryOf, secretsOf, temporaryFolder, wrapper } from './rigs.ts'

remoteContract('a session in the one-shot form', async () => {
  const folder = await temporaryFolder()
  return {
    folder: folder.path,
    open: ({ opening, patience, log }) =>
      openOneShot(() => Promise.resolve(childLink(fakeHost(folder.path))), {
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

test('a host that hands stdin over only at its end is asked in the one-shot form, and stays with it', async () => {
  const folder = await temporaryFolder()
  const noted: string[] = []
  const shell = await wrapper(folder.path, [
    '/bin/sh',
    '-c',
    `echo start >> ${folder.path}/starts; exec "$@"`,
    'sh',
    ...fakeHost(folder.path),
  ])
  const hosts = createHosts({
    inventory: inventoryOf({ W11: { by: 'local' } }),
    knownHosts: 'none',
    bootstrap: '"`nVDP-HELLO "',
    relay: '',
    bundleFor: () => AGENTS,
    secrets: secretsOf(),
    patience: { bannerMs: 2000 },
    log: ({ event }) => void noted.push(event),
    shell,
  })
  const starts = async () => (await readFile(join(folder.path, 'starts'), 'utf8')).split('\n').length - 1
  const hook = { script: 'echo', parameters: { text: 'heard' }, timeoutSeconds: 5 }
  await writeFile(join(folder.path, 'manner'), 'deaf')
  await writeFile(join(folder.path, 'acts'), '')

  const session = await hosts.open('W11', { run: 'r1', owner: 'o1', fence: 7 })
  expect(session).toMatchObject({ form: 'one-shot', welcome: { computer: 'FAKE' } })
  expect(await session.request('Invoke-VdpHook', hook)).toMatchObject({ is: 'facts', facts: { program: { output: 'heard' } } })
  expect(noted).toContain('one-shot')
  expect(await starts()).toBe(3)

  const fences = { raise: (_: string, fence: number) => Promise.resolve(fence + 1) } as Partial<Store> as Store
  const connections = new Connections(hosts, fences, { run: 'r1', owner: 'o1', fence: 7 })
  expect(await connections.request('W11', 'Invoke-VdpHook', hook, undefined, AbortSignal.timeout(30_000))).toMatchObject({
    is: 'facts',
  })
  expect(connections.news()).toMatchObject([{ type: 'connected', host: 'W11', fence: 8, form: 'one-shot' }])
  expect(await starts()).toBe(5)

  await writeFile(join(folder.path, 'manner'), 'fenced')
  expect(await session.request('Invoke-VdpHook', hook, { effect: 'a1' })).toMatchObject({
    is: 'refused',
    error: { kind: 'fenced' },
  })
  const acts = (await readFile(join(folder.path, 'acts'), 'utf8')).split('\n').filter((line) => line !== '')
  expect(acts).toHaveLength(2)
  await hosts.close()
  await folder.remove()
})
