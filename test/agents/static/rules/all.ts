import { changesInActs, noneDead, putBack, thinSurface } from './acts.ts'
import { noEmptyCatch, noLocalised, noShadow, noTakenName } from './blocks.ts'
import {
  approvedVerbs,
  callsFit,
  errorsTold,
  hasBinding,
  hasHelp,
  isShort,
  knownCommands,
  oneFunction,
  parameterTypes,
  windowsTypes,
} from './form.ts'
import { ascii, noAlias, noBanned, noBuiltCommand, noGlobal, noRegistryDrive, only51, parses } from './language.ts'
import { sameEverywhere } from './culture.ts'
import { closesOpened } from './opened.ts'
import type { Rule } from './rule.ts'

/** Every rule of the agents, by the sentence that it holds them to. */
export const RULES = {
  'every file is PowerShell without a doubt': parses,
  'nothing is newer than Windows PowerShell 5.1': only51,
  'every file is plain ASCII': ascii,
  'every file holds one function of its own name': oneFunction,
  'every verb is approved': approvedVerbs,
  'every function has CmdletBinding': hasBinding,
  'every function has at most 80 lines': isShort,
  'every function has complete help': hasHelp,
  'every error that is thrown stands in the help': errorsTold,
  'every command is called by its full name': noAlias,
  'every command is there': knownCommands,
  'every call fits the function that it calls': callsFit,
  'no text is run as code by Invoke-Expression, and nothing is said to the host': noBanned,
  'no variable is global, and none is the input of the pipeline': noGlobal,
  'no command is built of text': noBuiltCommand,
  'no drive of the registry is named outside Common': noRegistryDrive,
  'no parameter has a type of Windows': parameterTypes,
  'no type of Windows stands outside a surface': windowsTypes,
  'Windows is reached in thin functions alone': thinSurface,
  'every change stands in an act': changesInActs,
  'mounts and stopped services are put back in a finally': putBack,
  'no block takes a variable of its runner for its own': noShadow,
  'no function uses a name of the frames': noTakenName,
  'no error is swallowed': noEmptyCatch,
  'no text for people decides anything': noLocalised,
  'nothing follows the culture of the host': sameEverywhere,
  'what is opened is closed in a finally': closesOpened,
  'no function is there for nothing': noneDead,
} as const satisfies Record<string, Rule>
