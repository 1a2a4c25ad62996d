import { SurfaceError, type Bench } from '../surface.ts'
import type { Windows } from '../windows.ts'

/** Start-Service and Stop-Service. */
export function serviceCalls<D extends Bench>(windows: Windows<D>) {
  return {
    'service.set': async (desk: D, { name, state }: { name: string; state: 'Running' | 'Stopped' }) => {
      const service = windows.services(desk).find((one) => one.Name.toLowerCase() === name.toLowerCase())
      if (service === undefined) throw new SurfaceError('service', `Cannot find any service with service name '${name}'.`)
      if (service.State !== state) await windows.setService(desk, service.Name, state)
    },
  }
}
