import type { CheckedFinding } from '../../diagnosis/check.ts'

type Texts = Pick<CheckedFinding, 'effect' | 'remedy'>

const LOOKUP = 'nslookup -type=srv _vlmcs._tcp.DOMAIN'

const TEXTS = {
  'kms.srvHere': {
    effect: 'Clients of that domain find no KMS host (0x8007232B) unless one is set by name.',
    remedy: [LOOKUP, 'On the KMS host: cscript //nologo C:\\Windows\\System32\\slmgr.vbs /sdns, then restart sppsvc'],
  },
  'kms.record': {
    effect: 'A client that takes this record waits for nothing and tries the next, or fails with 0xC004F074.',
    remedy: [
      'Delete the SRV record when the host is gone.',
      'Test-NetConnection HOST -Port PORT',
      'On the host: Start-Service sppsvc',
    ],
  },
  'kms.named': {
    effect: 'Clients that are told this host fail with 0xC004F074.',
    remedy: ['Test-NetConnection HOST -Port PORT', 'On the host: Start-Service sppsvc', 'Open TCP PORT in its firewall.'],
  },
  'kms.views': {
    effect: 'Target and this machine ask different DNS servers, or one that is out of date.',
    remedy: [LOOKUP],
  },
  'kms.choice': {
    effect: 'Clients do not share the hosts as the records say.',
    remedy: ['Make priorities and weights of all records equal, or turn host caching off on the clients: slmgr.vbs /ckhc'],
  },
  'kms.listenPort': {
    effect: 'Clients that come by the record knock at a port where nobody listens.',
    remedy: ['On the KMS host: restart sppsvc, which publishes its port anew', 'Delete the old SRV record.'],
  },
  'kms.firewall': {
    effect: 'Clients behind it fail with 0xC004F074.',
    remedy: [
      'on NAME: Get-NetFirewallPortFilter -Protocol TCP | Where-Object LocalPort -eq PORT | Get-NetFirewallRule',
      'Open TCP PORT there and on the way.',
    ],
  },
  'kms.domains': {
    effect: 'Clients of that domain find no KMS host (0x8007232B) unless one is set by name.',
    remedy: ['In the log Application of NAME: event 12293 says why publishing failed', LOOKUP],
  },
  'kms.answer': {
    effect: 'This target, and clones like it, are not activated by KMS.',
    remedy: ['On the target: cscript //nologo C:\\Windows\\System32\\slmgr.vbs /ato', 'vdiskprep explain CODE'],
  },
  'kms.reachable': { effect: 'Its count, keys and port are not known.', remedy: ['vdiskprep agents check --host NAME'] },
  'kms.targets': {
    effect: 'What clients see is not known; the checks below are from this machine alone.',
    remedy: ['Start a target, or name one: vdiskprep kms check --target NAME'],
  },
} as const satisfies Record<string, Texts>

type OwnCheck = keyof typeof TEXTS

/** Checks that never make the exit code. */
const WARNS: ReadonlySet<OwnCheck> = new Set(['kms.choice', 'kms.views', 'kms.domains'])

/** A finding of this command; `words` fill the capitals in its texts. */
export function finding(
  check: OwnCheck,
  host: string,
  verdict: CheckedFinding['verdict'],
  says: string,
  words: Readonly<Record<string, string>> = {},
): CheckedFinding {
  const severity = WARNS.has(check) || (check === 'kms.answer' && verdict === 'unknown') ? 'warn' : 'fail'
  const fill = (line: string) => line.replace(/\b(DOMAIN|HOST|PORT|CODE|NAME)\b/g, (word) => words[word] ?? word)
  if (verdict === 'pass' || verdict === 'na')
    return { check, host, verdict, severity, says, because: null, effect: null, remedy: [] }
  const texts: Texts = TEXTS[check]
  const effect = verdict === 'unknown' ? `If it is not in order: ${texts.effect ?? ''}` : texts.effect
  return {
    check,
    host,
    verdict,
    severity,
    says,
    because: null,
    effect,
    remedy: texts.remedy.map(fill).filter((line) => !/\bCODE\b/.test(line)),
  }
}
