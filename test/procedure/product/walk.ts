import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { operations } from '../../../src/wire/operations/catalogue.ts'
import { EVENT_PROPERTIES } from './properties.ts'
import { EVERY_LEAF, GRAPH_PROPERTIES, KNOWN_DELAYS, reasonsFor, unknownDelays, unvisited } from './graph.ts'
import { PLANTED } from './planted.ts'
import { DEEP, SHORT, walks } from './plans.ts'
import { expose, prove, storyOf } from './proof.ts'
import { walkedChart } from './walked-chart.ts'

/** `node walk.ts [--deep] [--only NAME] [--planted]`: walks the product of the chart and its monitor and prints what was seen. */
const args = process.argv.slice(2)
const EVERY_CHANGE = 'every change that a step can ask for is asked for'
const depth = args.includes('--deep') ? DEEP : SHORT
const only = args.includes('--only') ? (args[args.indexOf('--only') + 1] ?? '') : ''
const plans = walks(depth).filter(({ name }) => name.includes(only))
const say = (line: string) => process.stdout.write(`${line}\n`)
const visited = new Set<string>()
const asked = new Set<string>()
const short = walks(SHORT)
let faults = 0

if (!args.includes('--planted')) {
  for (const plan of plans) {
    const { product, broken, unlike } = prove(plan)
    for (const leaf of product.visited) visited.add(leaf)
    for (const op of product.asked) asked.add(op)
    const { nodes, edges, ms } = product
    say(
      `${plan.name.padEnd(22)} ${String(nodes.length).padStart(8)} states ${String(edges).padStart(9)} edges ${(ms / 1000).toFixed(1).padStart(7)} s`,
    )
    for (const one of broken) say(storyOf(one))
    for (const one of unlike) say(`UNLIKE  ${one}`)
    faults += broken.length + unlike.length
  }
  const machine = walkedChart()
  const delays = unknownDelays(machine)
  const never = only === '' ? changesOfSteps().filter((op) => !asked.has(op)) : []
  const unreached = only === '' ? reasonsFor(unvisited(machine, visited)) : []
  const leaves = unreached.flatMap(({ leaf, why }) => (why === null ? [leaf] : []))
  faults += delays.length + leaves.length + never.length
  for (const op of never) say(`BROKEN  ${EVERY_CHANGE}: ${op}`)
  for (const delay of delays) say(`BROKEN  ${KNOWN_DELAYS}: ${delay}`)
  for (const why of new Set(unreached.flatMap((one) => one.why ?? [])))
    say(`${String(unreached.filter((one) => one.why === why).length)} leaves not reached: ${why}`)
  for (const leaf of leaves) say(`BROKEN  ${EVERY_LEAF}: ${leaf}`)
  say(`\n${String(faults)} broken of these properties:`)
  for (const name of [...Object.keys(EVENT_PROPERTIES), ...Object.keys(GRAPH_PROPERTIES), KNOWN_DELAYS, EVERY_LEAF, EVERY_CHANGE])
    say(`  ${name}`)
} else {
  for (const planted of PLANTED) {
    const plan = short.find(({ name }) => name === planted.walk)
    const seen = plan === undefined ? undefined : expose(planted, plan)
    if (seen === undefined) faults++
    say(
      `${seen === undefined ? 'UNSEEN' : 'seen  '}  ${planted.fault}: ${seen?.property ?? planted.seenBy}${seen === undefined ? '' : ` (${seen.why}, after ${String(seen.path.length)} events)`}`,
    )
  }
}
process.exitCode = faults === 0 ? 0 : 1

/** Operations that change a host and that the source of a step names: the walk has to meet them all, or its farms lack something. */
function changesOfSteps(): readonly string[] {
  const folder = join(import.meta.dirname, '../../../src/procedure/steps')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  const source = files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n')
  return Object.entries(operations).flatMap(([op, { writes }]) => (writes && source.includes(`'${op}'`) ? [op] : []))
}
