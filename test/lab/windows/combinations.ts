import { availableParallelism } from 'node:os'
import type { PresetWish } from '../../../src/lab/farm-file/presets.ts'
import { combinations } from '../../../src/lab/model/combinations.ts'
import { officeKeys } from '../../../src/lab/model/office-keys.ts'
import { officeReleases } from '../../../src/lab/model/office-releases.ts'
import { windowsKeys } from '../../../src/lab/model/windows-keys.ts'
import { windowsRelease, windowsReleases, type WindowsName } from '../../../src/lab/model/windows-releases.ts'

/** A Windows with its Office, or without one, and keys that fit them. */
export interface Combination {
  readonly name: string
  readonly wish: PresetWish
  readonly windowsKey: string
  readonly officeKey: string
}

/** Every pair that exists, and every Windows without Office. */
export function possible(): readonly Combination[] {
  const pairs = combinations().flatMap(({ windows, office, never }) => (never === undefined ? [{ os: windows, office }] : []))
  const bare = (Object.keys(windowsReleases) as WindowsName[]).map((os) => ({ os, office: null }))
  return [...pairs, ...bare].map((wish) => combination(wish))
}

/** The pairs that do not exist, with who says so. */
export function impossible(): readonly string[] {
  return combinations().flatMap(({ windows, office, never }) =>
    never === undefined ? [] : [`${windows} with Office ${office}: ${never}`],
  )
}

/** A combination with the public keys of its Windows and of its Office suite. */
export function combination(wish: PresetWish): Combination {
  const { os, office = null, image } = wish
  const { family, editions } = windowsRelease(os)
  const edition = 'Enterprise' in editions ? 'Enterprise' : 'Standard'
  const windowsKey = windowsKeys.find((one) => one.family === family && one.edition === edition)
  const release = office === null ? undefined : officeReleases[office]
  const officeKey = officeKeys.find((one) => one.release === release?.release && one.product === release.suite)
  if (windowsKey === undefined || (release !== undefined && officeKey === undefined)) throw new Error(`no key for ${os}`)
  const bits = image?.officeBits === 32 ? ', 32 bits' : ''
  const language = image?.language === undefined ? '' : ` ${image.language}`
  return {
    name: `${os}${language} with ${office === null ? 'no Office' : `Office ${office}${bits}`}`,
    wish,
    windowsKey: windowsKey.key,
    officeKey: officeKey?.key ?? 'FXYTK-NJJ8C-GB6DW-3DYQT-6F7TH',
  }
}

/** Does the work for each of a list, as many at a time as this machine has cores; the results in the order of the list. */
export async function eachOf<T, R>(list: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  const left = [...list.entries()]
  const hand = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) results[next[0]] = await work(next[1])
  }
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), list.length) }, hand))
  return results
}
