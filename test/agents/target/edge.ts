/** A part of the agents at one of its edges: what is laid and asked in PowerShell, and everything that comes of it. */
export type Edge = readonly [name: string, script: string, ...came: unknown[]]
