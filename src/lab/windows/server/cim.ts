import { problemOf, type PvsServer, type ServerDriver } from '../../model/server.ts'
import type { ServerDesk } from '../surface.ts'
import type { CimRow, ServiceRow, Windows } from '../windows.ts'

/** The CIM classes of a PVS server that agents read. */
export const serverCim: Windows<ServerDesk>['cim'] = {
  Win32_ComputerSystem: ({ server }) => [{ Name: server.name }],
  Win32_Service: ({ server }) => serverServices(server).map((one) => ({ ...one })),
  Win32_SystemDriver: ({ server }) => present(server).map((one) => driverRow(one)),
  CIM_DataFile: ({ server }) => present(server).map((one) => ({ Name: fileOf(one).toLowerCase(), Version: one.fileVersion })),
  Win32_PnPEntity: ({ server }) =>
    present(server).flatMap((one): CimRow[] =>
      one.name === 'cfsdep2' ? [] : [{ Service: one.name, ConfigManagerErrorCode: problemOf(one) }],
    ),
  'root/rsop/computer:RSOP_UserPrivilegeRight': ({ server }) =>
    server.rightPolicy === null ? [] : [{ UserRight: 'SeManageVolumePrivilege', precedence: 1, GPOID: server.rightPolicy }],
}

const MODES = { auto: 'Auto', manual: 'Manual', disabled: 'Disabled' } as const

/** The two services that carry PVS, in the words of Win32_Service. */
export function serverServices(server: PvsServer): ServiceRow[] {
  return server.services
    .filter(({ state }) => state !== 'absent')
    .map(({ name, state, startMode, exitCode, account, pid }) => ({
      Name: name,
      State: state === 'running' ? 'Running' : 'Stopped',
      StartMode: MODES[startMode],
      StartName: account,
      ProcessId: state === 'running' ? pid : 0,
      ExitCode: exitCode,
    }))
}

function present(server: PvsServer): readonly ServerDriver[] {
  return server.drivers.filter((one) => one.present)
}

function driverRow(driver: ServerDriver): CimRow {
  const { name, startMode, running } = driver
  return {
    Name: name,
    State: running ? 'Running' : 'Stopped',
    StartMode: startMode === null ? null : startMode.charAt(0).toUpperCase() + startMode.slice(1),
    PathName: fileOf(driver),
  }
}

function fileOf({ name }: ServerDriver): string {
  return `C:\\Windows\\system32\\drivers\\${name}.sys`
}
