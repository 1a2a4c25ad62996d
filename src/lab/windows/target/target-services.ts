import { happened } from '../../model/farm.ts'
import { startLicensing } from '../../model/token-store.ts'
import { windowsRelease } from '../../model/windows-releases.ts'
import { accountIn } from '../../model/words.ts'
import { SurfaceError, type TargetDesk } from '../surface.ts'
import type { ServiceRow } from '../windows.ts'

const MODES = { auto: 'Auto', manual: 'Manual', disabled: 'Disabled' } as const

/** The service that shows that target software is there, and those that imaging starts or stops. How they stand at the start: a usual
 *  Windows. */
const OTHERS = [
  { Name: 'BNDevice', State: 'Running', StartMode: 'Auto' },
  { Name: 'swprv', State: 'Stopped', StartMode: 'Manual' },
  { Name: 'vss', State: 'Stopped', StartMode: 'Manual' },
  { Name: 'ShellHWDetection', State: 'Running', StartMode: 'Auto' },
] as const
const SWITCHED: readonly string[] = ['swprv', 'vss', 'ShellHWDetection']

/** The services of a target device. */
export function targetServices({ running: { image }, left }: TargetDesk): ServiceRow[] {
  const network = accountIn(image.language, 'NT AUTHORITY\\NETWORK SERVICE')
  const row = (Name: string, running: boolean, StartMode: ServiceRow['StartMode'], StartName = 'LocalSystem'): ServiceRow => ({
    Name,
    State: running ? 'Running' : 'Stopped',
    StartMode,
    StartName,
    ProcessId: running ? 1200 : 0,
    ExitCode: 0,
  })
  const licensing = windowsRelease(image.windows).sharesWithOffice ? 'Auto' : 'Manual'
  return [
    row('sppsvc', image.licensing.service === 'running', licensing, network),
    ...(image.office?.service === 'osppsvc' ? [row('osppsvc', true, 'Manual', network)] : []),
    ...Object.entries(image.updates.services).map(([name, { state, startMode }]) =>
      row(name, state === 'running', MODES[startMode as keyof typeof MODES]),
    ),
    ...OTHERS.map(({ Name, State, StartMode }) => row(Name, (left.services.get(Name) ?? State) === 'Running', StartMode)),
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
  } else if (SWITCHED.includes(name)) desk.left.services.set(name, state)
  else throw new SurfaceError('unmodelled', `switching the service ${name}`)
}
