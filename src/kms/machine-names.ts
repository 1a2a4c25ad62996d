/** One name for each machine: case does not count, and a bare name is the same machine as the one full name that begins with it. */
export function machineNames(names: Iterable<string>): ReadonlyMap<string, string> {
  const all = [...new Set(names)]
  const full = new Map<string, Set<string>>()
  for (const name of all) {
    const lower = name.toLowerCase()
    const dot = lower.indexOf('.')
    if (dot > 0) full.set(lower.slice(0, dot), (full.get(lower.slice(0, dot)) ?? new Set()).add(lower))
  }
  return new Map(
    all.map((name) => {
      const lower = name.toLowerCase()
      const [only, ...others] = full.get(lower) ?? []
      return [name, only !== undefined && others.length === 0 ? only : lower]
    }),
  )
}

/** The name of a machine as runs and a KMS host have it in common: PVS knows devices without a domain. */
export function machineName(client: string): string {
  return (client.split('.')[0] ?? client).toLowerCase()
}
