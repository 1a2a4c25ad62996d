import { findKey, keyTitle } from './keys.ts'

/** A row of the source article's key tables that is not right. `malformed` and `mislabelled` keys are never to be used as printed there;
 *  the others are right keys under a wrong name. */
export interface ArticleMistake {
  /** As the article prints it. */
  readonly printed: string
  readonly listedAs: string
  readonly kind: 'malformed' | 'mislabelled' | 'repeated' | 'misnamed'
  readonly wrong: string
  /** The key that was meant. */
  readonly key: string
}

const SERVER_2012 = 'Windows Server 2012'

/** Source: the article's tables against Microsoft's; kms.md 1.3 (D1 to D5). */
export const ARTICLE_MISTAKES: readonly ArticleMistake[] = [
  {
    printed: 'VTC42-BM838-43QHV-84HX6-XJXK',
    listedAs: 'Windows Vista Enterprise N',
    kind: 'malformed',
    wrong: 'the article prints the key of Windows Vista Enterprise N one character short; it ends in XJXKV',
    key: 'VTC42-BM838-43QHV-84HX6-XJXKV',
  },
  mislabelled('BN3D2-R7TKB-3YPBD-8DRP2-27GG4', 'Core'),
  mislabelled('8N2M2-HWPGY-7PGT9-HGDD8-GVGGY', 'Core N'),
  mislabelled('2WN2H-YGCQR-KFX6K-CD6TF-84YXQ', 'Core Single Language'),
  mislabelled('4K36P-JN4VD-GDC6V-KDT89-DYFKP', 'Core Country Specific'),
  rightKey(
    'XC9B7-NBPP2-83J2H-RHMBY-92BT4',
    'Standard Core',
    'repeated',
    'Server Core takes the key of Standard: no edition of its own',
  ),
  rightKey(
    '48HP8-DN98B-MYWDG-T2DCC-8W83P',
    'Datacenter Core',
    'repeated',
    'Server Core takes the key of Datacenter: no edition of its own',
  ),
  rightKey('XC9B7-NBPP2-83J2H-RHMBY-92BT4', 'Server Standard', 'misnamed', 'the edition is called Standard'),
  {
    ...rightKey('NG4HW-VH26C-733KW-K6F98-J8CK4', 'Professional', 'misnamed', 'the edition is called Pro'),
    listedAs: 'Windows 8 Professional',
  },
  {
    ...rightKey('XCVCF-2NXM9-723PB-MHCB7-2RYQQ', 'Professional N', 'misnamed', 'the edition is called Pro N'),
    listedAs: 'Windows 8 Professional N',
  },
]

/** What is wrong with a key that the source article prints malformed or for another Windows; undefined for every other key. */
export function knownMistake(key: string): string | undefined {
  const wanted = key.trim().toUpperCase()
  const isHarmful = ({ kind }: ArticleMistake) => kind === 'malformed' || kind === 'mislabelled'
  return ARTICLE_MISTAKES.find((one) => one.printed === wanted && isHarmful(one))?.wrong
}

function mislabelled(key: string, edition: string): ArticleMistake {
  const row = findKey(key)
  const meant = row === undefined ? 'another Windows' : keyTitle(row)
  const wrong = `the article lists it under Server 2012 by mistake; it is for ${meant}, a client edition`
  return { printed: key, listedAs: `${SERVER_2012} ${edition}`, kind: 'mislabelled', wrong, key }
}

function rightKey(key: string, edition: string, kind: 'repeated' | 'misnamed', wrong: string): ArticleMistake {
  return { printed: key, listedAs: `${SERVER_2012} ${edition}`, kind, wrong, key }
}
