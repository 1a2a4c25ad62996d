import { EXIT } from './exit-codes.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** The first signal (Ctrl-C, a stop, a closed terminal) aborts what this returns, so that work ends at its next safe point; a second one
 *  ends the process at once, which is safe too: what was begun is found by its receipt. */
export function interrupts(told: (first: boolean) => void): { readonly signal: AbortSignal; dispose(): void } {
  const controller = new AbortController()
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
    dispose: () => {
      for (const signal of SIGNALS) process.off(signal, onSignal)
    },
  }
}
