/** Schema 2. Every turn loads the open effects of its run; the others stay for their ids, which are never used again. */
export const openEffects = `
create index effect_open on effect (run, nr) where state in ('pending', 'started');
`
