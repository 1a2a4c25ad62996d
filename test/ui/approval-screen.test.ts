import { expect, test } from '@jest/globals'
import { emptyView } from '../../src/procedure/view-changes.ts'
import { runScreen } from '../../src/ui/cli/screens/run.ts'

const maria = { login: 'maria', host: 'ops1', claim: null }
const approval = {
  place: 'sealVDisk.shutDownTarget',
  what: 'shut it down',
  because: ['four eyes'],
  anotherPerson: true,
  since: 0,
}
const view = { ...emptyView('8k2mz'), state: 'approval' as const, startedBy: maria, approval }
const screen = { width: 80, paint: (_: unknown, text: string) => text }

test.each([
  ['who started the run that it is not for him', 'Maria', 'maria, who started the run, may not approve it: that is you'],
  ['another login that it may', 'jonas', 'maria, who started the run, may not approve it; you, jonas, may'],
])('an approval that wants a second person tells %s', (_, login, says) => {
  const text = runScreen(view, 0, screen, { reader: { login, now: 3_600_000 } }).join('\n')
  expect(text).toContain(`- ${says}`)
  expect(text).toContain('- waiting 1:00:00')
  expect(text).toContain('By another login than maria.')
})

test('an approval that anybody may give names nobody', () => {
  const text = runScreen({ ...view, approval: { ...approval, anotherPerson: false } }, 0, screen).join('\n')
  expect(text).not.toContain('may not approve')
})
