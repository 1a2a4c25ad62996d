import type { Composition } from '../../../compose.ts'
import type { Session } from '../../../engine/ports/hosts.ts'
import { Fault } from '../../../faults/fault.ts'
import { officeAdvice, windowsAdvice, type KeyAdvice } from '../../../licensing/key-advice.ts'
import { keyTitle } from '../../../licensing/keys.ts'
import type { FactsOf } from '../../../wire/operations/catalogue.ts'
import type { TargetPart } from '../../../wire/operations/target-state.ts'
import { known } from '../../../wire/reading.ts'
import { readInventory } from '../../../workflow/read-workflow.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { interrupts } from '../interrupts.ts'
import { entryOf, inventoryOf, refuseOtherRole, type InventoryOptions } from '../inventory-option.ts'
import type { CommonOptions } from '../options.ts'
import { hanging } from '../screens/wrap.ts'
import type { Terminal } from '../terminal.ts'

/** Options of `keys --for HOST`. */
export interface KeysForOptions extends CommonOptions, InventoryOptions {
  readonly for: string
  readonly lab?: string
}

/** `keys --for HOST`: reads edition, build and keys of a target and says which key each product needs, and what stands against the one it has.
 *  Changes nothing. Exit code 5 when a product has a key that a run refuses, or none serves it. */
export async function keysFor(options: KeysForOptions, composition: Composition, terminal: Terminal): Promise<ExitCode> {
  const lab = options.lab === undefined ? null : await composition.startLab(options.lab)
  try {
    const inventory = lab === null ? inventoryOf(options, composition) : readInventory(lab.inventory, composition.files)
    const entry = entryOf(options.for, inventory)
    refuseOtherRole('--for', entry, 'target', inventory)
    const { name } = entry
    const hosts = await composition.hosts(inventory, [name])
    const stop = interrupts(() => undefined)
    try {
      const session = await hosts.open(name, { run: 'keys', owner: 'keys', fence: 0, signal: stop.signal })
      const advice = await adviceFor(session, stop.signal)
      await session.close()
      tell(name, advice, options, terminal)
      return advice.every(({ verdict }) => verdict === 'fits' || verdict === 'install') ? EXIT.ok : EXIT.failed
    } finally {
      stop.dispose()
      await hosts.close()
    }
  } finally {
    await lab?.close()
  }
}

async function adviceFor(session: Session, signal: AbortSignal): Promise<readonly KeyAdvice[]> {
  const { os, windowsLicense } = await parts(session, ['os', 'windowsLicense'], signal)
  const { office } = await parts(session, ['office'], signal)
  if (os === undefined || windowsLicense === undefined)
    throw new Fault('FACT_UNKNOWN', {
      what: 'the Windows licence',
      host: session.host,
      why: 'the part is missing from the answer',
    })
  const products = known(windowsLicense.products) ? windowsLicense.products : []
  const evaluation = known(os.evaluation) ? os.evaluation : null
  const officeProducts = office !== undefined && known(office.products) ? office.products : []
  return [windowsAdvice({ ...os, evaluation }, products), ...officeAdvice(office?.installs ?? [], officeProducts)]
}

/** A host refuses to look at Office after its rearm: then there is nothing to say of it. */
async function parts(
  session: Session,
  wanted: readonly TargetPart[],
  signal: AbortSignal,
): Promise<FactsOf<'Get-VdpTargetState'>> {
  const answer = await session.request('Get-VdpTargetState', { parts: [...wanted] }, undefined, signal)
  if (answer.is === 'facts') return answer.facts
  if (answer.is === 'refused' && wanted.includes('office')) return {} as FactsOf<'Get-VdpTargetState'>
  const why = answer.is === 'refused' ? answer.error.message : answer.is === 'misfit' ? answer.problem : answer.detail
  throw new Fault('FACT_UNKNOWN', { what: 'the licence', host: session.host, why })
}

const WORDS: Readonly<Record<KeyAdvice['verdict'], string>> = {
  fits: 'ok',
  install: 'install',
  mak: 'MAK',
  hostKey: 'REFUSED',
  other: 'HELD',
  evaluation: 'NO KEY',
  none: 'NO KEY',
}

function tell(host: string, advice: readonly KeyAdvice[], { json }: KeysForOptions, terminal: Terminal): void {
  if (json === true) {
    for (const one of advice) terminal.out(JSON.stringify({ host, ...one }))
    return
  }
  terminal.out(terminal.paint('strong', host))
  for (const { product, has, wants, verdict, why } of advice) {
    const head = ` ${WORDS[verdict].padEnd(8)} ${product}  `
    for (const line of hanging(head, why, terminal.width, 10)) terminal.out(line)
    const say = (name: string, text: string) => {
      for (const line of hanging(`          ${name}  `, text, terminal.width)) terminal.out(line)
    }
    if (has !== null) say('has  ', `...${has.lastFive} ${has.channel}, activation id ${has.activationId}`)
    if (wants !== null) say('needs', `${wants.key} ${keyTitle(wants)}`)
  }
}
