import type { FaultCode } from '../faults/table.ts'

/** What a host is in the plan; what the farm tells comes through a server. */
export type Role = 'target' | 'server' | 'kms'

/** Faults by which a session fails that another check than "reachable" names. */
const NAMED: Readonly<Record<Role, Readonly<Partial<Record<FaultCode, string>>>>> = {
  target: {
    NOT_ELEVATED: 'target.elevated',
    CONSTRAINED_LANGUAGE: 'target.language',
    POWERSHELL_TOO_OLD: 'target.powershell',
    POWERSHELL_32_BIT: 'target.powershell',
    HOST_KEY_UNKNOWN: 'target.hostKey',
    HOST_KEY_CHANGED: 'target.hostKey',
  },
  server: {
    NOT_ELEVATED: 'server.session',
    CONSTRAINED_LANGUAGE: 'server.session',
    POWERSHELL_TOO_OLD: 'server.session',
    POWERSHELL_32_BIT: 'server.session',
    HOST_KEY_UNKNOWN: 'server.session',
    HOST_KEY_CHANGED: 'server.session',
    SNAPIN_MISSING: 'server.snapin',
    PVS_AUTH_NEEDS_PASSWORD: 'farm.connection',
    PVS_ACCESS_DENIED: 'farm.connection',
    PVS_SERVICE_DOWN: 'service.soap',
    PVS_ERROR: 'service.soap',
    HOST_REFUSED: 'service.soap',
    VDISK_NOT_FOUND: 'disk.found',
    DEVICE_NOT_FOUND: 'device.record',
  },
  kms: {},
}

/** The check that is about a fault for which a host told nothing: where it is not in order, it is the reason. */
export function checkOf(code: FaultCode, role: Role): string {
  return NAMED[role][code] ?? `${role}.reachable`
}
