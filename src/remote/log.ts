/** One line of the diary about a host: what happened on the way to it, or what it printed unasked. Never the record. */
export type RemoteLog = (entry: { readonly host: string; readonly event: string; readonly detail: string }) => void
