import { SurfaceError, type SurfaceCalls, type TargetDesk } from '../surface.ts'

/** DNS and sockets as a target device sees them: the KMS host and its SRV record. */
export const networkCalls: SurfaceCalls<TargetDesk> = {
  'dns.resolve': ({ farm: { kms, domain } }, { name, type }: { name: string; type: string }) => {
    if (type !== 'SRV') throw new SurfaceError('unmodelled', `a DNS query for ${type}`)
    if (!kms.publishesSrv || name.toLowerCase() !== `_vlmcs._tcp.${domain}`.toLowerCase()) return null
    return [{ Name: name, NameTarget: kms.address, Port: kms.port, Priority: 0, Weight: 0 }]
  },
  'dns.finds': ({ farm: { kms } }, { name }: { name: string }) => name === kms.address || name === kms.name,
  'net.connects': ({ farm: { kms } }, { machine, port }: { machine: string; port: number }) =>
    (machine === kms.address || machine === kms.name) && kms.reachable && port === kms.port,
}
