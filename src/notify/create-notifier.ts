import { randomUUID } from 'node:crypto'
import type { Delivery, Notifier } from '../report/events/notifier.ts'
import type { Notice } from '../report/events/notice.ts'
import type { NotifyRim } from './deliver.ts'

/** Waits between the attempts of a delivery, and how long one may take: together less than half a minute and what it takes to resolve a name. */
const PATIENCE = { pausesMs: [1000, 2000, 4000], attemptMs: 5000 }

/** Tells the channels of the settings; without any, nothing is loaded. */
export function createNotifier(rim: Omit<NotifyRim, 'pausesMs' | 'attemptMs'> & { readonly version: string }): Notifier {
  const sending: Promise<readonly Delivery[]>[] = []
  const send = async (notice: Notice) =>
    await (await import('./deliver.ts')).deliver(notice, randomUUID(), { ...rim, ...PATIENCE })
  const sendTrace: (...of: Parameters<Notifier['trace']>) => Promise<readonly Delivery[]> = async (url, view, lines) => {
    const [{ persist }, { post }, { traceOf }] = await Promise.all([
      import('./deliver.ts'),
      import('./post.ts'),
      import('./trace.ts'),
    ])
    const body = JSON.stringify(traceOf(view, lines, rim.version))
    const attempt = () => post(url, { 'content-type': 'application/json' }, body, PATIENCE.attemptMs)
    return [await persist('the collector of traces', attempt, { run: view.run }, { ...rim, ...PATIENCE })]
  }
  return {
    trace: (...of) => void sending.push(sendTrace(...of)),
    tell: (notice) => {
      if (Object.keys(rim.settings).length > 0) sending.push(send(notice))
    },
    settled: async () => (await Promise.all(sending.splice(0))).flat().filter(({ ok }) => !ok),
    test: send,
  }
}
