/** Releases of Office as the target's state names them. */
export type OfficeRelease = '2010' | '2013' | '2016' | '2019' | '2021' | '2024' | '365'

/** An Office product in the catalogue's words. */
export interface OfficeProduct {
  readonly family: 'Office' | 'Project' | 'Visio'
  readonly release: string
  readonly edition: string
}

/** Product names inside ids, Click-to-Run and MSI. Unproven: the reference names ProPlus and the suites only; these are the ids of
 *  Microsoft's deployment tool and the MSI folders as public tables give them (PrjPro and PrjStd are the MSI's Project). */
const NAMES: Readonly<Record<string, Omit<OfficeProduct, 'release'>>> = {
  proplus: { family: 'Office', edition: 'Professional Plus' },
  standard: { family: 'Office', edition: 'Standard' },
  projectpro: { family: 'Project', edition: 'Professional' },
  projectstd: { family: 'Project', edition: 'Standard' },
  prjpro: { family: 'Project', edition: 'Professional' },
  prjstd: { family: 'Project', edition: 'Standard' },
  visiopro: { family: 'Visio', edition: 'Professional' },
  visiostd: { family: 'Visio', edition: 'Standard' },
  visioprem: { family: 'Visio', edition: 'Premium' },
  access: { family: 'Office', edition: 'Access' },
  excel: { family: 'Office', edition: 'Excel' },
  infopath: { family: 'Office', edition: 'InfoPath' },
  lync: { family: 'Office', edition: 'Lync' },
  mondo: { family: 'Office', edition: 'Mondo' },
  onenote: { family: 'Office', edition: 'OneNote' },
  outlook: { family: 'Office', edition: 'Outlook' },
  powerpoint: { family: 'Office', edition: 'PowerPoint' },
  publisher: { family: 'Office', edition: 'Publisher' },
  skypeforbusiness: { family: 'Office', edition: 'Skype for Business' },
  word: { family: 'Office', edition: 'Word' },
}

const RELEASES: Readonly<Record<string, string>> = {
  '2010': '2010',
  '2013': '2013',
  '2016': '2016',
  '2019': '2019',
  '2021': 'LTSC 2021',
  '2024': 'LTSC 2024',
}

/** What a volume product id stands for; undefined for retail ids, subscriptions and names that are not known.
 *  An id of Click-to-Run carries its year from 2019 on; one without a year belongs to `release`, and 365 then means 2016. */
export function officeIds(productId: string, release: OfficeRelease): OfficeProduct | undefined {
  const match = /^([a-z]+?)(2019|2021|2024)?(volume|vl)?$/i.exec(productId)
  if (match?.[1] === undefined) return undefined
  const name = match[1].toLowerCase()
  if (!Object.hasOwn(NAMES, name)) return undefined
  const product = NAMES[name]
  const named = RELEASES[match[2] ?? (release === '365' ? '2016' : release)]
  return product && named !== undefined ? { ...product, release: named } : undefined
}

/** Names an id may begin with, for "did you mean". */
export const officeIdNames: readonly string[] = [
  'ProPlus',
  'Standard',
  'ProjectPro',
  'ProjectStd',
  'VisioPro',
  'VisioStd',
  'Access',
  'Excel',
  'Outlook',
  'PowerPoint',
  'Publisher',
  'SkypeforBusiness',
  'Word',
]
