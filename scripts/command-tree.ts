import type { Command } from 'commander'
import { isHidden } from '../src/ui/cli/calling/candidates.ts'
import { pathOf } from '../src/ui/cli/calling/option-sources.ts'

/** Every command that a person types, those under a heading with its words; headings that do nothing themselves are left out. */
export function typedCommands(root: Command): readonly { readonly words: string; readonly command: Command }[] {
  return root.commands
    .filter((command) => !isHidden(command))
    .flatMap((command) => {
      const below = typedCommands(command)
      const acts = command.options.length > 0 || below.length === 0
      return [...(acts ? [{ words: pathOf(command).join(' '), command }] : []), ...below]
    })
}
