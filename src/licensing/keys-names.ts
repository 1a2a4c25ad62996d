import { listKeys, type Gvlk } from './keys.ts'

/** Releases that the agents cannot prepare (kms.md 6): their names are not offered. */
const TOO_OLD = ['Windows Vista', 'Windows Server 2008']

/** Names under which a Windows can be stated: "Windows 11 Enterprise", "Windows Server 2022 Datacenter". */
export function windowsNames(): readonly string[] {
  return preparable().flatMap(namesOf)
}

/** A name of Windows as it is compared: without "Microsoft" before it, however it is spaced and cased. */
export function plainName(name: string): string {
  return name
    .trim()
    .replace(/^microsoft\s+/i, '')
    .replaceAll(/\s+/g, ' ')
    .toLowerCase()
}

/** The catalogue row of a Windows by the name it gives itself. */
export function windowsNamed(name: string): Gvlk | undefined {
  const wanted = plainName(name)
  return preparable().find((row) => namesOf(row).some((known) => known.toLowerCase() === wanted))
}

function preparable(): readonly Gvlk[] {
  return listKeys('windows').filter((row) => !TOO_OLD.includes(row.family))
}

/** Whether a Windows of this row has a licensing service apart from Office's: Windows 7 and Server 2008 R2. Source: kms.md 4.3, 6. */
export function officeIsApart(row: Gvlk): boolean {
  return row.family === 'Windows 7' || row.family === 'Windows Server 2008 R2'
}

function namesOf(row: Gvlk): readonly string[] {
  if (row.family === 'Windows 11 / Windows 10') return [`Windows 11 ${row.edition}`, `Windows 10 ${row.edition}`]
  if (row.family === 'Windows 11 / Windows 10 LTSC') {
    const plain = ['11', '10'].map((version) => `Windows ${version} ${row.edition}`)
    return [...plain, `Windows 11 ${row.edition} 2024`, `Windows 10 ${row.edition} 2021`, `Windows 10 ${row.edition} 2019`]
  }
  if (row.family === 'Windows IoT Enterprise LTSC') return [`Windows 11 ${row.edition}`, `Windows 10 ${row.edition}`]
  if (row.family === 'Windows 10 LTSB') {
    const year = row.release.replace('LTSB ', '')
    return [`Windows 10 ${row.edition} ${year}`, `Windows 10 ${row.edition.replace('LTSB', `${year} LTSB`)}`]
  }
  if (row.family === 'Windows Server Semi-Annual Channel') {
    return row.release.split(' / ').map((release) => `Windows Server ${release} ${row.edition}`)
  }
  return [`${row.family} ${row.edition}`]
}
