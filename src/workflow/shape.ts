import type { z } from 'zod'
import { SHOWN_AT_MOST, type Findings } from './findings.ts'
import { FORMS } from './fields.ts'
import { nearest } from './nearest.ts'
import { keysAt } from './schema-keys.ts'
import { namesSecret } from './secret-lines.ts'
import { SECRET_FORM } from './secret-reference.ts'
import { keyAt, pathText, plain, spanAt, valueAt, without, type Path } from './tree-path.ts'
import { DURATION_FORM, meantDuration, meantSize, SIZE_FORM } from './units.ts'
import type { MapTree, Tree } from './yaml-tree.ts'

type Issue = z.core.$ZodIssue

/** Compares a file with its schema and reports everything that does not fit. What is returned fits: wrong values are left out of it, so
 *  that the checks that follow can go on with the rest; undefined when it is no block of keys at all. `otherNames` are words that other
 *  tools use for our keys. */
export function checkShape(
  schema: z.ZodType,
  tree: Tree,
  found: Findings,
  otherNames: Readonly<Record<string, string>> = {},
): MapTree | undefined {
  let rest = tree
  for (let round = 0; round < 8; round++) {
    const result = schema.safeParse(plain(rest))
    if (result.success) return rest.kind === 'map' ? rest : undefined
    const issues = result.error.issues.flatMap((issue) => flatten(rest, issue))
    if (round === 0) for (const issue of issues) report({ schema, tree, found, otherNames }, issue)
    if (issues.some((issue) => issue.path.length === 0 && issue.code !== 'unrecognized_keys')) return undefined
    rest = without(
      rest,
      issues.flatMap((issue) => wrongPaths({ schema, tree: rest, found, otherNames }, issue)),
    )
  }
  return undefined
}

/** A union's issue becomes the issues of the branch that was meant: the one of the same kind as what is written. */
function flatten(tree: Tree, issue: Issue): readonly Issue[] {
  if (issue.code !== 'invalid_union') return [issue]
  const branches = issue.errors.filter(
    (errors) => !errors.some((error) => error.path.length === 0 && error.code !== 'unrecognized_keys'),
  )
  const meant = branches.length === 1 ? branches[0] : undefined
  if (!meant) return [issue]
  return meant.flatMap((inner) => flatten(tree, { ...inner, path: [...issue.path, ...inner.path] }))
}

/** What has to go. A mistyped key also counts as the one it meant, so that this one is not missed as well. */
function wrongPaths(asked: Asked, issue: Issue): readonly Path[] {
  const path = textPath(issue)
  if (issue.code === 'unrecognized_keys') {
    const meant = issue.keys.slice(0, SHOWN_AT_MOST).flatMap((key) => meantKey(asked, path, key)?.key ?? [])
    const absent = meant.filter((key) => !valueAt(asked.tree, [...path, key]))
    return [...issue.keys, ...absent].map((key) => [...path, key])
  }
  return [valueAt(asked.tree, path) ? path : path.slice(0, -1)]
}

interface Asked {
  readonly schema: z.ZodType
  readonly tree: Tree
  readonly found: Findings
  readonly otherNames: Readonly<Record<string, string>>
}

function report(asked: Asked, issue: Issue): void {
  const path = textPath(issue)
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys.slice(0, SHOWN_AT_MOST)) reportUnknownKey(asked, path, key)
    return
  }
  const { tree, found } = asked
  const value = valueAt(tree, path)
  if (!value) {
    found.add({ at: keyAt(tree, path), message: `${pathText(path)} is missing`, expected: issue.message })
  } else if (issue.message === SECRET_FORM || path.at(-1) === 'auth') {
    found.hide(value.span)
    found.add({
      at: spanAt(tree, path),
      message: `${pathText(path)} holds something that is no reference; a secret must not stand in a file`,
      expected: issue.message,
    })
  } else {
    const message = path.length === 0 ? `the file holds ${described(value)}` : `${pathText(path)} is ${described(value)}`
    const suggestion = meantValue(issue, value)
    const expected = suggestion !== null && issue.code === 'invalid_value' ? null : issue.message
    found.add({ at: spanAt(tree, path), message, suggestion, expected })
  }
}

function reportUnknownKey(asked: Asked, path: Path, key: string): void {
  const meant = meantKey(asked, path, key)
  const value = valueAt(asked.tree, [...path, key])
  const at = keyAt(asked.tree, [...path, key])
  const doubtful = path.at(-1) === 'auth' && !meant
  if (doubtful) asked.found.hide(at)
  if (value && (doubtful || namesSecret(key) || (meant && namesSecret(meant.key)))) asked.found.hide(value.span)
  asked.found.add({
    at,
    message: `unknown key ${doubtful ? '' : `"${shortened(key)}" `}${path.length === 0 ? 'at the top of the file' : `in ${pathText(path)}`}`,
    suggestion: meant ? `did you mean "${meant.said}"?` : null,
    expected: meant ? null : `one of: ${keysAt(asked.schema, path).join(', ')}`,
  })
}

/** The key that was meant: one of ours that is nearly it, or ours for a word that another tool uses. */
function meantKey(asked: Asked, path: Path, key: string): { key: string; said: string } | undefined {
  const known = keysAt(asked.schema, path)
  const near = nearest(key, [...known, ...Object.keys(asked.otherNames)])
  if (near === undefined) return undefined
  const said = known.includes(near) ? near : (asked.otherNames[near] ?? near)
  return { key: near, said }
}

/** What was probably meant, as it should be written. */
function meantValue(issue: Issue, value: Tree): string | null {
  if (value.kind !== 'scalar') return null
  const word = quoted(issue, value.typed, value.value)
  return word === null ? null : `did you mean ${word}?`
}

function quoted(issue: Issue, typed: string, value: unknown): string | null {
  const say = (text: string | null | undefined) => (text === null || text === undefined ? null : `"${text}"`)
  if (issue.message === DURATION_FORM) return say(meantDuration(typed))
  if (issue.message === SIZE_FORM) return say(meantSize(typed))
  if (issue.message.startsWith('true')) return say({ yes: 'true', on: 'true', no: 'false', off: 'false' }[typed.toLowerCase()])
  if (issue.message === FORMS.list && value !== null && typed.length < 40 && !typed.includes('\n')) return `[${typed}]`
  if (issue.code === 'invalid_value') return say(nearest(typed, issue.values.map(String)))
  const bare = typeof value === 'number' || typeof value === 'boolean'
  return issue.message === FORMS.text && bare ? `"${typed}" in quotes` : null
}

function described(value: Tree): string {
  if (value.kind === 'map') return 'a block of keys'
  if (value.kind === 'list') return 'a list'
  if (value.value === null) return 'empty'
  if (typeof value.value === 'number') return `the number ${shortened(value.typed)}`
  return typeof value.value === 'boolean' ? String(value.value) : `"${shortened(value.value)}"`
}

function shortened(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ')
  return line.length > 48 ? `${line.slice(0, 45)}...` : line
}

function textPath(issue: Issue): Path {
  return issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))
}
