import { osFacts } from '../../agent/target-windows.ts'
import type { TargetDesk } from '../surface.ts'
import type { CimClass } from '../windows.ts'
import { targetServices } from './target-services.ts'

const VOLUME = { DeviceID: 'C:' }
const PARTITION = { DeviceID: 'Disk #0, Partition #1' }
const DISK = '\\\\.\\PHYSICALDRIVE0'
const PNP = 'SCSI\\DISK&VEN_LAB\\0'
const CONTROLLER = 'PCI\\LAB\\0'

/** Classes that describe the machine. Values: Microsoft's documentation of the Win32 classes; the driver of a vDisk: pvs.md 6.2. */
export const machineClasses: Readonly<Record<string, CimClass<TargetDesk>>> = {
  Win32_OperatingSystem: (desk) => {
    const { caption, version, build, kind } = osFacts(desk)
    const LastBootUpTime = new Date(desk.running.bootedAt + desk.device.clockOffsetMs)
    return [
      { Caption: caption, Version: version, BuildNumber: String(build), ProductType: kind === 'client' ? 1 : 3, LastBootUpTime },
    ]
  },
  Win32_Processor: () => [{ AddressWidth: 64 }],
  Win32_ComputerSystem: ({ farm, device }) => [{ Name: device.computerName, Domain: farm.domain, PartOfDomain: true }],
  Win32_NetworkAdapterConfiguration: ({ farm, device }) => [
    {
      IPEnabled: true,
      MACAddress: device.realMac.replaceAll('-', ':'),
      IPAddress: [device.ip],
      DHCPEnabled: !device.staticAddress,
      DNSDomain: farm.domain,
      DNSDomainSuffixSearchOrder: [farm.domain],
    },
    {
      IPEnabled: false,
      MACAddress: null,
      IPAddress: null,
      DHCPEnabled: false,
      DNSDomain: null,
      DNSDomainSuffixSearchOrder: null,
    },
  ],
  Win32_LogicalDiskToPartition: () => [{ Antecedent: PARTITION, Dependent: VOLUME }],
  Win32_DiskDriveToDiskPartition: () => [{ Antecedent: { DeviceID: DISK }, Dependent: PARTITION }],
  Win32_DiskDrive: () => [{ DeviceID: DISK, PNPDeviceID: PNP }],
  Win32_SCSIControllerDevice: () => [{ Antecedent: { DeviceID: CONTROLLER }, Dependent: { DeviceID: PNP } }],
  Win32_SCSIController: ({ running }) => [
    { DeviceID: CONTROLLER, DriverName: running.how === 'hard-disk' ? 'LSI_SAS' : 'CVhdMp' },
  ],
  Win32_IDEControllerDevice: () => [],
  Win32_Process: ({ running }) =>
    [
      'explorer.exe',
      ...running.officeApps.map((name) => `${name}.EXE`),
      ...(running.image.updates.installerRunning ? ['TiWorker.exe'] : []),
    ].map((Name) => ({ Name })),
  'root/cimv2/security/microsoftvolumeencryption:Win32_EncryptableVolume': ({ running }) => [
    { DriveLetter: 'C:', ConversionStatus: running.image.security.bitLocker === 'encrypted' ? 1 : 0 },
  ],
  Win32_Service: (desk) => targetServices(desk).map((one) => ({ ...one })),
}
