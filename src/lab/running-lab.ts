import type { Agents } from './lab.ts'

/** A simulated farm that this process runs. */
export interface RunningLab {
  readonly inventory: string
  readonly knownHosts: string
  readonly clientKey: string
  /** Where the ledger is kept when the lab has a folder of its own. */
  readonly ledgerFile: string | null
  readonly speed: number
  readonly worlds: string
  /** Who answers the agents' sessions. */
  readonly agents: Agents
  ledger(): readonly unknown[]
  close(): Promise<void>
}

/** How a lab is wanted that stays: `speed` null as its farm file says, `agents` null for the lab's own. */
export interface LabWish {
  readonly dir: string
  readonly speed: number | null
  readonly agents: Agents | null
}
