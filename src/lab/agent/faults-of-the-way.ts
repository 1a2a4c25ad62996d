import type { Request } from '../../wire/messages.ts'
import type { AgentHost } from './agent-host.ts'

/** When the link breaks around this request, if it does: the fault is used up. */
export function breakOf(host: AgentHost, { op }: Request): 'before' | 'after' | undefined {
  const link = host.farm.mischief.links.find((one) => one.op === op && one.left > 0)
  if (link) link.left -= 1
  return link?.when
}

/** Waits as long as this request's answer is to come late. */
export async function lateness(host: AgentHost, { op }: Request): Promise<void> {
  const delay = host.farm.mischief.late.find((one) => one.op === op && one.left > 0)
  if (!delay) return
  delay.left -= 1
  await new Promise((resolve) => setTimeout(resolve, delay.ms).unref())
}
