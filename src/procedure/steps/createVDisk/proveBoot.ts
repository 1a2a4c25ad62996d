import { lookAtDevice, lookAtDisk, lookAtTarget } from '../../looks.ts'
import { defineStage } from '../../stage.ts'
import { bootProof } from './boot-proof.ts'

/** Step 1, proof: host and device are one machine, and Windows runs *from* this disk. Looked for again right before the first rearm. */
export const proveBoot = defineStage({
  name: 'proveBoot',
  step: 'createVDisk',
  title: 'prove that the target runs from the vDisk',
  repeat: 'safe',
  probe: (look) => ({
    target: lookAtTarget(look, ['boot', 'identity', 'pvs']),
    disk: lookAtDisk(look),
    device: lookAtDevice(look),
  }),

  judge: ({ plan, memory, now }) => bootProof(now, { plan, memory }),
})
