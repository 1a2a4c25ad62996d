import { Fault } from '../../../faults/fault.ts'
import { sourcesOf } from '../../../knowledge/entries.ts'
import { allSwitches, switchesIn, type Switch } from '../../../knowledge/switches.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import type { CommonOptions } from '../options.ts'
import { hanging } from '../screens/wrap.ts'
import type { Terminal } from '../terminal.ts'

/** `explain --slmgr LINE`: what a switch of slmgr.vbs or ospp.vbs does, where, and what this program does in its place; `all` lists them. */
export function explainSwitch(line: string, options: CommonOptions, terminal: Terminal): ExitCode {
  const isList = line.trim().toLowerCase() === 'all'
  const found = isList ? allSwitches() : switchesIn(line)
  if (found.length === 0)
    throw new Fault('OPTION_INVALID', {
      option: '--slmgr',
      value: line,
      expected: 'a switch of slmgr.vbs or ospp.vbs; --slmgr all lists them',
    })
  for (const one of found) {
    if (options.json === true) terminal.out(JSON.stringify({ ...one, sources: sourcesOf(one.sources) }))
    else for (const text of isList ? shortLines(one, terminal) : switchLines(one, terminal)) terminal.out(text)
  }
  return EXIT.ok
}

const NAMES = { slmgr: 'slmgr.vbs', ospp: 'ospp.vbs', ospprearm: '' } as const
const PLACES = { host: 'acts on an activated KMS host alone', forest: 'acts on the whole forest' } as const

function titleOf({ tool, switch: name, takes }: Switch): string {
  const joint = tool === 'ospp' && takes !== '' ? ':' : ' '
  return `${NAMES[tool]} ${name}${takes === '' ? '' : `${joint}${takes}`}`.trim()
}

function shortLines(one: Switch, { width }: Terminal): readonly string[] {
  return hanging(`  ${titleOf(one).padEnd(36)}  `, one.does, width)
}

function switchLines(one: Switch, terminal: Terminal): readonly string[] {
  const { width } = terminal
  const place = [one.releases, ...(one.on === 'any' ? [] : [PLACES[one.on]]), one.elevated ? 'elevated' : 'not elevated'].join(
    '; ',
  )
  return [
    terminal.paint('strong', titleOf(one)),
    ...hanging('  ', one.does, width),
    ...hanging('  On:      ', place, width),
    ...(one.answers === '' ? [] : hanging('  Prints:  ', one.answers, width)),
    ...(one.trap === undefined ? [] : hanging('  Mind:    ', one.trap, width)),
    ...hanging('  Instead: ', one.instead, width),
    ...hanging(
      '  Source:  ',
      sourcesOf(one.sources)
        .map(({ title }) => title)
        .join('; '),
      width,
    ),
  ]
}
