import type { Finding } from '../../../diagnosis/check.ts'
import type { Paint } from '../terminal.ts'

/** How the verdict of a finding is written, and its colour. */
export const VERDICT_WORDS: Readonly<Record<Finding['verdict'], readonly [word: string, paint: Paint]>> = {
  fail: ['FAIL', 'bad'],
  warn: ['WARN', 'warn'],
  unknown: ['????', 'strong'],
  pass: ['ok', 'good'],
  na: ['n/a', 'faint'],
}

/** Where texts below a finding begin. */
export const FINDING_INDENT = 7
