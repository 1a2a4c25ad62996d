import type { z } from 'zod'
import type { pvsPart, tokensPart } from '../../wire/operations/target-state.ts'
import { fileOf, isOpen } from '../model/disk.ts'
import { diskOf } from '../model/locks.ts'
import type { TokenFile } from '../model/image.ts'
import type { Spot } from '../model/spot.ts'
import { tokenFolders, windowsRelease } from '../model/windows-releases.ts'
import { iso } from './act-report.ts'

/** The known folders of tokens.dat, with what lies in the one this Windows uses. */
export function tokensFacts({ running: { image } }: Spot): z.infer<typeof tokensPart> {
  const used = windowsRelease(image.windows).tokens
  const file = ({ path, bytes, sha256, modified }: TokenFile) => ({ path, bytes, sha256, modified: iso(modified) })
  return {
    stores: tokenFolders.map((folder) =>
      folder === used
        ? { folder, file: image.tokens.file && file(image.tokens.file), backups: image.tokens.backups.map(file) }
        : { folder, file: null, backups: [] },
    ),
  }
}

/** What bnistack and Personality.ini say. The registry value stands for an attached disk, whatever Windows runs from. Source: pvs.md 6.3. */
export function pvsFacts({ farm, device, running }: Spot): z.infer<typeof pvsPart> {
  const { session } = device
  const disk = session ? diskOf(farm, session.guid) : undefined
  const fromDisk = running.how !== 'hard-disk'
  if (!session || !disk) {
    const personality = { present: false, diskName: null }
    return { attached: false, writeCacheType: null, diskName: null, personality, systemVolumeOnVdisk: false, deviceService: true }
  }
  const name = fileOf(disk, session.version)
  const maintenance = session.access === 'read-write' && !isOpen(disk)
  return {
    attached: true,
    writeCacheType: maintenance && farm.world.maintenanceWriteCacheType === '0' ? 0 : disk.writeCacheType,
    diskName: name,
    personality: fromDisk ? { present: true, diskName: name } : { present: false, diskName: null },
    systemVolumeOnVdisk: fromDisk,
    deviceService: true,
  }
}
