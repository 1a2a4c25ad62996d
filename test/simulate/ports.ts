import type { Store } from '../../src/engine/ports/store.ts'
import type { Program } from './program.ts'

/** The store as one program reaches it: before and after each call it may die, sleep, or be overtaken. */
export function boundedStore(inner: Store, program: Program): Store {
  const through = async <T>(name: string, call: () => Promise<T>): Promise<T> => {
    await program.pass(`before ${name}`)
    const result = await call()
    await program.pass(`after ${name}`)
    return result
  }
  return {
    create: (...given) => through('create', () => inner.create(...given)),
    commit: (turn) => through('commit', () => inner.commit(turn)),
    start: (...given) => through('start', () => inner.start(...given)),
    load: (run) => through('load', () => inner.load(run)),
    find: (prefix) => through('find', () => inner.find(prefix)),
    list: (...given) => through('list', () => inner.list(...given)),
    keyed: (name) => through('keyed', () => inner.keyed(name)),
    journal: (...given) => inner.journal(...given),
    across: (...given) => inner.across(...given),
    ends: () => inner.ends(),
    claim: (claim) => through('claim', () => inner.claim(claim)),
    renew: (...given) => through('renew', () => inner.renew(...given)),
    release: (...given) => through('release', () => inner.release(...given)),
    leases: () => through('leases', () => inner.leases()),
    raise: (...given) => through('raise', () => inner.raise(...given)),
    audit: (...given) => inner.audit(...given),
    close: () => inner.close(),
  }
}
