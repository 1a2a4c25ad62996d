import type { ArgsOf, FactsOf, OperationName } from '../wire/operations/catalogue.ts'

/** One request to one host, as data. */
export interface Ask<O extends OperationName = OperationName> {
  readonly host: string
  readonly op: O
  readonly args: ArgsOf<O>
}

/** Builds a request; its arguments are checked against the operation by the compiler here and by its schema on the wire. */
export function ask<O extends OperationName>(host: string, op: O, args: ArgsOf<O>): Ask<O> {
  return { host, op, args }
}

/** Everything a stage wants to read, by label; a group reads the same thing of several hosts. */
export type Probe = Readonly<Record<string, Ask | Readonly<Record<string, Ask>>>>

/** What a probe brought, under the same labels. A host of a group that did not answer is missing from its group. */
export type Seen<P extends Probe> = {
  readonly [L in keyof P]: P[L] extends Ask<infer O>
    ? FactsOf<O>
    : P[L] extends Readonly<Record<string, Ask<infer O>>>
      ? Readonly<Record<string, FactsOf<O>>>
      : never
}

/** True for a single request, false for a group of them. */
export function isAsk(entry: Ask | Readonly<Record<string, Ask>>): entry is Ask {
  return typeof (entry as { op?: unknown }).op === 'string' && typeof (entry as { host?: unknown }).host === 'string'
}
