import type { ServerState } from '../../wire/operations/farm-state.ts'
import { groupsOf, nameOfSid, rightHolders } from '../model/rights.ts'
import type { PvsServer, ServerService } from '../model/server.ts'
import { spoken } from '../model/words.ts'

/** The words of .NET around those of Windows. */
const DENIED = 'Exception calling "TokenOf" with "1" argument(s): "Access is denied."'

/** One service with the right of its account: what its running process holds, and what policy gives. */
export function serviceFacts(server: PvsServer, service: ServerService): ServerState['services'][number] {
  const { name, state, account, accountKind, tokenReadable, startMode, exitCode } = service
  if (state === 'absent') {
    const none = { unknown: 'the service has no account' }
    const tokenHolds = { unknown: 'the service does not run' }
    return { name, state, startMode: null, exitCode: null, account: none, accountKind: 'unknown', tokenHolds, policyGrants: none }
  }
  const token = state !== 'running' ? 'the service does not run' : tokenReadable ? null : spoken(server.language, DENIED)
  const tokenHolds = token === null ? service.tokenHolds : { unknown: token }
  return { name, state, startMode, exitCode, account, accountKind, tokenHolds, policyGrants: grant(server, service, token) }
}

/** Through which SID policy gives the right. Where neither token nor domain tell the groups, only what every service has is known. */
function grant(server: PvsServer, service: ServerService, token: string | null): ServerState['services'][number]['policyGrants'] {
  const { sid, account, groupsKnown } = service
  const told = token === null || groupsKnown || sid === 'S-1-5-18'
  const groups = groupsOf(service).filter((one) => told || !/-\d{3,}$/.test(one) || one === 'S-1-5-32-545')
  const holders = rightHolders(server)
  const through = [sid, ...groups].find((one) => holders.includes(one))
  if (through !== undefined) {
    const by = server.rightPolicy === null ? '' : `, set by ${server.rightPolicy}`
    const name = nameOfSid(server, through)
    return { granted: true, via: `${through}${name === null ? '' : ` (${name})`}${by}` }
  }
  if (told) return { granted: false, via: null }
  return { unknown: `the groups of ${account} are not known: ${token}; ${spoken(server.language, DOMAIN_SILENT)}` }
}

/** What Windows says when no domain controller answers for an account's groups (ERROR_NO_SUCH_DOMAIN). */
const DOMAIN_SILENT = 'The specified domain either does not exist or could not be contacted.'
