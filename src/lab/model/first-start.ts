import { lasts } from './durations.ts'
import { logEvent } from './event-log.ts'
import { happened } from './farm.ts'
import type { Image } from './image.ts'
import { machineNow, type Spot } from './spot.ts'
import { activateWindows, windowsActivationId } from './windows-licensing.ts'
import { refusal } from './trusted-store.ts'

/** What Windows does to its licences while it starts, before anybody can ask it. On the image itself a pending rearm is completed there,
 *  once for all clones; on a read-only clone it is completed in the copy, and whether the clone then draws a CMID of its own is the truth
 *  that no property shows (world `cmid`). Source: kms.md 4.1; pvs.md 1, 2. */
export function completeRearms(spot: Spot): void {
  const { farm, device, running } = spot
  const { image } = running
  const clone = running.how === 'read-only'
  const windowsDue = image.licensing.rearm === 'pending'
  const officeDue = image.office?.rearm === 'pending'
  const drawsOwn = !clone || clonesDiffer(farm.world.cmid, image)

  if (windowsDue) {
    if (drawsOwn) image.licensing.cmid = farm.random.guid()
    image.licensing.rearm = farm.world.d302 === 'persists' ? 'stuck' : 'none'
    Object.assign(image.licensing, { status: 2, reason: '0x4004F00C', until: machineNow(spot) + lasts.grace })
    happened(farm, device.name, {
      did: 'rearm-completed',
      product: 'Windows',
      cmid: image.licensing.cmid,
      on: clone ? 'clone' : 'image',
    })
  } else if (image.licensing.rearm === 'stuck') {
    image.licensing.rearm = 'none'
  }
  if (image.office && officeDue) {
    image.office.cmid = farm.random.guid()
    image.office.rearm = 'none'
    for (const product of image.office.products)
      if (product.key !== null) Object.assign(product, { status: 2, until: machineNow(spot) + lasts.grace })
    happened(farm, device.name, {
      did: 'rearm-completed',
      product: 'Office',
      cmid: image.office.cmid,
      on: clone ? 'clone' : 'image',
    })
  }
  if (!clone) return
  happened(farm, device.name, { did: 'cmid', product: 'Windows', cmid: image.licensing.cmid, drawn: windowsDue && drawsOwn })
  if (image.office) happened(farm, device.name, { did: 'cmid', product: 'Office', cmid: image.office.cmid, drawn: officeDue })
}

/** Whether each clone of this image draws its own CMID. */
function clonesDiffer(rule: Spot['farm']['world']['cmid'], image: Image): boolean {
  const rearmed = image.licensing.rearm === 'pending' && image.rearmedAt !== null
  if (rule === 'rearm-enough') return rearmed
  if (rule === 'rearm+prep') return rearmed && image.preparedAt !== null
  return rearmed && image.preparedAt !== null && image.preparedAt > (image.rearmedAt ?? 0)
}

/** A clone finds other hardware than the master's: additional grace with events 1040, 1025, 1024. Source: kms.md 8, 10; article. */
export function noticeHardware(spot: Spot): void {
  const { image, how } = spot.running
  if (how !== 'read-only') return
  const now = machineNow(spot)
  const ids = `AppId=55c92734-d682-4d71-983e-d6ec3f16059f, SkuId=${windowsActivationId(spot)}`
  logEvent(image.events, now, 1040, `Hardware has changed from previous boot. ${ids}`)
  logEvent(image.events, now, 1025, `Grace period has been started. Grace days=30 Grace type=1. ${ids}`)
  logEvent(image.events, now, 1024, 'The hardware has changed.')
  Object.assign(image.licensing, { status: 3, reason: '0xC004F00F', until: now + lasts.grace })
}

/** Windows tries by itself: a while after the start, then every two hours until it is licensed, then every week. Source: kms.md 7. */
export function scheduleActivation(spot: Spot): void {
  const { farm, running } = spot
  const tryAfter = (ms: number) => running.cancel.push(farm.time.after(ms, act))
  const act = () => {
    const { key } = running.image.licensing
    const code = key?.channel !== 'VOLUME_KMSCLIENT' || refusal(spot, 'method') !== null ? '' : activateWindows(spot)
    tryAfter(code === null ? lasts.renewal : lasts.activationRetry)
  }
  const firm = running.image.licensing.status === 1
  tryAfter(firm ? lasts.renewal : lasts.firstActivation + farm.random.next() * lasts.firstActivationSpread)
}
