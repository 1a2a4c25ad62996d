export { decide, resume, run } from './api/driving.ts'
export { events, plan, validate } from './api/looking.ts'
export { VdiskprepError } from './api/vdiskprep-error.ts'
export type {
  Decision,
  Drive,
  Driven,
  FaultTold,
  LeftRun,
  Place,
  Planned,
  PlannedStep,
  Problem,
  RunEventLine,
  RunResult,
  Validated,
} from './api/contract.ts'
