import { groupsOf, nameOfSid, rightHolders, sidOfName } from '../../model/rights.ts'
import { SurfaceError, type ServerDesk, type SurfaceCalls } from '../surface.ts'

/** The right that mounting needs. Source: pvs.md 7.1. */
export const RIGHT = 'SeManageVolumePrivilege'

/** What the security functions of Windows answer: tokens, names, who holds the right, which groups an account is in. `path` stands for the
 *  Win32 error whose words it carries. */
export const rightCalls: SurfaceCalls<ServerDesk> = {
  'rights.token': ({ server }: ServerDesk, { processId }: { processId: number }) => {
    const service = server.services.find((one) => one.pid === processId && one.state === 'running')
    if (!service) throw new SurfaceError('path', 'The parameter is incorrect.')
    if (!service.tokenReadable) throw new SurfaceError('path', 'Access is denied.')
    const privileges = ['SeChangeNotifyPrivilege', 'SeImpersonatePrivilege', ...(service.tokenHolds ? [RIGHT] : [])]
    return { User: service.sid, Groups: groupsOf(service), Privileges: privileges }
  },
  'rights.holders': ({ server }: ServerDesk, { right }: { right: string }) => {
    if (right !== RIGHT) throw new SurfaceError('unmodelled', `who holds ${right}`)
    if (!server.lsaAnswers) throw new SurfaceError('path', 'Access is denied.')
    return rightHolders(server)
  },
  'rights.name': ({ server }: ServerDesk, { sid }: { sid: string }) => known(nameOfSid(server, sid)),
  'rights.sid': ({ server }: ServerDesk, { account }: { account: string }) => known(sidOfName(server, account)),
  'rights.groups': ({ server }: ServerDesk, { account }: { account: string }) => {
    const service = server.services.find((one) => one.account.toLowerCase() === account.toLowerCase())
    if (!service) throw new SurfaceError('path', 'The user name or password is incorrect.')
    if (!service.groupsKnown) throw new SurfaceError('path', DOMAIN_SILENT)
    return groupsOf(service)
  },
}

/** What Windows says when no domain controller answers for an account's groups (ERROR_NO_SUCH_DOMAIN). */
const DOMAIN_SILENT = 'The specified domain either does not exist or could not be contacted.'

function known(found: string | null): string {
  if (found === null) throw new SurfaceError('path', 'No mapping between account names and security IDs was done.')
  return found
}
