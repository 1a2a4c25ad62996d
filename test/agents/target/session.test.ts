import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Session } from '../../../src/engine/ports/hosts.ts'
import { readBootstrap } from '../../../src/remote/agent-files.ts'
import { bootstrapCommand } from '../../../src/remote/bootstrap.ts'
import { bundleOf } from '../../../src/remote/session/bundle.ts'
import { openSession } from '../../../src/remote/session/open.ts'
import { usualPatience } from '../../../src/remote/session/patience.ts'
import { AGENTS_FOLDER, pwshMissing } from '../../fixtures/powershell.ts'
import { childLink } from '../../remote/rigs.ts'
import { rig } from './rigs.ts'
import type { Rig } from './rigs.ts'

const missing = pwshMissing()
const where = missing === undefined ? describe : describe.skip

where(`the shipped agents behind a real session, over a Windows of tables ${missing ?? ''}`, () => {
  let here: Rig
  let agents = ''
  beforeAll(async () => {
    const read = (name: string) => readFile(join(import.meta.dirname, name), 'utf8')
    here = await rig(`${await read('worlds.ps1')}\n$script:World = New-Windows11\n${await read('surface.ps1')}`)
    agents = await readFile(join(here.folder, 'agents.ps1'), 'utf8')
  })
  afterAll(async () => {
    await here.close()
  })

  async function open(fence: number): Promise<Session> {
    const [, ...words] = bootstrapCommand(await readBootstrap(AGENTS_FOLDER)).split(' ')
    return await openSession(childLink(['pwsh', ...words]), {
      host: 'W11',
      role: 'target',
      opening: { run: 'r1', owner: 'o1', fence },
      bundle: bundleOf(agents),
      patience: { ...usualPatience, limitMs: () => 60_000 },
      log: () => undefined,
    })
  }

  test('an act over the wire leaves a receipt that the next owner finds, and the old owner begins nothing any more', async () => {
    const first = await open(7)
    const second = await open(7)
    try {
      const boot = '6f2c1c1e-3f4a-4a58-9a83-0d9f6c1f6c11'
      expect(first.welcome).toMatchObject({ boot, fence: 7, lab: null })
      const clear = { machine: null, port: null }
      expect(await first.request('Set-VdpKmsHost', clear, { effect: 'e1' })).toMatchObject({ is: 'facts' })
      const next = await open(8)
      const state = await next.request('Get-VdpTargetState', { parts: ['boot'] })
      await next.close()
      expect(state).toMatchObject({
        is: 'facts',
        facts: {
          boot: { guid: boot },
          act: { fence: 8, receipts: [{ effect: 'e1', op: 'Set-VdpKmsHost', fence: 7, error: null }] },
        },
      })
      expect(await second.request('Set-VdpKmsHost', clear, { effect: 'e2' })).toMatchObject({
        is: 'refused',
        error: { kind: 'fenced' },
      })
      await expect(open(7)).rejects.toMatchObject({ code: 'FENCED' })
    } finally {
      await first.close()
      await second.close()
    }
  })
})
