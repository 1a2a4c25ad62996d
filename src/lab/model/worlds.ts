import { z } from 'zod'

/** What no public source settles: the lab can behave either way, and a run must be safe in each. The defaults are the strictest reading
 *  that the proven procedure still satisfies. */
export const worldSchema = z.strictObject({
  d302: z.enum(['all', 'spp-functions', 'reads-only', 'persists']).default('all'),
  ospprearmAfterWindows: z.enum(['fails', 'works']).default('fails'),
  cmid: z.enum(['rearm-enough', 'rearm+prep', 'prep-order']).default('prep-order'),
  kmsReset: z.enum(['nothing', 'renews']).default('nothing'),
  promotePreps: z.enum(['yes', 'no']).default('no'),
  maintenanceWriteCacheType: z.enum(['0', 'other']).default('0'),
  linkLossKillsAct: z.enum(['yes', 'no']).default('no'),
})

export type World = z.infer<typeof worldSchema>

/** What each choice means, for `vdiskprep lab --help` and the line printed with every run. */
export const worldMeanings: Readonly<Record<keyof World, Readonly<Record<string, string>>>> = {
  d302: {
    all: 'after a Windows rearm every call to the licensing service answers 0xC004D302 until the reboot',
    'spp-functions': 'key, activation, rearm and product queries answer it; the properties of the service are still read',
    'reads-only': 'queries answer it, methods still work',
    persists: 'like all, and it outlives the first boot: a read-only clone never gets rid of it',
  },
  ospprearmAfterWindows: {
    fails: 'OSPPREARM on the shared licence store fails after a Windows rearm',
    works: 'OSPPREARM works after a Windows rearm',
  },
  cmid: {
    'rearm-enough': 'a clone of a rearmed image draws its own CMID, prepared by PVS or not',
    'rearm+prep': 'the image must be rearmed and have been prepared by PVS, in any order',
    'prep-order': 'PVS must have prepared the image after its rearm',
  },
  kmsReset: {
    nothing: 'preparing an image again gives its clones no CMID of their own without a new rearm',
    renews: 'preparing an image again makes its clones draw CMIDs of their own, without a new rearm',
  },
  promotePreps: { yes: 'promoting a version prepares it for KMS', no: 'promoting a version prepares nothing' },
  maintenanceWriteCacheType: {
    '0': 'a maintenance version shows WriteCacheType 0 on the target',
    other: "a maintenance version shows the disk's Standard type on the target",
  },
  linkLossKillsAct: { yes: 'a lost link kills the act under way', no: 'an act under way goes on to its end' },
}
