import { brokenAsAWhole, KNOWN_DELAYS, unknownDelays } from './graph.ts'
import type { Planted } from './planted.ts'
import type { Walk } from './plans.ts'
import { Search, type Broken, type Product } from './search.ts'
import { walkedChart } from './walked-chart.ts'

/** What walking one plan has shown. */
export interface Proof {
  readonly product: Product
  readonly broken: readonly Broken[]
  /** Where the key of the walk hides a difference. */
  readonly unlike: readonly string[]
}

/** Walks the whole product of the chart for one plan. */
export function prove(walk: Walk): Proof {
  const search = new Search(walkedChart(), walk)
  const product = search.run()
  const broken = [...product.broken.values(), ...brokenAsAWhole(product, (node) => search.path(node))]
  return { product, broken, unlike: search.unlikeTwins() }
}

/** What is seen of a planted fault: the walk ends as soon as the property that has to see it does, or when nothing is left. */
export function expose(planted: Planted, walk: Walk): Broken | undefined {
  const machine = walkedChart((chart) => {
    planted.plant(chart)
  })
  const { seenBy } = planted
  const [delay] = unknownDelays(machine)
  if (delay !== undefined) return { property: KNOWN_DELAYS, why: delay, path: [] }
  const search = new Search(machine, walk)
  const product = search.run(({ broken }) => broken.has(seenBy))
  return (
    product.broken.get(seenBy) ?? brokenAsAWhole(product, (node) => search.path(node)).find(({ property }) => property === seenBy)
  )
}

/** A broken property as a person reads it. */
export function storyOf({ property, why, path }: Broken): string {
  return [`BROKEN  ${property}: ${why}`, ...path.map((step, index) => `  ${String(index + 1)}. ${step}`)].join('\n')
}
