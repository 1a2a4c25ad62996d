import { z } from 'zod'
import { DEFAULTS } from './defaults.ts'
import { block, choice, count, flag, FORMS, secret, text, texts } from './fields.ts'

const auth = z
  .union(
    [
      z.literal('agent').meta({ description: 'Keys that the SSH agent holds.' }),
      z
        .strictObject({
          key: text('A private key file, relative to the inventory or with ~/.', { examples: ['~/.ssh/id_ed25519'] }),
          passphrase: secret('Where the passphrase of that key is found.'),
          password: secret(
            'Where the password of the account is found. A key login cannot reach PVS where it needs outward credentials.',
          ),
        })
        .meta({ description: 'A key file or a password.' }),
    ],
    { error: 'agent, or a block with key: or password:' },
  )
  .meta({ description: 'How to log in.', default: DEFAULTS.ssh.auth })
  .optional()

const sshFields = {
  address: text('Name or address. Default: the name of the host in this file.', { examples: ['pvs01.hq.example'] }),
  port: count('TCP port of the SSH server.', { min: 1, max: 65_535 }, { default: DEFAULTS.ssh.port }),
  user: text('The account, local or DOMAIN\\name.', { examples: ['HQ\\svc-vdiskprep'] }),
  auth,
  via: text('Another host of this file through which this one is reached (a jump host).'),
  hostKeyOf: text('The host whose host key this one shows: clones of one image share its key.'),
}

const winrmFields = {
  address: text('Name of the host. Default: its name in this file.'),
  port: count('TCP port. Default: 5985, with ssl 5986.', { min: 1, max: 65_535 }),
  ssl: flag('Over TLS; the certificate of the host has to be trusted on this machine.', { default: false }),
  user: text('The account. Without it, the one that runs vdiskprep (Kerberos).'),
  password: secret('Where the password of the account is found.'),
}

const DELIVERY = 'streamed, installed, or a block with installed: and the folder on the host'

/** One line of the command that starts the agents carries the folder, through cmd.exe or PowerShell. */
const WINDOWS_FOLDER = /^[A-Za-z]:(\\[A-Za-z0-9][\w .-]*)+\\?$/

const agents = z
  .union(
    [
      z.enum(['streamed', 'installed']).meta({
        description: 'Sent with every session, or installed beforehand in the usual folder: vdiskprep agents export.',
      }),
      z
        .strictObject({
          installed: z
            .string({ error: 'a folder' })
            .regex(WINDOWS_FOLDER, { error: 'a folder of the host such as C:\\Program Files\\vdiskprep' })
            .meta({ description: 'Where they were installed on the host.', default: DEFAULTS.installed })
            .optional(),
        })
        .meta({ description: 'Installed in a folder of your choice.' }),
    ],
    { error: DELIVERY },
  )
  .meta({ description: 'How the agents come to the host.', default: DEFAULTS.agents })
  .optional()

const host = z
  .strictObject(
    {
      role: choice('What the machine is: a target device (also a canary), a PVS server, a KMS host, or only a way to others.', [
        'target',
        'pvs',
        'kms',
        'jump',
      ]),
      device: text('Name of its device record in PVS. Default for a target: its name in this file.'),
      ssh: block('Reached by SSH.', sshFields),
      local: z.literal(true, { error: 'true' }).meta({ description: 'It is this machine.' }).optional(),
      winrm: block('Reached by PowerShell remoting.', winrmFields),
      hand: z
        .literal(true, { error: 'true' })
        .meta({ description: 'No wire leads there: people carry every question in the folder of --by-hand.' })
        .optional(),
      agents,
    },
    { error: FORMS.block },
  )
  .meta({ description: 'One host.' })

const site = z
  .strictObject(
    { servers: texts('PVS servers of the site, by host name. All that can serve its stores have to be named.') },
    { error: FORMS.block },
  )
  .meta({ description: 'One site.' })

const farm = z
  .strictObject(
    {
      sites: z
        .record(z.string(), site, { error: 'site names with a block each' })
        .meta({ description: 'Sites by their name in PVS.' })
        .optional(),
    },
    { error: FORMS.block },
  )
  .meta({ description: 'One farm.' })

/** One inventory file as it is written. */
export const inventoryFile = z
  .strictObject(
    {
      knownHosts: text('The file with trusted host keys, relative to this file.', { default: DEFAULTS.knownHosts }),
      farms: z
        .record(z.string(), farm, { error: 'farm names with a block each' })
        .meta({ description: 'Farms by name.' })
        .optional(),
      defaults: block('What every host gets that does not say otherwise.', {
        ssh: block('For hosts reached by SSH.', sshFields),
        agents,
      }),
      hosts: z
        .record(z.string(), host, { error: 'host names with a block each' })
        .meta({ description: 'Hosts by name.' })
        .optional(),
      kmsHost: text('The host of role kms that is asked for its count, by name.', { examples: ['KMS01'] }),
      lab: block('Written by the lab alone: these hosts are simulated.', {
        speed: z
          .number({ error: 'a number above 0' })
          .positive({ error: 'a number above 0' })
          .meta({ description: 'How many times faster than real time the farm runs.' }),
        start: z
          .int({ error: 'milliseconds since 1970' })
          .meta({ description: 'The moment when both times were the same, in milliseconds since 1970.', default: 0 })
          .optional(),
      }),
    },
    { error: 'keys such as farms: and hosts:' },
  )
  .meta({
    title: 'vdiskprep inventory',
    description: 'Farms, hosts and how they are reached. Holds references to secrets, never a secret.',
  })

export type InventoryFile = z.infer<typeof inventoryFile>

export type HostFields = z.infer<typeof host>
