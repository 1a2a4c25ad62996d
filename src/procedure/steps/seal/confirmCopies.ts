import { lookAtDisk } from '../../looks.ts'
import { defineStage } from '../../stage.ts'
import { done, retry } from '../../verdict.ts'

/** Step 8 where hooks bring the sealed disk to the other servers: after them the copies are equal everywhere. Source: pvs.md 4.6. */
export const confirmCopies = defineStage({
  name: 'confirmCopies',
  step: 'sealVDisk',
  title: 'confirm that the hooks have brought the sealed disk to every server',
  repeat: 'safe',
  wanted: ({ seal }) => seal.replicate === 'hook',
  probe: (look) => ({ disk: lookAtDisk(look) }),

  judge({ plan, now }) {
    const stale = now.disk.inventory.filter(({ state }) => state !== 0)
    if (stale.length > 0) {
      const fault = {
        code: 'REPLICA_STALE',
        details: { name: plan.vdisk.name, servers: stale.map(({ server }) => server) },
      } as const
      return retry('the copies on all servers to be equal', `the hooks have run, ${String(stale.length)} differ`, fault)
    }
    return done(`copies equal on ${String(now.disk.inventory.length)} servers`)
  },
})
