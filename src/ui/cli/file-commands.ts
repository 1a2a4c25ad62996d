import type { InitOptions } from './commands/init.ts'
import type { TrustOptions } from './commands/trust.ts'
import type { CommonOptions } from './options.ts'
import type { Commands } from './adding.ts'

/** Commands about files: workflows, inventories, trusted host keys. */
export function addFileCommands({ add, does }: Commands): void {
  add('init [file]', 'write a commented workflow and inventory to begin with; asks on a terminal', 'vdiskprep init w11.yaml')
    .option('--yes', 'ask nothing: usual names, to be changed in the files')
    .option('--inventory <file>', 'the hosts stand in this file already: name it and write none')
    .option('--extends <procedure>', 'what is to be done: kms-new-image, kms-update-image, kms-repair ...')
    .option('--farm <name>', 'the PVS farm')
    .option('--site <name>', 'its site')
    .option('--vdisk <store/name>', 'the vDisk')
    .option('--servers <names>', 'all PVS servers that can serve the store, with commas between them')
    .option('--target <name>', 'the device the image is prepared on')
    .option('--canaries <names>', 'two other devices that prove it, with a comma between them')
    .option('--kms-host <name>', 'a KMS host whose count may be read')
    .option('--domain <suffix>', 'DNS suffix of the hosts')
    .option('--transport <way>', 'ssh or winrm')
    .option('--user <account>', 'the account to log in with')
    .option('--os <name>', 'the Windows you expect, as it names itself')
    .action((file: string | undefined, options: InitOptions) =>
      does(async (...at) => (await import('./commands/init.ts')).init(file, options, ...at)),
    )
  add('validate <files...>', 'check workflow and inventory files, all problems at once', 'vdiskprep validate w11.yaml farm.yaml')
    .option('--inventory <file>', 'use these hosts instead of those the workflow file names')
    .action((files: readonly string[], options: CommonOptions & { inventory?: string }) =>
      does(async (...at) => (await import('./commands/validate.ts')).validate(files, options, ...at)),
    )
  add(
    'trust <hosts...>',
    'look at host keys and write them into known_hosts',
    'vdiskprep trust PVS01 W11-MASTER --workflow w11.yaml',
  )
    .option('--inventory <file>', 'the inventory that names the hosts (default: inventory.yaml, else farm.yaml, here)')
    .option('--workflow <file>', 'take the inventory that this workflow file names')
    .option('--replace', 'a key that has changed is replaced')
    .option('--yes', 'write without asking: the fingerprints were compared by other means')
    .action((hosts: readonly string[], options: TrustOptions) =>
      does(async (...at) => (await import('./commands/trust.ts')).trust(hosts, options, ...at)),
    )
}
