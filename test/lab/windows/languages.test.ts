import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { accountIn } from '../../../src/lab/model/words.ts'
import { pwshMissing } from '../../fixtures/powershell.ts'
import { combination, eachOf } from './combinations.ts'
import type { DirectFarm } from './direct.ts'
import * as server from './server-steps.ts'
import { licensing, machine, masterOn, reads } from './target-steps.ts'
import { twoFronts, type Side } from './two-fronts.ts'

const missing = pwshMissing()
const deep = process.env['VDISKPREP_DEEP'] === '1'
const told = missing === undefined && deep ? test : test.skip
const why = missing ?? (deep ? '' : '(skipped: VDISKPREP_DEEP=1 runs it)')
const LANGUAGES = ['en-US', 'de-DE', 'ja-JP'] as const

type Answers = readonly (readonly [name: string, answer: unknown])[]

/** What the shipped agents answer on a Windows of a language, and in what the built-in front differs. */
interface Spoke {
  readonly answers: Answers
  readonly different: readonly unknown[]
  readonly unmodelled: readonly string[]
}

describe('the shipped agents on a Windows that speaks German or Japanese', () => {
  let all: readonly Spoke[] = []
  beforeAll(async () => {
    if (missing === undefined && deep) all = await eachOf([...LANGUAGES], spokenIn)
  }, 900_000)

  told.each(LANGUAGES.slice(1).map((one, n) => [one, n + 1] as const))(`%s: the same facts as in English ${why}`, (_, n) => {
    expect(wordless(all[n]?.answers)).toEqual(wordless(all[0]?.answers))
  })

  told.each(LANGUAGES.map((one, n) => [one, n] as const))(
    `%s: both fronts say the same, and nothing is unmodelled ${why}`,
    (_, n) => {
      expect(all[n]).toMatchObject({ different: [], unmodelled: [] })
    },
  )

  told.each([
    ['de-DE', 1, 'NT-AUTORITÄT\\\\NETZWERKDIENST', 'Lizenz', 'Zugriff verweigert'],
    ['ja-JP', 2, 'ライセンス', 'アクセスが拒否されました'],
  ] as const)(`%s: its words were met ${why}`, (_, n, ...words) => {
    const said = JSON.stringify(all[n]?.answers)
    for (const word of words) expect(said).toContain(word)
    expect(said).not.toMatch(/Access is denied|trusted data store|No events were found|because it does not exist/)
  })

  afterAll(() => {
    if (all.length > 0)
      process.stderr.write(`${String(all[0]?.answers.length)} questions each in ${LANGUAGES.join(', ')}: the same facts\n`)
  })
})

async function spokenIn(language: (typeof LANGUAGES)[number]): Promise<Spoke> {
  const { windowsKey, officeKey } = combination({ os: 'windows-10-22h2', office: '2016' })
  const wish = { os: 'windows-10-22h2', office: '2016', image: { language } } as const
  const farm = await twoFronts(wish)
  try {
    const answers: [string, unknown][] = []
    const different: unknown[] = []
    const ask = async (name: string, step: (side: Side) => Promise<unknown>) => {
      const [builtIn, shipped] = await farm.both(step)
      answers.push([name, shipped])
      if (JSON.stringify(wordless(builtIn)) !== JSON.stringify(wordless(shipped))) different.push({ name, builtIn, shipped })
    }
    for (const side of farm.sides) for (const one of side.farm.model.servers) one.language = language
    for (const [name, step] of [...server.reads, ...server.acts]) await ask(name, step)
    for (const [name, lay] of accounts(language))
      await ask(name, (side) => {
        lay(side.farm)
        return side.ask(server.SERVER, 'Get-VdpServerState', {})
      })
    for (const side of farm.sides) masterOn(side.farm)
    for (const [name, step] of [...reads, ...machine, ...licensing(windowsKey, officeKey)]) await ask(name, step)
    return { answers, different, unmodelled: farm.sides[1].farm.unmodelled() }
  } finally {
    await farm.close()
  }
}

/** Accounts of the services, with and without a readable token, and a security authority that is silent. */
function accounts(language: string): readonly (readonly [string, (farm: DirectFarm) => void])[] {
  const account = accountIn(language, 'NT AUTHORITY\\NETWORK SERVICE')
  const network = { account, sid: 'S-1-5-20', accountKind: 'built-in', policyGrants: false } as const
  return [
    ['NETWORK SERVICE', ({ cast }) => void Object.assign(cast.server.services[0] ?? {}, network)],
    ['its token unread', ({ cast }) => void Object.assign(cast.server.services[0] ?? {}, { tokenReadable: false })],
    ['the service stopped', ({ cast }) => void Object.assign(cast.server.services[0] ?? {}, { state: 'stopped' })],
    ['Everyone', ({ cast }) => void Object.assign(cast.server.services[1] ?? {}, { policyGrants: true, grantedTo: 'S-1-1-0' })],
    ['by secedit', ({ cast }) => void Object.assign(cast.server, { lsaAnswers: false })],
  ]
}

/** Facts without what is said to people: texts of Windows, the language itself, names of accounts (their SIDs stay), words behind a code. */
function wordless(answer: unknown): unknown {
  return JSON.parse(JSON.stringify(answer ?? null), (name: string, value: unknown) => {
    // Which class said it is told by the shipped agents alone.
    if (name === 'details') return 'words'
    if (['message', 'text', 'output', 'error', 'account', 'uiLanguage'].includes(name)) return typeof value
    if (['guid', 'bootGuid', 'graceMinutes', 'sha256', 'bytes'].includes(name)) return typeof value
    if (typeof value !== 'string') return value
    if (name === 'via') return value.replace(/ \(.*?\)/, '')
    if (name === 'unknown') return /^0x[0-9A-F]{8}/.exec(value)?.[0] ?? 'unknown'
    return value.replace(/(?<=tokens\.dat\.)\w+(?=\.bar)/g, 'moment').replace(/\d{4}\/\d\d\/\d\d \d\d:\d\d/g, 'a moment')
  })
}
