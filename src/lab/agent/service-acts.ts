import { happened } from '../model/farm.ts'
import { startService } from '../model/server.ts'
import type { Handlers, ServerDesk } from './desk.ts'
import { AgentRefusal } from './host-errors.ts'
import { serverFacts } from './server-reads.ts'

/** The services of a PVS server. */
export const serviceActs = {
  'Start-VdpService': async (desk, { name }) => {
    const service = desk.server.services.find((one) => one.name === name)
    const isThere = service !== undefined && service.state !== 'absent'
    if (!isThere || service.startMode !== 'auto') {
      throw new AgentRefusal('refused', `${name} is not started by Windows itself`, isThere ? service.startMode : '')
    }
    if (service.state === 'stopped' && service.exitCode === 0) {
      throw new AgentRefusal('refused', `${name} ended as it was asked to: somebody may have had a reason`)
    }
    const before = serverFacts(desk)
    desk.begin()
    if (service.state !== 'running') {
      await desk.spend(2_000)
      startService(service)
      happened(desk.farm, desk.server.name, { did: 'services', names: [name], to: 'running' })
    }
    return { before, after: serverFacts(desk) }
  },
} satisfies Handlers<ServerDesk>
