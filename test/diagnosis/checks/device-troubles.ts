import { trouble, type Trouble } from './troubles.ts'

const OTHER = 'de51ce00-0000-4000-8000-0000000000ff'

/** Everything that can be wrong with the records of the prep device and the canaries. */
export const deviceTroubles: readonly Trouble[] = [
  ...(
    [
      [0, 'warn', /MAK not used/],
      [1, 'warn', /not activated/],
      [2, 'pass', /activated/],
    ] as const
  ).map(([mak, verdict, says]) =>
    trouble(
      'canary.mak',
      `PVS says ${String(mak)} of a clone that streams`,
      (look) => {
        look.plan.seal.licenseMode = 1
        Object.assign(look.canaryDevices['W11-T01'].device, { active: true, mak, disks: look.device.device.disks })
      },
      verdict,
      says,
      { host: 'W11-T01' },
    ),
  ),
  trouble(
    'device.record',
    'there is none',
    (look) => ({ look: { device: { at: look.device.at, act: look.device.act, found: 0 } } }),
    'fail',
    /no device W11-MASTER/,
  ),
  trouble(
    'device.record',
    'PVS knows none',
    () => ({ look: { device: null, missing: { device: { code: 'DEVICE_NOT_FOUND', details: {} } } } }),
    'fail',
    /no device W11-MASTER/,
  ),
  trouble(
    'device.record',
    'PVS does not answer',
    () => ({
      look: {
        device: null,
        missing: { device: { code: 'PVS_ERROR', details: { server: 'PVS01', operation: 'x', code: 97, message: 'timeout' } } },
      },
    }),
    'unknown',
    /97 timeout/,
    { remedy: /--only device\.record/ },
  ),
  trouble(
    'device.type',
    'it is up as a test device',
    (look) => (look.device.device.type = 1),
    'fail',
    /up as test, needed is production/,
  ),
  trouble(
    'device.bootSource',
    'it is up from its hard disk',
    (look) => (look.device.device.bootFrom = 2),
    'fail',
    /boot source hard disk/,
  ),
  trouble(
    'device.bootSource',
    'it is off and set to hard disk',
    (look) => Object.assign(look.device.device, { active: false, bootFrom: 2 }),
    'pass',
    /step 1 sets vDisk/,
  ),
  trouble(
    'device.disks',
    'it has another one',
    (look) => look.device.device.disks.push({ guid: OTHER, name: 'W10-Lab', enabled: true }),
    'fail',
    /also boots from W10-Lab/,
  ),
  trouble('canary.count', 'there is one', (look) => look.plan.canaries.pop(), 'fail', /1 named, 2 distinct/, {
    host: 'HQ',
    remedy: /singleCanary/,
  }),
  trouble(
    'canary.count',
    'there is one, accepted',
    (look) => {
      look.plan.canaries.pop()
      look.plan.acceptRisk = ['singleCanary']
    },
    'warn',
    /\(accepted\)/,
    { host: 'HQ' },
  ),
  trouble(
    'canary.count',
    'a maintenance version accepts nothing',
    (look) => {
      look.plan.canaries.pop()
      look.plan.acceptRisk = ['singleCanary']
      look.plan.scenario = 'maintenance-version'
    },
    'fail',
    /never released on less/,
    { host: 'HQ' },
  ),
  trouble(
    'canary.distinct',
    'it is the prep device',
    (look) => (look.plan.canaries[1] = { host: 'W11-T02', device: 'w11-master' }),
    'fail',
    /the prep device itself/,
    { host: 'W11-T02' },
  ),
  trouble(
    'canary.distinct',
    'two names, one machine',
    (look) => (look.canaryDevices['W11-T02'].device = look.canaryDevices['W11-T01'].device),
    'fail',
    /the same machine as W11-T01/,
    { host: 'W11-T02' },
  ),
  trouble(
    'canary.distinct',
    'the prep device is not known',
    (look) => ({ look: { device: { at: look.device.at, act: look.device.act, found: 0 } } }),
    'unknown',
    /the record of W11-MASTER is not known/,
    { host: 'W11-T02' },
  ),
  trouble(
    'canary.record',
    'there is none',
    (look) => ({
      look: { canaryDevices: { ...look.canaryDevices, 'W11-T02': { at: look.device.at, act: look.device.act, found: 0 } } },
    }),
    'fail',
    /no device W11-T02/,
    { host: 'W11-T02' },
  ),
  trouble(
    'canary.record',
    'PVS does not answer',
    (look) => ({
      look: {
        canaryDevices: { 'W11-T01': look.canaryDevices['W11-T01'] },
        missing: { 'canaries.W11-T02': { code: 'HOST_UNREACHABLE', details: { host: 'PVS01', why: 'timed out' } } },
      },
    }),
    'unknown',
    /PVS01 cannot be reached/,
    { host: 'W11-T02' },
  ),
  trouble(
    'canary.boots',
    'it boots from its hard disk',
    (look) => (look.canaryDevices['W11-T01'].device.bootFrom = 2),
    'warn',
    /boot source 2/,
    { host: 'W11-T01' },
  ),
  trouble(
    'canary.boots',
    'it has no record',
    (look) => ({
      look: { canaryDevices: { ...look.canaryDevices, 'W11-T02': { at: look.device.at, act: look.device.act, found: 0 } } },
    }),
    'unknown',
    /no record of W11-T02/,
    { host: 'W11-T02' },
  ),
]
