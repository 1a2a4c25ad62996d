import { z } from 'zod'
import { licenceQuery, licensedProduct, servicePart, tokensPart, windowsLicensePart } from './target-state.ts'
import { reading } from '../reading.ts'

/** A native program's end as the host saw it: exit code, and what it printed (at most 64 KiB). */
const programEnd = z.strictObject({ exitCode: z.int().nullable(), output: z.string(), timedOut: z.boolean() })

const licenceChange = z.strictObject({ before: windowsLicensePart, after: windowsLicensePart })

/** Renames tokens.dat, restarts the licensing service, reinstalls the licence files. `installLicences` is `/rilc`. */
export const resetTokenStore = {
  args: z.strictObject({ folder: z.string(), sha256: z.string() }),
  facts: z.strictObject({
    before: tokensPart,
    after: tokensPart,
    renamedTo: z.string(),
    service: servicePart,
    installLicences: z.strictObject({ installed: z.int(), failed: z.array(z.string()) }),
  }),
}

/** Puts the renamed store back: service stopped, present file kept aside, backup renamed, service started. */
export const restoreTokenStore = {
  args: z.strictObject({ backup: z.string(), sha256: z.string() }),
  facts: z.strictObject({ before: tokensPart, after: tokensPart, service: servicePart }),
}

/** Deletes the renamed store, only when path, size and hash are those given. */
export const removeTokenBackup = {
  args: z.strictObject({ backup: z.string(), sha256: z.string(), bytes: z.int() }),
  facts: z.strictObject({ removed: z.boolean() }),
}

/** Installs the Windows key (InstallProductKey, RefreshLicenseStatus; `slmgr /ipk` as fallback). */
export const setWindowsKey = {
  args: z.strictObject({ key: z.string() }),
  facts: licenceChange.extend({ via: z.enum(['cim', 'slmgr']) }),
}

/** Sets or clears the KMS host override; `machine` null clears name and port. */
export const setKmsHost = {
  args: z.strictObject({ machine: z.string().nullable(), port: z.int().nullable() }),
  facts: licenceChange,
}

/** One activation attempt. `code` is the HRESULT of the attempt, null when it succeeded. */
export const activateWindows = {
  args: z.strictObject({}),
  facts: licenceChange.extend({ code: z.string().nullable(), via: z.enum(['cim', 'slmgr']) }),
}

/** Removes the SkipRearm value; `before` is what stood there. */
export const clearSkipRearm = {
  args: z.strictObject({}),
  facts: z.strictObject({ before: reading(z.int().nullable()), after: reading(z.int().nullable()) }),
}

/** Spends one Windows rearm. Afterwards the query may answer 0xC004D302 until the reboot. Source: kms.md 4.1. */
export const rearmWindows = {
  args: z.strictObject({}),
  facts: licenceChange.extend({ returnValue: z.int().nullable(), code: z.string().nullable(), via: z.enum(['cim', 'slmgr']) }),
}

/** Installs one Office key in the service that licenses that Office. */
export const setOfficeKey = {
  args: z.strictObject({ key: z.string(), folder: z.string(), service: z.enum(['sppsvc', 'osppsvc']) }),
  facts: z.strictObject({
    before: reading(z.array(licensedProduct)),
    after: reading(z.array(licensedProduct)),
    cmid: reading(z.guid().nullable()),
    program: programEnd.nullable(),
  }),
}

/** One Office activation attempt, for tests and expedited verification; never between the Office rearm and the seal. */
export const activateOffice = {
  args: z.strictObject({}),
  facts: z.strictObject({ query: licenceQuery, products: reading(z.array(licensedProduct)), code: z.string().nullable() }),
}

/** Runs OSPPREARM.EXE as discovered and sets the volatile marker that makes the agent refuse Office from then on. */
export const rearmOffice = {
  args: z.strictObject({ tool: z.string().min(1) }),
  facts: z.strictObject({ program: programEnd, successLine: z.boolean(), marker: z.boolean() }),
}

/** Starts the Imaging Wizard on the target as a scheduled task and follows its log. */
export const imaging = {
  args: z.strictObject({ volumeLicensing: z.enum(['none', 'kms', 'mak']) }),
  facts: z.strictObject({ program: programEnd, successLine: z.boolean() }),
}

/** Whether the target itself reaches a KMS host: SRV records of every search domain, port, clock difference in seconds. */
export const kmsReachability = {
  args: z.strictObject({ host: z.string().nullable(), port: z.int().nullable() }),
  facts: z.strictObject({
    at: z.iso.datetime(),
    records: reading(
      z.array(z.strictObject({ domain: z.string(), host: z.string(), port: z.int(), priority: z.int(), weight: z.int() })),
    ),
    probes: z.array(
      z.strictObject({
        host: z.string(),
        port: z.int(),
        resolves: z.boolean(),
        open: reading(z.boolean()),
        clockSkewSeconds: reading(z.number()),
      }),
    ),
  }),
}

/** Licensing events of Security-SPP since a moment, oldest first. `fields` is the Info list of 12288 and 12289. Source: kms.md 8. */
export const activationEvents = {
  args: z.strictObject({ since: z.iso.datetime(), ids: z.array(z.int()) }),
  facts: z.strictObject({
    at: z.iso.datetime(),
    events: z.array(
      z.strictObject({ id: z.int(), at: z.iso.datetime(), record: z.int(), fields: z.array(z.string()), text: z.string() }),
    ),
  }),
}

/** Stops or starts the update services for the no-reboot window; start types stay as they are. */
export const setUpdateServices = {
  args: z.strictObject({ services: z.array(z.string()), state: z.enum(['stopped', 'running']) }),
  facts: z.strictObject({
    before: z.array(z.strictObject({ name: z.string(), state: z.string() })),
    after: z.array(z.strictObject({ name: z.string(), state: z.string() })),
  }),
}

/** Asks Windows to shut down or restart; the answer says that the request was accepted, not that it happened. */
export const power = {
  args: z.strictObject({ reason: z.string() }),
  facts: z.strictObject({ accepted: z.boolean() }),
}

/** Runs one hook of the workflow in a process of its own: PowerShell text with named parameters. On this machine it is a command line in the
 *  folder of the file `beside`. `bootGuid` is the target's boot, null elsewhere. */
export const hook = {
  args: z.strictObject({
    script: z.string(),
    parameters: z.record(z.string(), z.string()),
    timeoutSeconds: z.int().positive(),
    beside: z.string().optional(),
  }),
  facts: z.strictObject({ program: programEnd, bootGuid: z.guid().nullable() }),
}
