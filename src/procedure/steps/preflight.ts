import { blocking, diagnose } from '../../diagnosis/diagnose.ts'
import type { Plan } from '../../workflow/plan.ts'
import { ask, type Ask } from '../asking.ts'
import { lookAtCanaryDevices, lookAtDevice, lookAtDisk, lookAtServers } from '../looks.ts'
import type { Memory } from '../memory.ts'
import { defineStage } from '../stage.ts'
import { done, hold } from '../verdict.ts'

const PARTS = ['os', 'boot', 'identity', 'service', 'windowsLicense', 'office', 'tokens', 'pvs', 'updates', 'security'] as const

/** Step 0. Every check of the doctor before the first change: the same code, so that both say the same.
 *  A fail or unknown holds the run until it is mended or waived by name. */
export const preflight = defineStage({
  name: 'checks',
  step: 'preflight',
  title: 'check everything before the first change',
  repeat: 'safe',
  judgesSilence: true,
  probe: lookAtAll,

  judge({ plan, now, missing, granted }) {
    const findings = diagnose({
      plan,
      target: now.target[plan.target.host] ?? null,
      servers: now.servers,
      disk: now.disk[plan.farm.server] ?? null,
      device: now.device[plan.farm.server] ?? null,
      canaryDevices: now.canaries,
      reach: now.reach[plan.target.host] ?? null,
      kms: plan.kmsHost === null ? null : (now.kms[plan.kmsHost] ?? null),
      missing,
    })
    const waived = [...plan.waive.map((one) => one.check), ...granted]
    const open = blocking(findings, waived)
    const count = (verdict: string) => findings.filter((finding) => finding.verdict === verdict).length
    if (open.length > 0) {
      const options = [...new Set(open.map((finding) => finding.check))].map((check) => ({
        name: check,
        label: `waive the check ${check}`,
      }))
      const because = open.map(
        (finding) => `${finding.verdict === 'fail' ? 'FAIL' : '????'} ${finding.host} ${finding.check}: ${finding.says}`,
      )
      return hold('CHECKS_FAILED', { count: open.length, checks: options.map((option) => option.name) }, because, options)
    }
    const waivedLine = waived.length === 0 ? [] : [`waived: ${waived.join(', ')}`]
    return done([
      `${String(count('pass'))} checks pass, ${String(count('warn'))} warnings, ${String(count('na'))} do not apply`,
      ...waivedLine,
    ])
  },
})

/** Every host in a group of its own, so that one that is silent leaves its checks unknown and not the whole look. */
function lookAtAll(look: { readonly plan: Plan; readonly memory: Memory }) {
  const { plan } = look
  const kms: Record<string, Ask<'Get-VdpKmsHostState'>> = plan.kmsHost === null
    ? {}
    : { [plan.kmsHost]: ask(plan.kmsHost, 'Get-VdpKmsHostState', {}) }
  const reach = ask(plan.target.host, 'Test-VdpKmsReachability', { host: plan.kms.machine, port: plan.kms.port })
  return {
    servers: lookAtServers(look),
    disk: { [plan.farm.server]: lookAtDisk(look) },
    device: { [plan.farm.server]: lookAtDevice(look) },
    canaries: lookAtCanaryDevices(look),
    target: { [plan.target.host]: ask(plan.target.host, 'Get-VdpTargetState', { parts: [...PARTS] }) },
    reach: { [plan.target.host]: reach },
    kms,
  }
}
