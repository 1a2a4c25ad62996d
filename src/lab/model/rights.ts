import type { PvsServer, ServerService } from './server.ts'
import { accountIn } from './words.ts'

/** BUILTIN\Administrators. Source: pvs.md 7.2. */
export const ADMINISTRATORS = 'S-1-5-32-544'
const LOCAL_SYSTEM = 'S-1-5-18'

/** Everyone, Authenticated Users, SERVICE and Users: in the token of every service. Source: pvs.md 7.4. */
const EVERY_SERVICE = ['S-1-1-0', 'S-1-5-11', 'S-1-5-6', 'S-1-5-32-545']

const WELL_KNOWN: Readonly<Record<string, string>> = {
  'S-1-1-0': 'Everyone',
  'S-1-5-6': 'NT AUTHORITY\\SERVICE',
  'S-1-5-11': 'NT AUTHORITY\\Authenticated Users',
  'S-1-5-18': 'NT AUTHORITY\\SYSTEM',
  'S-1-5-19': 'NT AUTHORITY\\LOCAL SERVICE',
  'S-1-5-20': 'NT AUTHORITY\\NETWORK SERVICE',
  'S-1-5-32-544': 'BUILTIN\\Administrators',
  'S-1-5-32-545': 'BUILTIN\\Users',
}

/** The groups that the account of a service is in; LocalSystem is always an administrator. Source: pvs.md 7.1, 7.4. */
export function groupsOf(service: ServerService): readonly string[] {
  const { sid, grantedTo, policyGrants } = service
  const own = policyGrants && grantedTo !== sid ? [grantedTo] : []
  const system = sid === LOCAL_SYSTEM ? [ADMINISTRATORS] : []
  return [...new Set([...EVERY_SERVICE, ...system, ...own])]
}

/** Whom the policy of a server gives SeManageVolumePrivilege: by default the administrators. Source: pvs.md 7.1. */
export function rightHolders(server: PvsServer): readonly string[] {
  const system = server.services.some(({ sid, policyGrants }) => sid === LOCAL_SYSTEM && !policyGrants)
  const granted = server.services.filter((one) => one.policyGrants).map((one) => one.grantedTo)
  return [...new Set([...(system ? [] : [ADMINISTRATORS]), ...granted])]
}

/** A SID's name as this Windows gives it; null when it knows none. */
export function nameOfSid(server: PvsServer, sid: string): string | null {
  const service = server.services.find((one) => one.sid === sid)
  const known = WELL_KNOWN[sid]
  if (known !== undefined) return accountIn(server.language, known)
  return service ? service.account.replace(/^\.\\/, `${server.name}\\`) : null
}

/** The SID of a name, whatever its case; null when there is no such account. */
export function sidOfName(server: PvsServer, name: string): string | null {
  const wanted = name.toLowerCase()
  const known = Object.keys(WELL_KNOWN).find((sid) => nameOfSid(server, sid)?.toLowerCase() === wanted)
  return known ?? server.services.find((one) => nameOfSid(server, one.sid)?.toLowerCase() === wanted)?.sid ?? null
}
