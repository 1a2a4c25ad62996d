import { z } from 'zod'
import { CACHE_NAMES } from './cache-names.ts'
import { DEFAULTS } from './defaults.ts'
import { block, blocks, choice, choices, count, duration, flag, FORMS, size, text, texts } from './fields.ts'
import { approvals, hooks, policies } from './step-schema.ts'
import { RISKS, SCENARIOS } from './plan.ts'

const name = { examples: ['W11-MASTER'] }

/** What can be said of one vDisk: at the top of a file for all of them, or in an entry of `vdisks:` for one. */
const planFields = {
  title: text('What people see as the name of the run. Default: the name of the vDisk.'),
  scenario: choice('What is to be done with the vDisk; decides which steps run. A shipped procedure sets it.', SCENARIOS),
  farm: text('The PVS farm, by its name in the inventory. Not needed when the inventory has one farm.', { examples: ['HQ'] }),
  site: text('The site of the farm. Not needed when the farm has one site.', { examples: ['Main'] }),
  server: text(
    'The PVS server, by its host name in the inventory, that this run talks to. Default: the first server of the site.',
  ),
  vdisk: block('The vDisk that is prepared.', {
    store: text('The store that holds it.', { examples: ['Store1'] }),
    name: text('Its name as the console shows it, without .vhdx.', { examples: ['W11-Office'] }),
    create: choice(
      'Where the disk comes from: it exists; the Imaging Wizard makes it (experimental); a new maintenance version (experimental).',
      ['existing', 'imaging-wizard', 'maintenance-version'],
      { default: DEFAULTS.vdisk.create },
    ),
    open: choice(
      'How the disk is opened: assigned to the prep device alone, or in place although others are assigned (they are disabled for it).',
      ['assigned-alone', 'in-place'],
      { default: DEFAULTS.vdisk.open },
    ),
    size: size('Size of a disk that the Imaging Wizard makes.', { examples: ['80GiB'] }),
    cache: block('The Standard mode it is sealed with. Without it, what the disk had before it was opened.', {
      type: choice('Where each clone writes.', CACHE_NAMES, { examples: ['ram-with-overflow'] }),
      size: size('Size of the cache in RAM. Needed for the types with RAM.', { examples: ['4GiB'] }),
    }),
  }),
  target: text('The machine on which the image is prepared (the prep device), by its host name in the inventory.', name),
  canaries: texts('Other target devices that boot the sealed disk to prove it, by host name. Two show that clones differ.', {
    examples: [['W11-T01', 'W11-T02']],
  }),
  kms: z
    .union(
      [
        z.literal(false).meta({ description: 'false: this vDisk has nothing to do with KMS, as seal.licenseMode: mak.' }),
        z
          .strictObject({
            machine: text('Name or address of the KMS host.', { examples: ['kms1.hq.example'] }),
            port: count('Its TCP port.', { min: 1, max: 65_535 }, { examples: [1688] }),
          })
          .meta({ description: 'The KMS host of the test activation.' }),
      ],
      { error: 'false, or a block with machine and port' },
    )
    .meta({
      description:
        'Where the test activation of step 4 asks. Without it, as the machine finds its KMS host by itself. Put back afterwards. false: a vDisk for MAK.',
    })
    .optional(),
  windows: block('Licensing of Windows.', {
    os: text('The Windows that is expected, as it names itself. Keys and order are checked against it before anything starts.', {
      examples: ['Windows 11 Enterprise'],
    }),
    key: text(
      '"auto" for the public key of the edition found, or that key; a key of your own as env:NAME, file:path or prompt:LABEL.',
      { default: DEFAULTS.windows.key },
    ),
    replaceChannel: texts('Channels whose key may be replaced; any other key than one of KMS holds the run.', {
      examples: [['VOLUME_MAK']],
    }),
    activation: choice('Whether step 4 activates the prep device to prove key and KMS host.', ['test', 'skip'], {
      default: DEFAULTS.windows.activation,
    }),
    rearm: choice('Whether step 5 spends a rearm.', ['always', 'never', 'auto'], { default: DEFAULTS.windows.rearm }),
  }),
  office: block('Licensing of Office, Visio and Project.', {
    present: choice('"none" says that the image has no volume Office; else it is looked for.', ['auto', 'none'], {
      default: DEFAULTS.office.present,
    }),
    keys: z
      .record(z.string(), z.string({ error: FORMS.text }), { error: 'product ids with a key each: ProPlus2021Volume: XXXXX-...' })
      .meta({
        description:
          'Keys by product id as Office names it: public ones, or env:NAME, file:path, prompt:LABEL. A product without an entry gets its public key.',
      })
      .optional(),
    rearm: choice('Whether step 7 spends a rearm of Office.', ['always', 'never', 'auto'], { default: DEFAULTS.office.rearm }),
  }),
  cleanTokens: choice('When step 2 rebuilds the licence store.', ['auto', 'always', 'ifBroken', 'never'], {
    default: DEFAULTS.cleanTokens,
  }),
  order: choice(
    'Order of Windows rearm (5) and Office (6, 7); "auto" decides by the licensing service that Office uses.',
    ['auto', 'article', 'officeFirst'],
    { default: DEFAULTS.order },
  ),
  acceptRisk: choices('Risks that are taken knowingly, by name.', RISKS),
  seal: block('How the disk is closed (step 8).', {
    offDwell: duration('How long the prep device has to be inactive and unlocked before it counts as off.', {
      default: DEFAULTS.seal.offDwell,
    }),
    driverProbe: choice(
      'Judge the vDisk driver by its state, or prove it by a mount (which writes to the disk).',
      ['state', 'mount'],
      {
        default: DEFAULTS.seal.driverProbe,
      },
    ),
    licenseMode: choice(
      'Licence mode of the sealed disk. With "mak" keys, rearms and the proof by CMIDs are left out: they are matters of KMS.',
      ['none', 'mak', 'kms'],
      { default: DEFAULTS.seal.licenseMode },
    ),
    replicate: choice(
      'How the sealed disk reaches the other servers: shared store, a hook after the step, or a person.',
      ['shared', 'hook', 'operator'],
      { default: DEFAULTS.seal.replicate },
    ),
  }),
  verify: block('How the canaries prove the disk (step 9).', {
    minimum: count('How many canaries have to differ.', { min: 1, max: 50 }, { default: DEFAULTS.verify.minimum }),
    expedite: flag('Ask for activation at once instead of waiting for Windows to do it.', { default: DEFAULTS.verify.expedite }),
    deadline: duration('How long to wait for the activation of the canaries.', { default: DEFAULTS.verify.deadline }),
    kmsHostProof: flag('Also look on the KMS host for the requests of the canaries.', { default: DEFAULTS.verify.kmsHostProof }),
    version: count(
      'The version that the canaries have to boot, where only clones are looked at (verify, scenario verify-only or copied-image).',
      { min: 0, max: 65_535 },
      { examples: [3] },
    ),
    copies: choice(
      'In a store of local folders: by what the copies of .vhdx and .avhdx are told apart (a .pvp always by its hash). content reads every file whole on every server, 2 GiB at a time and with its progress told: 60 GiB take 10 minutes at 100 MiB/s and 2 hours at 10, on disks and in a file cache that stream to clones meanwhile. Size and time cost nothing, and do not show a copy that was damaged on its way.',
      ['size-and-time', 'content'],
      { default: DEFAULTS.verify.copies },
    ),
    onFailure: choice(
      'Whether a version that its canaries have proved wrong is deleted again: only one that vdiskprep made, and only after an approval.',
      ['keep', 'revert'],
      { default: DEFAULTS.verify.onFailure },
    ),
  }),
  release: block('Who may boot the disk afterwards (step 10).', {
    mode: choice(
      'A person does it; re-enable what this run disabled; or assign the disk to devices.',
      ['manual', 'reenable', 'assign'],
      {
        default: DEFAULTS.release.mode,
      },
    ),
    devices: texts('Device records in PVS that get the disk with mode "assign".'),
  }),
  waive: blocks('Checks of the preflight that may fail.', 'One waived check.', {
    check: text('Id of the check, as plan prints it.', { examples: ['clock.skew'] }),
    reason: text('Why it may fail; goes into the record.'),
  }),
  hooks,
  approvals,
  policy: policies,
}

