import { wayOf } from '../../../diagnosis/way.ts'
import { known } from '../../../wire/reading.ts'
import { ask } from '../../asking.ts'
import { lookAtDisk } from '../../looks.ts'
import { defineStage } from '../../stage.ts'
import { act, done, hold, skipped, unknown } from '../../verdict.ts'

/** Step 1 on local stores: the Private phase happens on one server, so that no replica is written behind our back.
 *  Source: pvs.md 8 ("vDisk not offered to the private-mode device"). */
export const pinServer = defineStage({
  name: 'pinServer',
  step: 'createVDisk',
  title: 'pin the vDisk to one server',
  repeat: 'after-probe',
  probe: (look) => ({ disk: lookAtDisk(look) }),

  judge({ plan, memory, now }) {
    if (wayOf(plan) === 'version') return skipped('production goes on being served by all servers meanwhile')
    const disk = now.disk.disk
    if (disk === undefined)
      return hold('VDISK_NOT_FOUND', { name: plan.vdisk.name, store: plan.vdisk.store, site: plan.farm.site })
    if (!known(now.disk.store)) return unknown('the kind of the store', now.disk.store.unknown)
    if (now.disk.store.pathKind === 'share' || now.disk.store.servers.length < 2)
      return skipped('the store is shared or has one server')

    // Of a disk that this run has just made there is one copy: the others are made after the seal.
    const wanted = (server: string) => memory.made === null || server === plan.farm.server
    const stale = now.disk.inventory.filter(({ server, state }) => state !== 0 && wanted(server))
    if (stale.length > 0) return hold('REPLICA_STALE', { name: disk.name, servers: stale.map((copy) => copy.server) })
    if (disk.serverName === plan.farm.server) return done(`served by ${plan.farm.server} alone`)
    return act(
      {
        ask: ask(plan.farm.server, 'Set-VdpDiskServer', { guid: disk.guid, serverName: plan.farm.server }),
        what: `pin ${disk.name} to ${plan.farm.server}`,
        key: 'pin-server',
        undo: [{ key: 'server', is: 'server', guid: disk.guid, serverName: memory.disk?.serverName ?? null }],
      },
      `local store on ${String(now.disk.store.servers.length)} servers, ${memory.made === null ? 'all copies equal' : 'a new disk'}`,
    )
  },
})
