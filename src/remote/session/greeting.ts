import type { Opening } from '../../engine/ports/hosts.ts'
import type { Role } from '../../wire/operations/catalogue.ts'
import type { RemoteLog } from '../log.ts'
import type { Bundle } from './bundle.ts'
import type { Patience } from './patience.ts'

/** What a process on a host owes first, as people read it. */
export const FIRST_LINE = 'its first line'

/** What a session is opened with: who answers, for whom, and the agents it gets. */
export interface Greeting {
  readonly host: string
  readonly role: Role
  readonly opening: Opening
  readonly bundle: Bundle
  /** Where the host keeps agents of its own; then the bundle has no parts. */
  readonly installed?: string
  readonly patience: Patience
  readonly log: RemoteLog
}
