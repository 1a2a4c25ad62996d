import { createHash } from 'node:crypto'
import { diskOf } from '../../model/locks.ts'
import type { Device } from '../../model/device.ts'
import type { Disk } from '../../model/disk.ts'
import type { Farm } from '../../model/farm.ts'
import { soapObstacle } from '../../model/soap.ts'
import { PvsError, type PvsCode } from '../../model/pvs-error.ts'
import { SurfaceError, type ServerDesk, type SurfaceCall } from '../surface.ts'

/** Parameters as a cmdlet was given them, by their own names and not by an alias; lists are lists even of one. */
export type PvsArgs = Readonly<Record<string, unknown>>

/** An object of the snap-in: the properties that the lab knows. All others have the default that the snap-in documents. */
export type PvsRow = Readonly<Record<string, string | number | boolean | Date>>

/** The id that stands for none. */
export const NOBODY = '00000000-0000-0000-0000-000000000000'
/** DateTime.MinValue, which .NET has instead of no date. */
export const NEVER = new Date('0001-01-01T00:00:00.000Z')

/** One cmdlet with the parameters that the lab knows; any other is unmodelled. No cmdlet answers without the SOAP service. */
export function cmdlet(known: string, answer: (desk: ServerDesk, args: PvsArgs) => unknown): SurfaceCall<ServerDesk> {
  const names = known.split(' ')
  return (desk: ServerDesk, args: PvsArgs) => {
    const strange = Object.keys(args).filter((one) => !names.includes(one))
    if (strange.length > 0) throw new SurfaceError('unmodelled', `the parameter ${strange.join(', ')} of a PVS cmdlet`)
    const obstacle = soapObstacle(desk.farm, desk.server)
    if (obstacle instanceof PvsError) throw obstacle
    if (obstacle !== null) throw new SurfaceError('service', obstacle)
    return answer(desk, args)
  }
}

/** The one text that a parameter holds, or undefined when it was not given. Several at once are unmodelled. */
export function text(args: PvsArgs, name: string): string | undefined {
  const value = args[name]
  const one: unknown = Array.isArray(value) ? value[0] : value
  if (Array.isArray(value) && value.length !== 1)
    throw new SurfaceError('unmodelled', `several values of ${name} of a PVS cmdlet`)
  return one === undefined || one === null ? undefined : `${one as string | number}`
}

/** The same as a number. */
export function number(args: PvsArgs, name: string): number | undefined {
  const value = text(args, name)
  return value === undefined ? undefined : Number(value)
}

/** The disk that -Guid names. Throws 44. */
export function diskNamed({ farm }: ServerDesk, args: PvsArgs, name = 'Guid', code: PvsCode = 44): Disk {
  const disk = diskOf(farm, text(args, name)?.toLowerCase() ?? '')
  if (!disk) throw new PvsError(code)
  return disk
}

/** The device that -Guid or another parameter names. Throws 43. */
export function deviceNamed({ farm }: ServerDesk, args: PvsArgs, name = 'Guid'): Device {
  const id = text(args, name)?.toLowerCase()
  const device = farm.devices.find((one) => one.id === id)
  if (!device) throw new PvsError(43)
  return device
}

/** An id of something the lab knows by name alone: the same for the same name. */
export function idOf(what: 'site' | 'store' | 'collection' | 'farm', name: string): string {
  const hash = createHash('sha256').update(`${what} ${name}`).digest('hex')
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`
}

/** The id of a server by its name; all zero for none. */
export function serverId(farm: Farm, name: string | null): string {
  return farm.servers.find((one) => one.name === name)?.id ?? NOBODY
}
