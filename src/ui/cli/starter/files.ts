import type { Wishes } from './wishes.ts'

/** A workflow to begin with: every line that has to be said, the usual choices as comments. */
export function starterWorkflow(wishes: Wishes, inventory: string, schema: string): string {
  const { procedure, farm, site, store, vdisk, target, canaries, os, office } = wishes
  const [disk, open] = [`store: ${scalar(store)}\n  name: ${scalar(vdisk)}`, 'open: in-place']
  const opened = procedure === 'kms-update-image' || procedure === 'kms-repair'
  return `# yaml-language-server: $schema=${schema}
#
# One vDisk, prepared for KMS licensing in eight steps. Check this file:  vdiskprep validate FILE
# What it would do, without doing it:                                     vdiskprep plan FILE

extends: ${procedure} # of kms-new-image, kms-update-image, kms-windows-only, kms-repair, copied-image, verify-only
inventory: ${scalar(inventory)} # the hosts, and how they are reached

farm: ${scalar(farm)} # name of the PVS farm
site: ${scalar(site)}

vdisk:
  ${disk}
  ${opened ? `${open} # devices that are assigned to it are kept off it until the release` : `# ${open} # only for a disk that other devices are assigned to`}
  cache: { type: ram-with-overflow, size: 4GiB } # what it is sealed with; leave out to keep what it had

target: ${scalar(target)} # the device the image is prepared on
canaries: ${list(canaries)} # others that prove it: clones have to draw different CMIDs

${os === null ? '# windows:\n#   os: Windows 11 Enterprise' : `windows:\n  os: ${scalar(os)}`} # what you expect to find; a wrong one is said before anything is changed
#   key: auto # the public KMS client key of the edition (vdiskprep keys)
${office === 'auto' ? '# office:\n#   present: none' : 'office:\n  present: none'} # no volume Office in this image: steps 6 and 7 are left out
# approvals:
#   sealVDisk: { anotherPerson: true, reason: four eyes before the seal }
# release:
#   mode: manual # or reenable, assign
`
}

/** The inventory beside it. Secrets are references, never values. */
export function starterInventory(wishes: Wishes, schema: string): string {
  const { farm, site, servers, target, canaries, kmsHost, transport, user } = wishes
  const [first = ''] = servers
  const ssh = transport === 'ssh'
  return `# yaml-language-server: $schema=${schema}
#
# The hosts of the farm. Secrets are named, never written: env:NAME, file:PATH or prompt:LABEL.
${ssh ? `# Look at their host keys before the first run:  vdiskprep trust ${first} ${target} --workflow FILE\n` : ''}
farms:
  ${scalar(farm)}:
    sites:
      ${scalar(site)}:
        servers: ${list(servers)} # every server that can serve the store
${ssh ? `\ndefaults:\n  ssh:\n    user: ${scalar(user)}\n    auth: agent # or { key: ~/.ssh/id_ed25519 } or { password: env:NAME }\n` : ''}
hosts:
${servers.map((name) => host(name, 'pvs', wishes)).join('')}${host(target, 'target', wishes)}${canaries
    .map((name) => host(name, 'canary', wishes))
    .join(
      '',
    )}${kmsHost === null ? KMS_LATER : `${host(kmsHost, 'kms', wishes)}\nkmsHost: ${scalar(kmsHost)} # asked for its count\n`}`
}

const KMS_LATER = `  # KMS1:
  #   role: kms
  #   ssh: { address: kms1.hq.example }

# kmsHost: KMS1 # asked for its count, where you have an account there
`

function host(name: string, as: 'pvs' | 'target' | 'canary' | 'kms', wishes: Wishes): string {
  const { domain, transport, user, target } = wishes
  const short = /^[A-Za-z0-9-]+$/.test(name)
  const address = domain === null || !short ? name.toLowerCase() : `${name.toLowerCase()}.${domain}`
  const head = `  ${scalar(name)}:\n    role: ${as === 'canary' ? 'target' : as}\n`
  if (transport === 'winrm')
    return `${head}    winrm: { address: ${scalar(address)}, user: ${scalar(user)}, password: env:VDISKPREP_PASSWORD }\n`
  if (as === 'pvs')
    return (
      `${head}    ssh:\n      address: ${scalar(address)}\n` +
      '      auth: { password: env:VDISKPREP_PVS_PASSWORD } # a key login may have no outward credentials for PVS\n'
    )
  const shared = as === 'canary' ? `, hostKeyOf: ${scalar(target)}` : ''
  return `${head}    ssh: { address: ${scalar(address)}${shared} }${shared === '' ? '' : ' # clones show the host key of their image'}\n`
}

/** Words that YAML or its older readers take for something else than a text. */
const TAKEN = /^(true|false|null|yes|no|on|off|y|n)$/i

/** A text as YAML writes it: bare where it cannot be misread, else in double quotes. */
function scalar(text: string): string {
  return /^[A-Za-z](?:[\w\\.@ -]*[\w.@-])?$/.test(text) && !TAKEN.test(text) ? text : JSON.stringify(text)
}

function list(texts: readonly string[]): string {
  return `[${texts.map(scalar).join(', ')}]`
}
