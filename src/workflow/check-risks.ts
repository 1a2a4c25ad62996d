import { statedOfficeService } from './office-service.ts'
import { demand, object, type PlanSubject } from './plan-subject.ts'
import type { Risk } from './plan.ts'
import { valueAt, written } from './tree-path.ts'

/** Checks that everything dangerous was accepted by name, and that the canaries suffice for what is claimed. */
export function checkRisks(subject: PlanSubject): void {
  checkOrder(subject)
  checkTokens(subject)
  checkExperimental(subject)
  checkCanaries(subject)
}

function accepted(subject: PlanSubject, risk: Risk): boolean {
  return subject.file.acceptRisk?.includes(risk) === true || subject.tree.dropped.has('acceptRisk')
}

function checkOrder(subject: PlanSubject): void {
  const service = statedOfficeService(subject)
  if (subject.file.order !== 'article' || service === 'apart' || service === 'none' || accepted(subject, 'order')) return
  const office =
    service === 'shared' ? 'this Office shares the licensing service of Windows and' : 'an Office that shares its service'
  object(subject, ['order'], {
    message: `order: article rearms Windows first; ${office} may then meet 0xC004D302`,
    suggestion: 'write "order: auto", or acceptRisk: [order] if it is meant',
  })
}

function checkTokens(subject: PlanSubject): void {
  if (subject.file.cleanTokens !== 'always' || accepted(subject, 'officeLicences')) return
  if (statedOfficeService(subject) !== 'shared') return
  object(subject, ['cleanTokens'], {
    message: 'cleanTokens: always drops the licences of this Office, which are kept in the same store as those of Windows',
    suggestion: 'write "cleanTokens: auto", or acceptRisk: [officeLicences] if it is meant',
  })
}

function checkExperimental(subject: PlanSubject): void {
  const { scenario, vdisk = {} } = subject.file
  const versioned =
    vdisk.create === 'maintenance-version' ? ['vdisk', 'create'] : scenario === 'maintenance-version' ? ['scenario'] : null
  if (versioned && !accepted(subject, 'maintenanceVersion') && subject.complete) {
    object(subject, versioned, {
      message: 'a maintenance version is experimental: no public source shows that PVS prepares the disk when it is promoted',
      suggestion: 'write acceptRisk: [maintenanceVersion] if it is meant',
    })
  }
  if (vdisk.create !== 'imaging-wizard') return
  if (!accepted(subject, 'imagingWizard')) {
    object(subject, ['vdisk', 'create'], {
      message: 'create: imaging-wizard is experimental: the silent options of the wizard are not documented',
      suggestion: 'write acceptRisk: [imagingWizard] if it is meant',
    })
  }
  if (scenario !== undefined && scenario !== 'new-base-image') {
    object(subject, ['vdisk', 'create'], {
      message: `create: imaging-wizard makes a new vDisk, and scenario ${scenario} works on one that is there`,
      expected: 'scenario: new-base-image',
    })
  }
  demand(subject, ['vdisk', 'size'], {
    missing: 'create: imaging-wizard needs the size of the new disk',
    expected: 'vdisk.size: 80GiB',
  })
}

function checkCanaries(subject: PlanSubject): void {
  const { canaries = [], scenario, verify = {} } = subject.file
  const list = valueAt(subject.tree, ['canaries'])
  if (!subject.complete || (list?.kind === 'list' && list.dropped > 0) || subject.tree.dropped.has('canaries')) return
  const place = written(subject.tree, ['canaries']) ? ['canaries'] : []
  const distinct = new Set(canaries).size
  if (distinct < 2 && scenario === 'maintenance-version') {
    object(subject, place, { message: `${counted(distinct)}: a maintenance version needs two`, expected: 'canaries: [one, two]' })
  } else if (distinct === 0 && !accepted(subject, 'updateWithoutCanaries')) {
    object(subject, place, {
      message: 'no canaries are named: nothing would show that clones differ',
      expected: `canaries: [one, two]${scenario === 'update-image' ? '; or acceptRisk: [updateWithoutCanaries]' : ''}`,
    })
  } else if (distinct === 1 && !accepted(subject, 'singleCanary')) {
    object(subject, place, {
      message: 'one canary cannot show that clones differ: after a lost rearm all share one new CMID',
      expected: 'canaries: [one, two]; or acceptRisk: [singleCanary], marked weaker',
    })
  } else if (verify.minimum !== undefined && distinct >= 2 && verify.minimum > distinct) {
    object(subject, ['verify', 'minimum'], { message: `verify.minimum is ${verify.minimum}, and ${counted(distinct)}` })
  }
  if (verify.minimum === 1 && distinct >= 2 && !accepted(subject, 'singleCanary')) {
    object(subject, ['verify', 'minimum'], {
      message: 'one canary alone proves little',
      expected: '2 or more; or acceptRisk: [singleCanary]',
    })
  }
}

function counted(canaries: number): string {
  return canaries === 1 ? '1 canary is named' : `${canaries} canaries are named`
}
