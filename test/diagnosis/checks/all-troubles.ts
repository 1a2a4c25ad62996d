import { deviceTroubles } from './device-troubles.ts'
import { diskTroubles } from './disk-troubles.ts'
import { kmsTroubles } from './kms-troubles.ts'
import { licenceTroubles } from './licence-troubles.ts'
import { machineTroubles } from './machine-troubles.ts'
import { openImageTroubles } from './open-image-troubles.ts'
import { serverTroubles } from './server-troubles.ts'
import type { Trouble } from './troubles.ts'

/** Everything that checks have to notice or leave alone, one thing at a time. */
export const allTroubles: readonly Trouble[] = [
  ...machineTroubles,
  ...licenceTroubles,
  ...serverTroubles,
  ...deviceTroubles,
  ...diskTroubles,
  ...openImageTroubles,
  ...kmsTroubles,
]
