/** One try to tell a channel. `final`: another one would come to the same. */
export interface Attempt {
  readonly ok: boolean
  readonly final: boolean
  readonly says: string
}
