import { spoken } from './words.ts'

/** The licensing service's own words for a code, as its callers see them. The lab's own table. Source: kms.md 9. */
const texts: Readonly<Record<string, string>> = {
  '0xC004D302': 'The trusted data store was rearmed.',
  '0xC004D307':
    'The maximum allowed number of re-arms has been exceeded. You must re-install the OS before trying to re-arm again',
  '0xC004E015': 'The consumption of the license has failed.',
  '0xC004F014': 'The product key is not available.',
  '0xC004F038': 'The count reported by your Key Management Service (KMS) is insufficient.',
  '0xC004F042': 'The specified Key Management Service (KMS) cannot be used.',
  '0xC004F050': 'The product key is invalid.',
  '0xC004F069': 'The product SKU is not found.',
  '0xC004F06C': 'The Key Management Service (KMS) determined that the request timestamp is invalid.',
  '0xC004F074': 'No Key Management Service (KMS) could be contacted.',
  '0x8007232B': 'DNS name does not exist.',
  '0x800706BA': 'The RPC server is unavailable.',
  '0x80072EE7': 'The server name or address could not be resolved.',
}

/** A licensing call that failed. `hresult` is `0x` and eight upper-case digits. */
export class LicensingError extends Error {
  readonly hresult: string

  constructor(hresult: string) {
    super(textOf(hresult))
    this.name = 'LicensingError'
    this.hresult = hresult
  }
}

/** Text of a licensing code in the language of a Windows; English without one. */
export function textOf(hresult: string, language = 'en-US'): string {
  return spoken(language, texts[hresult] ?? 'The Software Licensing Service reported an error.')
}
