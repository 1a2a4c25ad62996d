import type { Device, Running } from './device.ts'
import type { Farm } from './farm.ts'

/** A Windows that runs, with the machine and the farm around it. */
export interface Spot {
  readonly farm: Farm
  readonly device: Device
  readonly running: Running
}

/** The machine's own clock. */
export function machineNow({ farm, device }: Spot): number {
  return farm.time.now() + device.clockOffsetMs
}
