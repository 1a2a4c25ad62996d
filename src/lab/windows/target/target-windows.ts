import { machineNow } from '../../model/spot.ts'
import type { TargetDesk } from '../surface.ts'
import type { Windows } from '../windows.ts'
import { licensingClasses, licensingMethods } from './licensing-cim.ts'
import { machineClasses } from './machine-cim.ts'
import { moveTargetFile, removeTargetFile, targetFiles, targetPlaces } from './target-files.ts'
import { networkCalls } from './target-network.ts'
import { targetPrograms } from './target-programs.ts'
import { removeTargetValue, targetRegistry } from './target-registry.ts'
import { setTargetService, targetServices } from './target-services.ts'

/** The Windows of a target device or canary. */
export const targetWindows: Windows<TargetDesk> = {
  cim: { ...machineClasses, ...licensingClasses },
  methods: licensingMethods,
  registry: targetRegistry,
  removeValue: removeTargetValue,
  files: targetFiles,
  places: targetPlaces,
  moveFile: moveTargetFile,
  removeFile: removeTargetFile,
  services: targetServices,
  setService: setTargetService,
  events: ({ running: { image } }) =>
    image.events.map((one) => ({
      log: 'Application',
      provider: 'Microsoft-Windows-Security-SPP',
      Id: one.id,
      RecordId: one.record,
      TimeCreated: new Date(one.at),
      Message: one.text,
      Properties: one.fields.length === 0 ? [] : [one.fields.join(', ')],
    })),
  programs: targetPrograms,
  now: machineNow,
  culture: ({ running: { image } }) => image.language,
  more: networkCalls,
}
