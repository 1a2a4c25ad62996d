import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'

/** The domains in which this machine looks for names: of resolv.conf, of the Windows domain of the account, of its own full name. */
export function searchDomains(
  env: Readonly<Record<string, string | undefined>> = process.env,
  resolv: string = '/etc/resolv.conf',
): readonly string[] {
  const [, ...own] = hostname().split('.')
  const all = [...resolvDomains(textOf(resolv)), env['USERDNSDOMAIN'] ?? '', own.join('.')]
  return [...new Set(all.map((domain) => domain.toLowerCase()).filter((domain) => /^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(domain)))]
}

/** The last `search` or `domain` line counts. Source: resolv.conf(5). */
function resolvDomains(text: string): readonly string[] {
  const line = text.split('\n').findLast((one) => /^\s*(search|domain)\s/.test(one)) ?? ''
  return line.trim().split(/\s+/).slice(1)
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
