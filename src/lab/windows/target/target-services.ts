import { happened } from '../../model/farm.ts'
import { startLicensing } from '../../model/token-store.ts'
import { windowsRelease } from '../../model/windows-releases.ts'
import { SurfaceError, type TargetDesk } from '../surface.ts'
import type { ServiceRow } from '../windows.ts'

const MODES = { auto: 'Auto', manual: 'Manual', disabled: 'Disabled' } as const
const NETWORK_SERVICE = 'NT AUTHORITY\\NetworkService'

/** Services that imaging starts or stops, and the one that shows that target software is there. They leave nothing behind, so the lab does
 *  not remember their state. */
const OTHERS = [
  { Name: 'BNDevice', State: 'Running', StartMode: 'Auto' },
  { Name: 'swprv', State: 'Running', StartMode: 'Manual' },
  { Name: 'vss', State: 'Running', StartMode: 'Manual' },
  { Name: 'ShellHWDetection', State: 'Stopped', StartMode: 'Auto' },
] as const

/** The services of a target device. */
export function targetServices({ running: { image } }: TargetDesk): ServiceRow[] {
  const row = (Name: string, running: boolean, StartMode: ServiceRow['StartMode'], StartName = 'LocalSystem'): ServiceRow => ({
    Name,
    State: running ? 'Running' : 'Stopped',
    StartMode,
    StartName,
    ProcessId: running ? 1200 : 0,
  })
  const licensing = windowsRelease(image.windows).sharesWithOffice ? 'Auto' : 'Manual'
  return [
    row('sppsvc', image.licensing.service === 'running', licensing, NETWORK_SERVICE),
    ...(image.office?.service === 'osppsvc' ? [row('osppsvc', true, 'Manual', NETWORK_SERVICE)] : []),
    ...Object.entries(image.updates.services).map(([name, { state, startMode }]) =>
      row(name, state === 'running', MODES[startMode as keyof typeof MODES]),
    ),
    ...OTHERS.map(({ Name, State, StartMode }) => row(Name, State === 'Running', StartMode)),
  ]
}

/** Starts or stops a service. The licensing service reads its store when it starts. */
export async function setTargetService(desk: TargetDesk, name: string, state: 'Running' | 'Stopped'): Promise<void> {
  const { image } = desk.running
  const update = image.updates.services[name]
  if (name === 'sppsvc') {
    await desk.spend(3_000)
    if (state === 'Running') startLicensing(desk)
    else image.licensing.service = 'stopped'
  } else if (update !== undefined) {
    await desk.spend(500)
    update.state = state === 'Running' ? 'running' : 'stopped'
    happened(desk.farm, desk.device.name, { did: 'services', names: [name], to: update.state })
  } else throw new SurfaceError('unmodelled', `switching the service ${name}`)
}
