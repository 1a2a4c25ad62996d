import type { TargetPart, TargetState } from '../../wire/operations/target-state.ts'
import { machineNow } from '../model/spot.ts'
import { actReport, iso } from './act-report.ts'
import type { Handlers, TargetDesk } from './desk.ts'
import { AgentRefusal } from './host-errors.ts'
import { HANDS_OFF, officeFacts, windowsLicenceFacts } from './target-licence.ts'
import { pvsFacts, tokensFacts } from './target-places.ts'
import { bootFacts, identityFacts, osFacts, securityFacts, serviceFacts, targetTime, updatesFacts } from './target-windows.ts'

const parts = {
  os: osFacts,
  boot: bootFacts,
  identity: identityFacts,
  service: serviceFacts,
  windowsLicense: windowsLicenceFacts,
  office: officeFacts,
  tokens: tokensFacts,
  pvs: pvsFacts,
  updates: updatesFacts,
  security: securityFacts,
} as const satisfies { [P in TargetPart]: (desk: TargetDesk) => NonNullable<TargetState[P]> }

/** What a target tells without changing anything. */
export const targetReads = {
  'Get-VdpTargetState': async (desk, { parts: wanted }) => {
    if (wanted.includes('office') && desk.running.officeRearmed === 'done') throw new AgentRefusal('refused', HANDS_OFF)
    await desk.spend(200 * wanted.length)
    const read = Object.fromEntries(wanted.map((part) => [part, parts[part](desk)])) as Partial<TargetState>
    return {
      at: targetTime(desk),
      act: actReport(desk.memory, desk.run),
      officeRearmed: desk.running.officeRearmed !== null,
      ...read,
    }
  },

  'Test-VdpKmsReachability': async (desk, { host, port }) => {
    await desk.spend(1_500)
    const { kms, domain } = desk.farm
    const records = kms.publishesSrv ? [{ domain, host: kms.address, port: kms.port, priority: 0, weight: 0 }] : []
    const asked = host === null ? records.map((one) => ({ host: one.host, port: one.port })) : [{ host, port: port ?? 1688 }]
    return {
      at: targetTime(desk),
      records,
      probes: asked.map((one) => {
        const resolves = one.host === kms.address || one.host === kms.name
        const open = resolves && kms.reachable && one.port === kms.port
        const skew = (machineNow(desk) - (desk.farm.time.now() + kms.clockOffsetMs)) / 1000
        return { ...one, resolves, open, clockSkewSeconds: open ? skew : { unknown: 'the host does not answer' } }
      }),
    }
  },

  'Get-VdpActivationEvents': async (desk, { since, ids }) => {
    await desk.spend(500)
    const from = Date.parse(since)
    const wanted = desk.running.image.events.filter((one) => one.at >= from && ids.includes(one.id))
    return { at: targetTime(desk), events: wanted.map((one) => ({ ...one, at: iso(one.at), fields: [...one.fields] })) }
  },
} satisfies Handlers<TargetDesk>
