import { privilegeOf } from '../../../diagnosis/privilege.ts'
import type { ServerService } from '../../../wire/operations/farm-state.ts'
import { known } from '../../../wire/reading.ts'
import { lookAtServers } from '../../looks.ts'
import { defineStage } from '../../stage.ts'
import { done, hold, type Verdict } from '../../verdict.ts'

/** Step 8: SE_MANAGE_VOLUME_NAME for the accounts of StreamService *and* soapserver on every server that can serve the store: which of
 *  the two mounts is not settled. First the token of the running process, then policy; where they differ a restart is needed.
 *  Three values: a failed look-up is unknown, never "not granted". Source: pvs.md 2, 7. */
export const checkPrivilege = defineStage({
  name: 'checkPrivilege',
  step: 'sealVDisk',
  title: 'check the right to mount on every server',
  repeat: 'safe',
  probe: (look) => ({ servers: lookAtServers(look) }),

  judge({ now, granted }) {
    const because: string[] = []
    for (const [server, seen] of Object.entries(now.servers)) {
      for (const name of ['StreamService', 'soapserver'] as const) {
        const service = seen.services.find((one) => one.name === name)
        const verdict = judgeService(server, name, service, granted)
        if (verdict !== null) return verdict
        because.push(`${server} ${name}: ${service === undefined ? 'accepted unseen' : privilegeOf(service).because}`)
      }
    }
    return done(because)
  },
})

const ACCEPT = [{ name: 'accept-unknown', label: 'go on: a person has checked the right' }]

function judgeService(
  server: string,
  name: string,
  service: ServerService | undefined,
  granted: readonly string[],
): Verdict | null {
  const account = service !== undefined && known(service.account) ? service.account : 'the service account'
  const unsure = (why: string) =>
    granted.includes('accept-unknown') ? null : hold('PRIVILEGE_UNKNOWN', { account, service: name, server, why }, [], ACCEPT)
  if (service === undefined) return unsure('the service was not reported')
  const right = privilegeOf(service)
  switch (right.is) {
    case 'held':
    case 'fading':
      return null
    case 'missing':
      return hold('MAP_NO_PRIVILEGE', { account, service: name, server })
    case 'restart':
      return hold('PRIVILEGE_NEEDS_RESTART', { account, service: name, server })
    case 'unknown':
      return unsure(right.because)
  }
}
