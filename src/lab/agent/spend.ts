import type { AgentHost } from './agent-host.ts'
import { Silence } from './host-errors.ts'

/** Lets farm time pass on a host, longer on a slow one. Throws Silence when `stop` aborts meanwhile or the machine is no longer the one it
 *  was (`alive`). */
export async function spendTime(host: AgentHost, alive: object, stop: AbortSignal, ms: number): Promise<void> {
  const { farm } = host
  await farm.clock.wait(farm.time.now() + ms * (farm.mischief.slow.get(host.name) ?? 1), stop).catch(() => undefined)
  farm.time.settle()
  if (stop.aborted || host.alive() !== alive) throw new Silence()
}
