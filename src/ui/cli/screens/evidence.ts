import type { RunView, StepView } from '../../../procedure/run-view.ts'

/** What shows best that a step is done, from what the run remembers; else the step's own last evidence, or why it came to no end. */
export function evidenceOf(step: StepView, { memory, plan, ending }: RunView): string {
  if (step.state === 'done') {
    const { windows, office, disk, device } = memory
    switch (step.step) {
      case 'createVDisk':
        if (disk !== null && device !== null) return `${device.name} runs from ${disk.name}, exclusive lock`
        break
      case 'rearmWindows':
        if (windows.rearmsBefore !== null) return counted(windows.rearmsBefore, windows.rearmsAfter)
        break
      case 'rearmOffice':
        if (office.rearmed)
          return `${office.rearmsBefore === null ? 'rearmed' : counted(office.rearmsBefore, null)}; hands off Office`
        break
      case 'installOfficeKey':
        if (office.keys.length > 0) return office.keys.map((key) => `...${key.lastFive} ${shortened(key.product)}`).join('  ')
        break
      case 'sealVDisk':
        return (
          step.because.find((line) => line.startsWith('Standard')) ?? `Standard, LicenseMode ${String(plan?.seal.licenseMode)}`
        )
      case 'verify':
        return step.because.find((line) => line.includes('distinct CMIDs')) ?? step.because.at(-1) ?? ''
      default:
    }
  }
  if (step.state === 'failed' && ending !== null) return ending.fault?.code ?? ending.because
  return step.because.at(-1) ?? ''
}

function counted(before: number, after: number | null): string {
  return `count ${String(before)} -> ${String(after ?? before - 1)}`
}

/** `ProPlus` of `ProPlus2021Volume`: the release is said elsewhere. */
function shortened(product: string): string {
  return product.replace(/(20\d\d)?Volume$/, '')
}
