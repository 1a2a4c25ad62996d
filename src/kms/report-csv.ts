import type { KmsReport } from './report-shape.ts'
import type { KmsRequest } from './request.ts'

/** LicenseStatus in words. Source: kms.md 3.2. */
export const STATUS = [
  'unlicensed',
  'licensed',
  'initial grace',
  'additional grace',
  'non-genuine grace',
  'notification',
  'extended grace',
] as const

/** One row for each CMID, as text with a header. Several machines or products of a CMID stand in one cell, with blanks between them. */
export function machinesCsv({ table, editions }: KmsReport): string {
  const names = new Map(editions.map(({ activationId, name }) => [activationId, name ?? activationId]))
  const rows = table.map(({ cmid, clients, hosts, products, first, last, requests, refused, code, status, minimum, counted }) => [
    ...[cmid, clients.length, clients.join(' '), products.map((id) => names.get(id) ?? id).join('; ')],
    ...[first, last, requests, refused, code, status, STATUS[status] ?? '', minimum ?? '', counted, hosts.join(' ')],
  ])
  const header = 'cmid,machines,clients,products,first,last,requests,refused,code,status,statusText,minimum,counted,hosts'
  return [header, ...rows.map((row) => row.map(cell).join(','))].join('\r\n') + '\r\n'
}

/** The header of a table of requests. The columns from `code` on are the fields of event 12290 in their order, so that it can be read back. */
export const REQUESTS_HEADER = 'at,host,record,code,minimum,client,cmid,clientTime,virtual,status,minutes,activationId\r\n'

/** One row of that table. Whether a machine is virtual is not kept: the field is documented as unused. */
export function requestRow(request: KmsRequest): string {
  const { at, clock, host, record, code, minimum, client, cmid, status, minutes, activationId } = request
  const time = new Date(at).toISOString()
  const own = `${time.slice(0, 10).replaceAll('-', '/')} ${time.slice(11, 19)}`
  const [hostTime, clientTime] = clock === 'host' ? [time, ''] : ['', own]
  const row = [
    hostTime,
    host ?? '',
    record ?? '',
    code,
    minimum ?? '',
    client,
    cmid,
    clientTime,
    '',
    status,
    minutes ?? '',
    activationId,
  ]
  return `${row.map(cell).join(',')}\r\n`
}

/** What begins like a formula is kept from being one in a spreadsheet: names come from whoever asks a KMS host. */
function cell(value: string | number | boolean): string {
  const text = String(value)
  const safe = /^[=+@\t-]/.test(text) && !/^-?\d+$/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
