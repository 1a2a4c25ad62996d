import { Fault } from '../../faults/fault.ts'
import { encodeLine } from '../../wire/framing.ts'
import type { Transport } from '../../workflow/inventory.ts'
import { definitionLine, remoteText } from '../bootstrap.ts'
import type { Secrets } from '../secrets.ts'
import type { Link, LinkEnd } from '../session/link.ts'
import { launchShell } from './launch.ts'

/** What Relay.ps1 ends with when the way to the host is not there or broke. */
const NO_WAY = 21

/** What it takes to relay a session: the texts of Relay.ps1 and Bootstrap.ps1, and another PowerShell to run the relay in. */
export interface Relayed {
  readonly relay: string
  readonly bootstrap: string
  readonly secrets: Secrets
  readonly shell?: string
}

/** Starts a PowerShell on this machine that relays a session to a host over PowerShell remoting; the credential goes over its stdin. Without
 *  a password the account of this program is used (Kerberos alone), else Negotiate. Rejects with SECRET_MISSING or HOST_AUTH_FAILED.
 *  Unproven over WSMan itself: PowerShell on Linux has none (see Relay.ps1). */
export async function startWinrm(
  host: string,
  { address, port, ssl, user, password: reference }: Extract<Transport, { by: 'winrm' }>,
  { relay, bootstrap, secrets, shell }: Relayed,
): Promise<Link> {
  if ((user === null) !== (reference === null))
    throw new Fault('HOST_AUTH_FAILED', { host, user, why: 'winrm needs both a user and a password, or neither' })
  const password = reference === null ? null : await secrets.read(reference, host)
  const authentication = password === null ? 'Kerberos' : 'Negotiate'
  const to = { address, port, ssl, authentication, user, bootstrap: remoteText(bootstrap) }
  const secret = password === null ? [] : [`${Buffer.from(password, 'utf8').toString('base64')}\n`]
  const link = launchShell([definitionLine(relay), 'Start-VdpRelay\n', encodeLine(to), ...secret], shell)
  const ended = link.ended.then((end): LinkEnd => {
    if (end.by === 'link' || end.code !== NO_WAY) return end
    return { by: 'link', detail: end.words === '' ? 'the remote session broke' : end.words }
  })
  return { ...link, ended }
}
