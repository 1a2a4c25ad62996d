import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { withKnown } from '../../src/kms/known.ts'
import { reportHtml } from '../../src/kms/page/html.ts'
import { reportOf } from '../../src/kms/report.ts'
import { Tally } from '../../src/kms/tally.ts'
import { lookAt, noBrowser } from '../report/browser.ts'
import { cmid, request } from './events.ts'

const DAY = 86_400_000
const NOW = Date.parse('2026-11-02T12:00:00Z')
const SEEN = { run: '8k2mz', vdisk: 'W11-<Office>', file: '/srv/w11.yaml', says: 'drawn by W11-T01', canaries: ['W11-T01'] }

/** Two clones of one CMID that a run met, and a canary that was not seen for 40 days. */
function page(): string {
  const tally = new Tally()
  const clones = ['W11-01.contoso.com', 'W11-02.contoso.com'].map((client) => request({ at: NOW, client, cmid: cmid(9) }))
  const silent = request({ at: NOW - 40 * DAY, client: 'W11-T01.contoso.com', cmid: cmid(5), code: '0xC004F042' })
  tally.add({ requests: [...clones, silent], damage: [], others: 0 }, 'kms01')
  const report = reportOf(tally.done(), ['kms.xml'], { asOf: NOW, whole: true })
  if (report === undefined) throw new Error('no request')
  const known = { met: new Map([[cmid(9), SEEN]]), roles: new Map([['w11-t01', 'canary of W11-Office (run 8k2mz)']]) }
  return reportHtml(withKnown(report, known))
}

test('the page names the run that met a shared CMID, what to type for it, and whose canary is silent', () => {
  const text = page()
  expect(text).toContain('seen in run 8k2mz, vDisk W11-&lt;Office&gt;: drawn by W11-T01; not among these 2 machines: W11-T01')
  for (const command of ['vdiskprep show 8k2mz', 'vdiskprep init NEW.yaml --extends kms-repair']) expect(text).toContain(command)
  expect(text).toContain('canary of W11-Office (run 8k2mz)')
})

const deep = process.env['VDISKPREP_DEEP'] === '1'
const why = noBrowser ?? (deep ? null : 'VDISKPREP_DEEP=1 runs it')
const looked = why === null ? test : test.skip
looked(
  `in Chromium axe finds nothing serious, it fits a narrow screen, and it prints${why === null ? '' : ` (skipped: ${why})`}`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vdp-kms-'))
    try {
      writeFileSync(join(folder, 'k.html'), page())
      const { pdf, ...rest } = await lookAt(join(folder, 'k.html'))
      expect(rest).toEqual({ findings: [], console: [], requests: [], tooWide: 0 })
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
  60_000,
)
