import { describe, expect, test } from '@jest/globals'
import { readAgents, readBootstrap } from '../../../src/remote/agent-files.ts'
import { bundleOf } from '../../../src/remote/session/bundle.ts'
import { openSession } from '../../../src/remote/session/open.ts'
import { usualPatience } from '../../../src/remote/session/patience.ts'
import { startLocal } from '../../../src/remote/shell/local.ts'
import { AGENTS_FOLDER, pwshMissing } from '../../fixtures/powershell.ts'
import { temporaryFolder } from '../../remote/rigs.ts'
import { surface } from '../target/rigs.ts'
import { FARM, W11 } from './farm.ts'

const missing = pwshMissing()
const where = missing === undefined ? describe : describe.skip

where(`a session with a PVS server in a real PowerShell ${missing ?? ''}`, () => {
  test('it is welcomed with the word of the farm, and its answers fit the contract', async () => {
    const folder = await temporaryFolder()
    const text = [await readAgents(AGENTS_FOLDER, 'pvs'), surface(folder.path), FARM].join('\n')
    const bootstrap = await readBootstrap(AGENTS_FOLDER)
    const session = await openSession(startLocal(bootstrap, 'pwsh'), {
      host: 'PVS01',
      role: 'pvs',
      opening: { run: 'run1', owner: 'o1', fence: 7 },
      bundle: bundleOf(text),
      patience: { ...usualPatience, limitMs: () => 30_000 },
      log: () => undefined,
    })
    try {
      expect(session.welcome.farm).toEqual({ answers: true, soapRuns: true })
      const state = await session.request('Get-VdpServerState', {})
      expect(state).toMatchObject({ is: 'facts', facts: { server: 'PVS01', act: { fence: 7, receipts: [] } } })
      const change = { guid: W11, expectedType: 9, writeCacheType: 0, writeCacheSizeMiB: 0 }
      const opened = await session.request('Set-VdpDiskMode', change, { effect: 'run1/40' })
      expect(opened).toMatchObject({
        is: 'facts',
        facts: { before: { disk: { writeCacheType: 9 } }, after: { disk: { writeCacheType: 0 } } },
      })
      expect(await session.request('Set-VdpDiskMode', change, { effect: 'run1/41' })).toMatchObject({
        is: 'refused',
        error: { kind: 'refused', message: 'WriteCacheType is 0, not 9 as expected' },
      })
      const { act } = await session
        .request('Get-VdpDiskState', { guid: W11 })
        .then((one) => (one.is === 'facts' ? one.facts : { act: null }))
      expect(act).toMatchObject({ fence: 7, receipts: [{ effect: 'run1/40', op: 'Set-VdpDiskMode', alive: true, error: null }] })
    } finally {
      await session.close()
      await folder.remove()
    }
  })
})
