import { z } from 'zod'
import { SHARED, variablesOf } from '../src/ui/cli/calling/option-sources.ts'
import { commandTree } from '../src/ui/cli/program.ts'
import { settingsFile } from '../src/workflow/settings-schema.ts'
import { typedCommands } from './command-tree.ts'
import { referenceSection } from './reference-page.ts'

/** The page of all settings: the file's keys from its schema, the variables from the commands themselves. */
export function settingsPage(patterns: ReadonlyMap<string, string>): string {
  const commands = typedCommands(commandTree('0'))
  const shared = (name: string) => (SHARED as readonly string[]).includes(name)
  const rows = commands.map(({ words, command }) => {
    const variables = command.options.map((option) => {
      const [own = ''] = variablesOf(option, command)
      return shared(option.attributeName()) ? own.replace('VDISKPREP_', '') : `**${own.replace('VDISKPREP_', '')}**`
    })
    return `| \`${words}\` | ${variables.join(' ')} |`
  })
  const everywhere = [
    ...new Set(
      commands.flatMap(({ command }) =>
        command.options
          .filter((one) => shared(one.attributeName()))
          .map((one) => `| \`${variablesOf(one, command)[1] ?? ''}\` | \`${one.flags}\` |`),
      ),
    ),
  ].sort()
  return [
    '# Settings',
    'Generated from the schema and the commands by `node scripts/schemas.ts`; a test fails when it is stale.',
    '',
    'What is typed counts first, then a variable, then the settings file. Editors read `workflows/settings.schema.json`.',
    '',
    '## The settings file\n',
    'It lies at `$XDG_CONFIG_HOME/vdiskprep/config.yaml` (else `~/.config/vdiskprep/config.yaml`), on Windows at',
    '`%APPDATA%\\vdiskprep\\config.yaml`; `VDISKPREP_CONFIG` names another one. It never holds a secret.\n',
    referenceSection(z.toJSONSchema(settingsFile, { io: 'input' }), { patterns, steps: [] }),
    '## Variables\n',
    'Every option of every command has one: `VDISKPREP_`, the words of the command, the option, all in capitals with `_` between them:',
    '`VDISKPREP_RUN_TIMEOUT=2h`. An option without a value takes `1`, `true`, `yes` or `on`, or their opposites; an empty variable says',
    'nothing. What means the same wherever it stands also has a variable without the command, which counts after the other:\n',
    '| variable | option |\n|---|---|',
    ...everywhere,
    '| `VDISKPREP_HOME` | the state folder |',
    '| `VDISKPREP_CONFIG` | the settings file |',
    '| `VDISKPREP_PWSH` | the PowerShell that a lab starts |',
    '',
    'Command by command, each name after `VDISKPREP_`; those in bold have no short form:\n',
    '| command | variables |\n|---|---|',
    ...rows,
    '',
  ].join('\n')
}
