/** Names of the Standard write cache types and their codes in PVS. 0 and 10 are Private; 2, 5 and 6 have no documented use for a
 *  sealed disk. Source: pvs.md 4.1. */
export const CACHE_TYPES = {
  server: 1,
  'device-ram': 3,
  'device-disk': 4,
  'server-persistent': 7,
  'device-disk-persistent': 8,
  'ram-with-overflow': 9,
  'server-persistent-async': 11,
  'ram-with-overflow-async': 12,
} as const

export type CacheName = keyof typeof CACHE_TYPES

/** Names as a list, for schema and messages. */
export const CACHE_NAMES = Object.keys(CACHE_TYPES) as [CacheName, ...CacheName[]]

/** Types that keep their cache in the device's RAM and so need a size (3 fails without, 9 loses its RAM part). Source: pvs.md 4.1. */
export const CACHES_IN_RAM: readonly CacheName[] = ['device-ram', 'ram-with-overflow', 'ram-with-overflow-async']

/** Largest WriteCacheSize that PVS takes, in MiB. Source: pvs.md 4.1. */
export const CACHE_LIMIT_MIB = 131_072
