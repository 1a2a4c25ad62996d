/** The arguments of an act as the journal shows them: product keys by their last five characters. */
export function asked(args: unknown): unknown {
  if (typeof args !== 'object' || args === null || !('key' in args) || typeof args.key !== 'string') return args
  return { ...args, key: `...${args.key.slice(-5)}` }
}
