/** Options that every command has. */
export interface CommonOptions {
  readonly json?: boolean
  readonly quiet?: boolean
  readonly store?: string
  readonly as?: string
  readonly debug?: boolean
}
