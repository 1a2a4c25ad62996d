import type { FaultRecord } from '../../faults/fault.ts'
import type { HostError } from '../../wire/messages.ts'
import type { Answer } from '../ports/hosts.ts'

/** A host's refusal in our words; its own text stays in the details. PVS numbers: pvs.md 4.7. */
function faultOfRefusal(host: string, operation: string, error: HostError): FaultRecord {
  const details = {
    host,
    server: host,
    operation,
    message: error.message,
    hresult: error.hresult,
    returnCode: error.returnCode,
    code: error.returnCode ?? error.hresult ?? error.kind,
    details: error.details,
  }
  switch (error.kind) {
    case 'fenced':
      return { code: 'FENCED', details }
    case 'missing':
      return { code: 'SNAPIN_MISSING', details }
    case 'pvs':
      return error.returnCode === 13 || error.returnCode === 22
        ? { code: 'PVS_ACCESS_DENIED', details }
        : { code: 'PVS_ERROR', details }
    case 'busy':
    case 'refused':
    case 'licensing':
    case 'native':
    case 'arguments':
    case 'internal':
      return { code: 'HOST_REFUSED', details }
  }
}

/** Why an answer brought no facts, as a fault. */
export function faultOfAnswer(host: string, operation: string, answer: Exclude<Answer<unknown>, { is: 'facts' }>): FaultRecord {
  switch (answer.is) {
    case 'refused':
      return faultOfRefusal(host, operation, answer.error)
    case 'misfit':
      return { code: 'FACTS_MISFIT', details: { host, operation, field: answer.field, problem: answer.problem } }
    case 'lost':
      return {
        code: 'HOST_UNREACHABLE',
        details: { host, operation, why: answer.reason === 'deadline' ? `no answer to ${operation} in time` : answer.detail },
      }
  }
}