/** An entry of `vdisks:`: the same keys as the top of the file, each overriding what stands there. */
const vdiskEntry = z.strictObject(planFields, { error: FORMS.block }).meta({ description: 'One vDisk of several.' })

/** One workflow file as it is written. Everything may be left out here: what is missing after `extends` is found later. */
export const workflowFile = z
  .strictObject(
    {
      extends: text(
        'A shipped procedure by name, or another workflow file by its path (./base.yaml). What stands here overrides it.',
        {
          examples: ['kms-new-image'],
        },
      ),
      inventory: text('The inventory file, relative to this file.', { examples: ['farm.yaml'] }),
      ...planFields,
      vdisks: z
        .array(vdiskEntry, { error: FORMS.list })
        .meta({ description: 'Several vDisks: each entry overrides the rest of the file and gives a run of its own.' })
        .optional(),
      matrix: z
        .record(z.string(), z.array(z.union([z.string(), z.number()], { error: FORMS.text }), { error: FORMS.list }), {
          error: 'names with a list of values each: os: [W10, W11]',
        })
        .meta({
          description:
            'Several vDisks by combination: each name has a list of values, and "${name}" stands for one of them anywhere but in scripts.',
          examples: [{ site: ['Main', 'Branch'], os: ['W10', 'W11'] }],
        })
        .optional(),
    },
    { error: 'keys such as extends:, inventory:, vdisk: and target:' },
  )
  .meta({ title: 'vdiskprep workflow', description: 'What to do with one or several vDisks.' })

export type WorkflowFile = z.infer<typeof workflowFile>

/** What PVS or other tools call a field, and what it is called here. */
export const OTHER_NAMES: Readonly<Record<string, string>> = {
  writeCacheType: 'cache.type',
  writeCacheSize: 'cache.size',
  writeCache: 'cache',
  licenseMode: 'seal.licenseMode',
  licenceMode: 'seal.licenseMode',
  diskName: 'vdisk.name',
  storeName: 'vdisk.store',
  siteName: 'site',
  farmName: 'farm',
  masterTarget: 'target',
  timeout: 'deadline',
  retries: 'attempts',
  script: 'run',
}
