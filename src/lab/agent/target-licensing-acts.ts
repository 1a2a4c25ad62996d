import { LicensingError, textOf } from '../model/licensing-error.ts'
import { installKey } from '../model/install-key.ts'
import { activateOffice, installOfficeKey, rearmOffice } from '../model/office-licensing.ts'
import { mustAnswer } from '../model/trusted-store.ts'
import { activateWindows, clearSkipRearm, rearmWindows, setKmsHost } from '../model/windows-licensing.ts'
import type { Handlers, TargetDesk } from './desk.ts'
import { AgentRefusal } from './host-errors.ts'
import { HANDS_OFF, installFacts, officeFacts, officeProducts, windowsLicenceFacts } from './target-licence.ts'

/** Keys, activation and rearm of Windows: each looks before, acts, looks after. */
export const windowsActs = {
  'Set-VdpWindowsKey': async (desk, { key }) => {
    mustBeKey(key)
    const before = windowsLicenceFacts(desk)
    desk.begin()
    await desk.spend(4_000)
    installKey(desk, key)
    await desk.spend(2_000)
    return { before, after: windowsLicenceFacts(desk), via: 'cim' }
  },

  'Set-VdpKmsHost': async (desk, { machine, port }) => {
    const before = windowsLicenceFacts(desk)
    desk.begin()
    await desk.spend(500)
    setKmsHost(desk, machine, port)
    return { before, after: windowsLicenceFacts(desk) }
  },

  'Invoke-VdpWindowsActivation': async (desk) => {
    const before = windowsLicenceFacts(desk)
    desk.begin()
    mustAnswer(desk, 'products')
    await desk.spend(5_000)
    const code = activateWindows(desk)
    await desk.spend(1_000)
    return { before, after: windowsLicenceFacts(desk), code, via: 'cim' }
  },

  'Clear-VdpSkipRearm': async (desk) => {
    const before = desk.running.image.licensing.skipRearm
    desk.begin()
    await desk.spend(200)
    if (before !== null) clearSkipRearm(desk)
    return { before, after: desk.running.image.licensing.skipRearm }
  },

  'Invoke-VdpWindowsRearm': async (desk) => {
    const before = windowsLicenceFacts(desk)
    desk.begin()
    await desk.spend(1_000)
    rearmWindows(desk)
    desk.running.windowsRearmed = true
    await desk.spend(2_000)
    return { before, after: windowsLicenceFacts(desk), returnValue: 0, code: null, via: 'cim' }
  },
} satisfies Handlers<TargetDesk>

/** Keys, activation and rearm of Office. Refused once Office was rearmed in this boot. */
export const officeActs = {
  'Set-VdpOfficeKey': async (desk, { key, folder, service }) => {
    mustBeOpen(desk)
    mustBeKey(key)
    const { office } = desk.running.image
    if (office === null || installFacts(office).folder !== folder || office.service !== service)
      throw new AgentRefusal('arguments', `there is no Office in ${folder} that is licensed by ${service}`)
    const before = officeFacts(desk).products
    desk.begin()
    if (service === 'osppsvc') await scriptRuns(desk)
    else await desk.spend(4_000)
    let refused: LicensingError | null = null
    if (service === 'osppsvc') refused = takes(() => installOfficeKey(desk, office, key))
    else installKey(desk, key)
    await desk.spend(1_000)
    const output =
      refused === null
        ? '<Product key installation successful>'
        : `ERROR CODE: ${refused.hresult}\r\nERROR DESCRIPTION: ${textOf(refused.hresult, desk.running.image.language)}`
    const { products, cmid } = officeFacts(desk)
    return { before, after: products, cmid, program: service === 'osppsvc' ? framed(output) : null }
  },

  'Invoke-VdpOfficeActivation': async (desk) => {
    mustBeOpen(desk)
    const { office } = desk.running.image
    if (office === null) throw new AgentRefusal('missing', 'there is no Office here')
    desk.begin()
    if (office.service === 'sppsvc') mustAnswer(desk, 'products')
    await desk.spend(6_000)
    const code = activateOffice(desk, office)
    await desk.spend(1_000)
    return { query: { answers: true }, products: officeProducts(desk, office), code }
  },

  'Invoke-VdpOfficeRearm': async (desk, { tool }) => {
    if (desk.running.officeRearmed === 'done') mustBeOpen(desk)
    const { office } = desk.running.image
    if (office === null || installFacts(office).rearmTool !== tool) throw new AgentRefusal('native', `${tool} is not there`)
    desk.begin()
    desk.running.officeRearmed = 'begun'
    if (desk.hangs('Invoke-VdpOfficeRearm')) {
      await desk.spend(120_000)
      return { program: { exitCode: null, output: '', timedOut: true }, successLine: false, marker: true }
    }
    await desk.spend(5_000)
    const refused = takes(() => rearmOffice(desk, office))
    await desk.spend(3_000)
    desk.running.officeRearmed = refused === null ? 'done' : null
    const output = refused === null ? 'Microsoft Office rearm successful.' : `Microsoft Office rearm failed. ${refused.hresult}`
    const program = { exitCode: refused === null ? 0 : 1, output: `${output}\r\n`, timedOut: false }
    return { program, successLine: refused === null, marker: refused === null }
  },
} satisfies Handlers<TargetDesk>

function mustBeKey(key: string): void {
  if (!/^[0-9A-Z]{5}(-[0-9A-Z]{5}){4}$/.test(key))
    throw new AgentRefusal('arguments', 'this is not the form of a product key: five groups of five')
}

function mustBeOpen({ running }: TargetDesk): void {
  if (running.officeRearmed !== null) throw new AgentRefusal('refused', HANDS_OFF)
}

function takes(change: () => void): LicensingError | null {
  try {
    change()
    return null
  } catch (thrown) {
    if (thrown instanceof LicensingError) return thrown
    throw thrown
  }
}

/** ospp.vbs frames what it says, and always exits with 0. Source: kms.md 5.2, 5.3. */
function framed(output: string) {
  const text = `---Processing--------------------------\r\n---------------------------------------\r\n${output}\r\n---------------------------------------\r\n---Exiting-----------------------------\r\n`
  return { exitCode: 0, output: text, timedOut: false }
}

/** cscript.exe runs, or hangs until its limit. */
async function scriptRuns(desk: TargetDesk): Promise<void> {
  if (desk.hangs('Set-VdpOfficeKey')) {
    await desk.spend(120_000)
    throw new AgentRefusal('native', 'cscript.exe did not end within 120 s and was killed')
  }
  await desk.spend(4_000)
}
