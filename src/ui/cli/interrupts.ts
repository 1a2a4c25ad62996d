import { EXIT } from './exit-codes.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** The first signal (Ctrl-C, a stop, a closed terminal) aborts what this returns, so that work ends at its next safe point; a second one
 *  ends the process at once, which is safe too: what was begun is found by its receipt. With a signal of a caller in this process it is that
 *  one alone which stops the work: the signals of the process are the caller's. */
export function interrupts(
  told: (first: boolean) => void,
  callers?: AbortSignal,
): { readonly signal: AbortSignal; press(): void; dispose(): void } {
  const controller = new AbortController()
  if (callers !== undefined) {
    const stop = () => controller.abort()
    if (callers.aborted) stop()
    callers.addEventListener('abort', stop)
    return { signal: controller.signal, press: stop, dispose: () => callers.removeEventListener('abort', stop) }
  }
  const onSignal = () => {
    if (controller.signal.aborted) {
      told(false)
      process.exit(EXIT.interrupted)
    }
    told(true)
    controller.abort()
  }
  for (const signal of SIGNALS) process.on(signal, onSignal)
  return {
    signal: controller.signal,
    press: onSignal,
    dispose: () => {
      for (const signal of SIGNALS) process.off(signal, onSignal)
    },
  }
}
