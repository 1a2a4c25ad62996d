import { Fault } from '../../faults/fault.ts'

/** Waits for a step on the way to a host, at most `ms`. Rejects with HOST_UNREACHABLE naming the step, or INTERRUPTED when the signal
 *  aborts; what the step itself rejects with becomes HOST_UNREACHABLE too. The caller breaks the connection then. */
export async function within<T>(
  host: string,
  step: string,
  ms: number,
  signal: AbortSignal | undefined,
  work: Promise<T>,
): Promise<T> {
  const over = Promise.withResolvers<never>()
  const interrupt = () => {
    over.reject(new Fault('INTERRUPTED', { host }))
  }
  const timer = setTimeout(
    () => over.reject(new Fault('HOST_UNREACHABLE', { host, why: `${step} took longer than ${ms} ms` })),
    ms,
  )
  signal?.addEventListener('abort', interrupt, { once: true })
  if (signal?.aborted === true) interrupt()
  try {
    return await Promise.race([work, over.promise])
  } catch (thrown) {
    if (thrown instanceof Fault) throw thrown
    throw new Fault('HOST_UNREACHABLE', { host, why: `${step} failed: ${(thrown as Error).message}` }, thrown)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', interrupt)
  }
}
