import { isPrivate } from '../../farm/image-mode.ts'
import { hasSealNote } from '../../licensing/rearm.ts'
import type { Check, DiskRecord } from '../check.ts'
import { defineCheck, noReadings } from '../define.ts'
import { bad, na, pass, type Ruling } from '../ruling.ts'
import { onDisk } from '../subjects.ts'

type Last = NonNullable<DiskRecord['last']>

/** Before its first run an image belongs in Private mode, and to a run that works on it; otherwise somebody left or opened it. That is told and
 *  never holds a run: one that begins goes on from there. Source: pvs.md 2 (prepared only on Private to Standard), 4.1 (Private: read/write,
 *  one device). */
const openImage = defineCheck({
  id: 'disk.open',
  title: 'image left open',
  group: 'disk',
  severity: 'warn',
  source: 'article; pvs-guide; own-rule',
  reads: ['disk.disk.writeCacheType', 'disk.disk.guid', 'disk.disk.longDescription'],
  rule: 'Warns of an image in Private mode that a run has left open, or that was sealed before, while no run works on it; asked where the record of runs is at hand.',
  effect:
    'Until it is sealed one device alone can boot it, and that one writes to it. Whatever clones proved before says nothing of the image as it is now.',
  remedy: ['vdiskprep plan {file}'],
  byHand: 'on {server}: Get-PvsDiskInfo {vdisk}',
  subjects: onDisk,
  facts: noReadings,
  ruling(_, { disk }, { record }) {
    if (!isPrivate(disk.writeCacheType)) return pass(`not open (WriteCacheType ${disk.writeCacheType})`)
    if (record === undefined) return na('the record of runs was not asked: what is left open, a run goes on with')
    const { working, last } = record
    if (working !== null) return pass(`open, and run ${working.run} works on it`)
    if (last?.guid === disk.guid) return last.did === 'sealed' ? openedSince(last) : leftOpen(last)
    return hasSealNote(disk.longDescription) ? openedElsewhere() : pass('open, as before its first run')
  },
})

/** Who asks is told who opened it, as far as PVS keeps that. */
const WHO = 'on {server}: Get-PvsAuditTrail -DiskLocatorName "{disk}" -SiteName "{site}" -StoreName "{store}"  # who opened it'

function leftOpen({ run, at, outcome }: Last): Ruling {
  return bad(`open in Private mode since run ${run}, which ended ${outcome} on ${dayOf(at)}; no run works on it`, {
    effect:
      'What that run did stands in the image, a spent rearm among it if it came to one. For a new run of this file it is where it belongs. Until it is sealed one device alone can boot it, and that one writes to it.',
    remedy: [`vdiskprep show ${run}`, 'vdiskprep plan {file}'],
  })
}

function openedSince({ run, at }: Last): Ruling {
  return bad(`open in Private mode again: run ${run} sealed it (${dayOf(at)}), and no run has opened it since`, {
    effect: AGAIN,
    remedy: [WHO, 'When that work is done:', 'vdiskprep plan {file}'],
  })
}

function openedElsewhere(): Ruling {
  return bad('open in Private mode with a seal note on it, and no run of this store works on it', {
    effect: AGAIN,
    remedy: ['Look whether a run of another store works on it.', WHO, 'When that work is done:', 'vdiskprep plan {file}'],
  })
}

const AGAIN =
  'One device alone can boot it now, and that one writes to it: what was proved of its clones says nothing of the image as it is. Opened for an update it is where it belongs, and a run seals it again; switched back by hand it would go to all devices unproved.'

function dayOf(at: string): string {
  return at.slice(0, 10)
}

/** Why an image stands open. */
export const openImageChecks: readonly Check[] = [openImage]
