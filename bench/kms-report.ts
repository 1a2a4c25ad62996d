import { spawnSync } from 'node:child_process'
import { closeSync, openSync, readSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { cmid, ENTERPRISE, eventXml, OFFICE, request, SERVER } from '../test/kms/events.ts'
import { median } from './start-up.ts'

const EVENTS = 100_000
const TIMES = 3
const MIB = 1024 * 1024

/** What a report of many events costs: milliseconds of wall and of processor time and bytes of memory of the packed
 *  program, and how long only reading takes. */
export interface KmsReportCost {
  readonly events: number
  readonly bytes: number
  readonly wall: number
  readonly cpu: number
  readonly resident: number
  readonly floor: number
}

/** Writes a log of 3,000 machines over 80 days as wevtutil writes it: renewals, clones that draw a new CMID, some that share one, servers and
 *  Office. Returns its path. */
export function writeEvents(folder: string, events = EVENTS): string {
  const file = join(folder, 'kms.xml')
  const out = openSync(file, 'w')
  const begin = Date.parse('2026-08-20T00:00:00Z')
  let piece: string[] = []
  for (let n = 0; n < events; n += 1) {
    const machine = (n * 7919) % 3000
    const id = machine < 40 ? 1 : machine < 600 ? 10_000 + n : machine
    const product =
      n % 5 === 0 ? { activationId: OFFICE, minimum: 5 } : machine > 2800 ? { activationId: SERVER, minimum: 5 } : {}
    const name = `w11-${String(machine).padStart(4, '0')}.contoso.com`
    const own = request({
      activationId: ENTERPRISE,
      at: begin + n * 69_000,
      record: n + 1,
      client: name,
      cmid: cmid(id),
      ...product,
    })
    piece.push(`${eventXml(own)}\r\n`)
    if (piece.length < 1000 && n < events - 1) continue
    writeSync(out, piece.join(''))
    piece = []
  }
  closeSync(out)
  return file
}

/** Measures the packed program on such a log; medians. */
export function kmsReportCost(program: string, folder: string): KmsReportCost {
  const file = writeEvents(folder)
  const told =
    "process.on('exit',()=>{const u=process.resourceUsage();process.stderr.write('\\nCOST '+u.maxRSS+' '+(u.userCPUTime+u.systemCPUTime)+'\\n')})"
  const once = () => {
    const begun = performance.now()
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(told)}`, program, 'kms', 'report', file],
      { encoding: 'utf8' },
    )
    const wall = performance.now() - begun
    const [, kib, microseconds] = /^COST (\d+) (\d+)$/m.exec(stderr) ?? []
    const [resident, cpu] = [Number(kib) * 1024, Number(microseconds) / 1000]
    if (status !== 0 || !stdout.includes(`${String(EVENTS)} requests`)) throw new Error(`the report failed: ${stderr}`)
    return { wall, resident, cpu }
  }
  const all = Array.from({ length: TIMES }, once)
  return {
    events: EVENTS,
    bytes: statSync(file).size,
    wall: median(all.map(({ wall }) => wall)),
    cpu: median(all.map(({ cpu }) => cpu)),
    resident: Math.max(...all.map(({ resident }) => resident)),
    floor: median(Array.from({ length: TIMES }, () => readOnly(file))),
  }
}

/** Reading and decoding alone, in milliseconds. */
function readOnly(file: string): number {
  const begun = performance.now()
  const from = openSync(file, 'r')
  const buffer = Buffer.allocUnsafe(65_536)
  const decoder = new TextDecoder()
  for (let read = 1; read > 0;) {
    read = readSync(from, buffer, 0, buffer.length, null)
    decoder.decode(buffer.subarray(0, read), { stream: true })
  }
  closeSync(from)
  return performance.now() - begun
}

if (import.meta.main) {
  const { mkdtempSync, rmSync } = await import('node:fs')
  const { tmpdir } = await import('node:os')
  const { packInto } = await import('./start-up.ts')
  const folder = mkdtempSync(join(tmpdir(), 'vdiskprep-kms-'))
  try {
    const { events, bytes, wall, cpu, resident, floor } = kmsReportCost(packInto(join(folder, 'packed')), folder)
    const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`
    process.stdout.write(
      `kms report of ${String(events)} events (${(bytes / 1e6).toFixed(0)} MB): ${seconds(wall)} (limit 3 s; processor time ${seconds(cpu)}), ` +
        `${(resident / MIB).toFixed(0)} MiB resident (limit 300); only reading: ${seconds(floor)}\n`,
    )
    process.exitCode = wall <= 3000 && resident <= 300 * MIB ? 0 : 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
