import { LicensingError } from '../model/licensing-error.ts'
import type { OfficeInstallation } from '../model/image.ts'
import { activateOffice, installOfficeKey, officeRefusal, rearmOffice } from '../model/office-licensing.ts'
import { officeReleases } from '../model/office-releases.ts'
import { textOf } from '../model/licensing-error.ts'
import { activateWindows, clearSkipRearm, installWindowsKey, rearmWindows, setKmsHost } from '../model/windows-licensing.ts'
import type { Handlers, TargetDesk } from './desk.ts'
import { AgentRefusal } from './host-errors.ts'
import { officeFacts, officeProducts, windowsLicenceFacts } from './target-licence.ts'

/** Keys, activation and rearm of Windows: each looks before, acts, looks after. */
export const windowsActs = {
  'Set-VdpWindowsKey': async (desk, { key }) => {
    const before = windowsLicenceFacts(desk)
    await native(desk, 'Set-VdpWindowsKey', 4_000)
    installWindowsKey(desk, key)
    await desk.spend(2_000)
    return { before, after: windowsLicenceFacts(desk), via: 'cim' }
  },

  'Set-VdpKmsHost': async (desk, { machine, port }) => {
    const before = windowsLicenceFacts(desk)
    await desk.spend(500)
    setKmsHost(desk, machine, port)
    return { before, after: windowsLicenceFacts(desk) }
  },

  'Invoke-VdpWindowsActivation': async (desk) => {
    const before = windowsLicenceFacts(desk)
    await native(desk, 'Invoke-VdpWindowsActivation', 5_000)
    const code = activateWindows(desk)
    await desk.spend(1_000)
    return { before, after: windowsLicenceFacts(desk), code, via: 'cim' }
  },

  'Clear-VdpSkipRearm': async (desk) => {
    const before = desk.running.image.licensing.skipRearm
    await desk.spend(200)
    clearSkipRearm(desk)
    return { before, after: desk.running.image.licensing.skipRearm }
  },

  'Invoke-VdpWindowsRearm': async (desk) => {
    const before = windowsLicenceFacts(desk)
    await native(desk, 'Invoke-VdpWindowsRearm', 1_000)
    rearmWindows(desk)
    desk.running.windowsRearmed = true
    await desk.spend(2_000)
    return { before, after: windowsLicenceFacts(desk), returnValue: 0, code: null, via: 'cim' }
  },
} satisfies Handlers<TargetDesk>

/** Keys, activation and rearm of Office. Refused once Office was rearmed in this boot. */
export const officeActs = {
  'Set-VdpOfficeKey': async (desk, { key, folder, service }) => {
    const office = officeIn(desk, folder)
    if (office.service !== service)
      throw new AgentRefusal('arguments', `the Office in ${folder} is licensed by ${office.service}`)
    const before = officeFacts(desk).products
    await native(desk, 'Set-VdpOfficeKey', 4_000)
    const refused = takes(() => installOfficeKey(desk, office, key))
    if (refused !== null && service === 'sppsvc') throw refused
    await desk.spend(1_000)
    const output =
      refused === null
        ? '<Product key installation successful>'
        : `ERROR CODE: ${refused.hresult}\r\nERROR DESCRIPTION: ${refused.message}`
    const { products, cmid } = officeFacts(desk)
    return { before, after: products, cmid, program: service === 'osppsvc' ? framed(output) : null }
  },

  'Invoke-VdpOfficeActivation': async (desk) => {
    const office = officeIn(desk, null)
    await native(desk, 'Invoke-VdpOfficeActivation', 6_000)
    const code = activateOffice(desk, office)
    await desk.spend(1_000)
    const closed = officeRefusal(desk, office, 'products')
    if (closed !== null)
      return { query: { answers: false, code: closed, message: textOf(closed) }, products: { unknown: closed }, code }
    return { query: { answers: true }, products: officeProducts(desk, office), code }
  },

  'Invoke-VdpOfficeRearm': async (desk, { tool }) => {
    const office = officeIn(desk, null)
    if (!office.toolPresent || !sameTool(office, tool)) throw new AgentRefusal('native', `${tool} is not there`)
    if (desk.hangs('Invoke-VdpOfficeRearm')) {
      await desk.spend(120_000)
      return { program: { exitCode: null, output: '', timedOut: true }, successLine: false, marker: false }
    }
    await desk.spend(5_000)
    const refused = takes(() => rearmOffice(desk, office))
    desk.running.officeRearmed = refused === null
    await desk.spend(3_000)
    const output = refused === null ? 'Microsoft Office rearm successful.' : `Microsoft Office rearm failed. ${refused.hresult}`
    const program = { exitCode: refused === null ? 0 : 1, output: `${output}\r\n`, timedOut: false }
    return { program, successLine: refused === null, marker: desk.running.officeRearmed }
  },
} satisfies Handlers<TargetDesk>

function officeIn(desk: TargetDesk, folder: string | null): OfficeInstallation {
  const { office } = desk.running.image
  if (office === null) throw new AgentRefusal('missing', 'there is no Office in this image')
  if (desk.running.officeRearmed)
    throw new AgentRefusal('refused', 'Office was rearmed in this boot: hands off until the image is sealed.')
  if (folder !== null && !sameTool(office, `${folder}\\x`, officeReleases[office.name].folder))
    throw new AgentRefusal('arguments', `there is no Office in ${folder}`)
  return office
}

function sameTool(office: OfficeInstallation, tool: string, own: string = officeReleases[office.name].tool): boolean {
  const plain = (path: string) => path.replace('Program Files (x86)', 'Program Files').toUpperCase()
  const folder = (path: string) => path.slice(0, path.lastIndexOf('\\'))
  return own.toUpperCase().endsWith('.EXE') ? plain(tool) === plain(own) : plain(folder(tool)) === plain(own)
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

async function native(desk: TargetDesk, op: Parameters<TargetDesk['hangs']>[0], ms: number): Promise<void> {
  if (desk.hangs(op)) {
    await desk.spend(120_000)
    throw new AgentRefusal('native', 'cscript.exe did not end within 120 s and was killed')
  }
  await desk.spend(ms)
}
