/** The name under which a run asks this machine itself, as if it were a host: where hooks `on: local` run. No inventory names it. */
export const HERE = 'this machine'
