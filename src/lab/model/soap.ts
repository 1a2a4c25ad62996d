import type { Farm } from './farm.ts'
import { PvsError } from './pvs-error.ts'
import type { PvsServer } from './server.ts'

/** What a session meets that wants to reach PVS through the SOAP service of a server: an error of PVS, words of the connection, or null.
 *  Which error a login without outward credentials gets is unproven. Source: pvs.md 3.4, 4.7 (13). */
export function soapObstacle(farm: Farm, server: PvsServer): PvsError | string | null {
  const soap = server.services.find((one) => one.name === 'soapserver')
  if (soap?.state !== 'running') return 'Unable to connect to the SOAP service on localhost:54321.'
  return farm.mischief.deafToKeys.has(server.name) ? new PvsError(13) : null
}
