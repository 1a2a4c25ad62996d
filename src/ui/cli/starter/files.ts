/** A workflow to begin with: every line that has to be said, the usual choices as comments. */
export function starterWorkflow(inventory: string, schema: string): string {
  return `# yaml-language-server: $schema=${schema}
#
# One vDisk, prepared for KMS licensing in eight steps. Check this file:  vdiskprep validate FILE
# What it would do, without doing it:                                     vdiskprep plan FILE

extends: kms-new-image # or kms-update-image, kms-windows-only, kms-repair, copied-image, verify-only
inventory: ${inventory} # the hosts, and how they are reached

farm: HQ # name of the PVS farm
site: Main

vdisk:
  store: Store1
  name: W11-Office
  # open: in-place                                # only for a disk that other devices are assigned to
  cache: { type: ram-with-overflow, size: 4GiB } # what it is sealed with; leave out to keep what it had

target: W11-MASTER # the device the image is prepared on
canaries: [W11-T01, W11-T02] # two others that prove it: clones have to draw different CMIDs

# windows:
#   os: Windows 11 Enterprise # what you expect to find; a wrong one is said before anything is changed
#   key: auto                 # the public KMS client key of the edition (vdiskprep keys)
# office:
#   present: none             # no Office in this image: steps 6 and 7 are left out
# approvals:
#   sealVDisk: { anotherPerson: true, reason: four eyes before the seal }
# release:
#   mode: manual              # or reenable, assign
`
}

/** The inventory beside it. Secrets are references, never values. */
export function starterInventory(schema: string): string {
  return `# yaml-language-server: $schema=${schema}
#
# The hosts of the farm. Secrets are named, never written: env:NAME, file:PATH or prompt:LABEL.
# Look at their host keys before the first run:  vdiskprep trust PVS01 W11-MASTER --workflow FILE

farms:
  HQ:
    sites:
      Main:
        servers: [PVS01] # every server that can serve the store

defaults:
  ssh:
    user: HQ\\svc-vdiskprep
    auth: agent # or { key: ~/.ssh/id_ed25519 } or { password: env:NAME }

hosts:
  PVS01:
    role: pvs
    ssh:
      address: pvs01.hq.example
      auth: { password: env:VDISKPREP_PVS_PASSWORD } # a key login may have no outward credentials for PVS
  W11-MASTER:
    role: target
    ssh: { address: w11-master.hq.example }
  W11-T01:
    role: target
    ssh: { address: w11-t01.hq.example, hostKeyOf: W11-MASTER } # clones show the host key of their image
  W11-T02:
    role: target
    ssh: { address: w11-t02.hq.example, hostKeyOf: W11-MASTER }
  # KMS1:
  #   role: kms
  #   ssh: { address: kms1.hq.example }

# kmsHost: KMS1 # asked for its count, where you have an account there
`
}
