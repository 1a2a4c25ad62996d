import type { ActMemory } from './act-memory.ts'
import type { Image } from './image.ts'

/** A vDisk as a device holds it: its guid and version, and whether the device writes to it. */
export interface Session {
  readonly guid: string
  readonly version: number
  readonly access: 'read-write' | 'read-only'
}

/** A Windows that runs. Everything in it but the image is gone at power-off; a read-only clone's image is a copy and goes too. */
export interface Running {
  readonly image: Image
  readonly how: 'read-write' | 'read-only' | 'hard-disk'
  readonly bootGuid: string
  readonly bootedAt: number
  readonly officeApps: string[]
  readonly memory: ActMemory
  /** The agent's volatile markers. That of Office is begun while OSPPREARM runs, and stays so when it was killed. */
  officeRearmed: 'begun' | 'done' | null
  windowsRearmed: boolean
  /** Cancels what the boot scheduled (activation attempts). */
  readonly cancel: (() => void)[]
}

/** off; starting: POST to login; stuck: no disk given, asking again; running: Windows answers; stopping: on its way down. */
export type Power = 'off' | 'starting' | 'stuck' | 'running' | 'stopping'

/** A target device: its record in PVS and the machine behind it. */
export interface Device {
  readonly id: string
  readonly name: string
  readonly collection: string
  readonly mac: string
  readonly ip: string
  type: 0 | 1 | 2
  bootFrom: 1 | 2 | 3
  enabled: boolean
  readonly disks: { readonly guid: string; enabled: boolean }[]
  power: Power
  /** What PVS believes: it streams now. */
  active: boolean
  session: Session | null
  server: string | null
  running: Running | null
  /** A Windows on the machine's own disk, and whether the firmware boots it in spite of the record. */
  localImage: Image | null
  bootsLocally: boolean
  clockOffsetMs: number
  staticAddress: boolean
  /** What the machine calls itself, where that is not the device's name. */
  computerName: string
  /** The network card the machine really has. */
  realMac: string
  /** Counts power changes: what was scheduled for an earlier one no longer applies. */
  epoch: number
}
