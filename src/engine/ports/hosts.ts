import type { ArgsOf, FactsOf, OperationName } from '../../wire/operations/catalogue.ts'
import type { HostError, Welcome } from '../../wire/messages.ts'

/** How one request ended, as far as anybody here can know. `lost` is neither success nor failure: the host may have acted. */
export type Answer<F> =
  | { readonly is: 'facts'; readonly facts: F }
  | { readonly is: 'refused'; readonly error: HostError }
  | {
      readonly is: 'misfit'
      readonly operation: string
      readonly field: string
      readonly problem: string
      /** The facts as they came, for a report; nothing may be decided by them. */
      readonly said?: unknown
    }
  | { readonly is: 'lost'; readonly reason: 'deadline' | 'link' | 'cancelled'; readonly sent: boolean; readonly detail: string }

/** Who opens a connection, and the fence that every act sent over it carries. */
export interface Opening {
  readonly run: string
  readonly owner: string
  readonly fence: number
  readonly signal?: AbortSignal
}

/** One agent session with one host. After `lost` it is dead: a new one has to be opened, under a higher fence. */
export interface Session {
  readonly host: string
  readonly welcome: Welcome
  /** Where nobody is spoken to before the first answer comes: resolves with it, and `welcome` stands from then on. */
  readonly greeted?: Promise<Welcome>
  /** `one-shot`: the host did not answer a session, so each request is a process of its own. `by-hand`: people carry each of them. */
  readonly form?: 'one-shot' | 'by-hand'
  request<O extends OperationName>(
    op: O,
    args: ArgsOf<O>,
    act?: { effect: string },
    signal?: AbortSignal,
  ): Promise<Answer<FactsOf<O>>>
  close(): Promise<void>
}

/** What the engine needs of the world of hosts. `open` rejects with a Fault (HOST_UNREACHABLE, HOST_KEY_CHANGED, ...). */
export interface Hosts {
  open(host: string, opening: Opening): Promise<Session>
  close(): Promise<void>
}
