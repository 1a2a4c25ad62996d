import { child, descendants, textOf, type SyntaxNode } from '../../../../scripts/agents/syntax.ts'
import { perFile, type Rule } from './rule.ts'

/** What reads and writes as the user of the host does: a Turkish `i`, a Thai year. */
const OF_HOST = ['CurrentCulture', 'CurrentUICulture', 'ToUpper', 'ToLower']

/** A format without a culture takes that of the host. */
const formats = (name: SyntaxNode) => {
  const given = child(child(name.parent, 'argument_list'), 'argument_expression_list') ?? child(name.parent, 'argument_list')
  return textOf(name) === 'ToString' && given !== undefined && /^\(?'[^']*'\)?$/.test(textOf(given).trim())
}

/** Texts, numbers and moments read and write the same on every host. */
export const sameEverywhere: Rule = perFile(({ tree }) =>
  descendants(tree, 'member_name')
    .filter((one) => OF_HOST.includes(textOf(one)) || formats(one))
    .map((one) => [one, `${textOf(one)} follows the culture of the host`] as const),
)
