import { knownMistake } from '../../licensing/article-keys.ts'
import { lastFive } from '../../licensing/channel.ts'
import { findKey, keyTitle, publicKeyFor, publicOfficeKeyFor } from '../../licensing/keys.ts'
import type { Check } from '../check.ts'
import { defineCheck, noReadings } from '../define.ts'
import { bad, hidden, na, pass, warn } from '../ruling.ts'
import { onTarget } from '../subjects.ts'

const onOffice = onTarget('office')
const onOs = onTarget('os')

const windowsKey = defineCheck({
  id: 'key.windows',
  title: 'Windows key of the run',
  group: 'windows',
  severity: 'fail',
  source: 'ms-keys; ms-office-keys; ms-kms-issues; article',
  reads: ['target.os'],
  rule: 'Fails when the key of the workflow is known to be wrong or for another edition, or when no public key is known.',
  effect: 'A key of another edition is refused or changes the edition.',
  remedy: ['vdiskprep keys', 'Set windows.key: auto in {file}.'],
  byHand: 'on {host}: Get-ItemPropertyValue "HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion" EditionID',
  subjects: onOs,
  facts: ({ os }) => ({ evaluation: os.evaluation }),
  ruling({ evaluation }, { os }, { plan }) {
    if (evaluation) return hidden('windows.evaluation', 'an evaluation edition takes no key')
    const fitting = publicKeyFor(os)
    const given = plan.windows.key
    if (given === null) {
      if (fitting !== undefined) return pass(`...${lastFive(fitting.key)} ${keyTitle(fitting)}`)
      return bad(`no public client key is known for ${os.caption} (${os.editionId}, build ${os.build})`, {
        effect: 'Step 3 holds: a key is never guessed.',
        remedy: ['vdiskprep keys', 'Give the key as windows.key in {file}.'],
      })
    }
    const mistake = knownMistake(given)
    if (mistake !== undefined) return bad(`...${lastFive(given)}: ${mistake}`)
    const row = findKey(given)
    if (row === undefined)
      return warn(`...${lastFive(given)} is no public client key: what it is for is not known`, {
        effect: 'A KMS host key in the image would make every clone a KMS host.',
      })
    if (fitting?.key === row.key) return pass(`...${lastFive(row.key)} ${keyTitle(row)}`)
    return bad(`...${lastFive(given)} is for ${keyTitle(row)}; {host} runs ${os.caption} (${os.editionId})`)
  },
})

const officeKeys = defineCheck({
  id: 'key.office',
  title: 'Office keys of the run',
  group: 'office',
  severity: 'fail',
  source: 'ms-keys; ms-office-keys; ms-kms-issues',
  reads: ['target.office.installs'],
  rule: 'Fails when no key is known for a volume product.',
  effect: 'Suites, Visio and Project each need a key of their own: step 6 holds where none is known.',
  remedy: ['vdiskprep keys', 'Give the key under office.keys in {file}.'],
  byHand: 'on {host}: Get-ItemPropertyValue HKLM:\\SOFTWARE\\Microsoft\\Office\\ClickToRun\\Configuration ProductReleaseIds',
  subjects: onOffice,
  facts: noReadings,
  ruling(_, { office }, { plan }) {
    const volume = plan.office.present === 'none' ? [] : office.installs.filter((install) => install.volume)
    const products = volume.flatMap((install) =>
      install.products.map((id) => ({ id, key: plan.office.keys[id] ?? publicOfficeKeyFor(id, install.release)?.key })),
    )
    if (products.length === 0) return na('no volume Office')
    const without = products.filter((product) => product.key === undefined).map((product) => product.id)
    if (without.length > 0) return bad(`no key is known for ${without.join(', ')}`)
    return pass(products.map(({ id, key }) => `...${lastFive(key ?? '')} ${id}`).join(', '))
  },
})

/** Whether the keys that this run would install fit what is installed. */
export const keyChecks: readonly Check[] = [windowsKey, officeKeys]
