import type { KmsRequest } from '../../src/kms/request.ts'

/** An activation id that the product table names: Windows 10 and 11 Enterprise. */
export const ENTERPRISE = '73111121-5638-40f6-bc11-f1d7b0d64300'
/** Office LTSC 2021 Professional Plus. */
export const OFFICE = 'fbdb3e18-a8ef-4fb3-9183-dffd60bd0984'
/** Windows Server 2022 Standard. */
export const SERVER = '9bd77860-9b31-4b7b-96ad-2564017315bf'

/** A CMID for a number. */
export function cmid(n: number): string {
  return `${n.toString(16).padStart(8, '0')}-0000-4000-8000-${(n * 7919).toString(16).padStart(12, '0')}`
}

/** A request with everything that a test does not care about. */
export function request(own: Partial<KmsRequest> = {}): KmsRequest {
  return {
    ...{ at: Date.parse('2026-11-02T08:00:00.123Z'), clock: 'host', host: 'kms01.contoso.com', record: null },
    ...{ code: '0x00000000', minimum: 25, client: 'w11-01.contoso.com', cmid: cmid(1), status: 2, minutes: 43_200 },
    activationId: ENTERPRISE,
    ...own,
  }
}

/** The fields of an event 12290 as one list. */
function fieldsOf({ at, code, minimum, client, cmid: id, status, minutes, activationId }: KmsRequest): readonly string[] {
  const time = new Date(at).toISOString().slice(0, 16).replaceAll('-', '/').replace('T', ' ')
  const short = `0x${Number(code).toString(16).toUpperCase()}`
  return [short, String(minimum ?? ''), client, id, time, '1', String(status), String(minutes ?? ''), activationId]
}

/** How an event is written: `one` list or `several` values after another one, by wevtutil or with its message as RenderedXml. */
export type Form = 'one' | 'several' | 'rendered'

/** A request as wevtutil and Get-WinEvent write it: one element, about 740 bytes, no root. `id` is the event's number. */
export function eventXml(of: KmsRequest, form: Form = 'one', id = 12_290): string {
  const list = fieldsOf(of).map(escaped)
  const values = form === 'several' ? ['', ...list] : [list.join(',')]
  const data = form === 'rendered' ? '' : values.map((value) => `<Data>${value}</Data>`).join('')
  const message = `An activation request has been processed.&#13;&#10;Info:&#13;&#10;${list.join(',')}`
  const rendering = form === 'rendered' ? `<RenderingInfo Culture='en-US'><Message>${message}</Message></RenderingInfo>` : ''
  const record = of.record === null ? '' : `<EventRecordID>${of.record}</EventRecordID>`
  const time = new Date(of.at).toISOString().replace('Z', '4567Z')
  return (
    `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Security-SPP' ` +
    `Guid='{E23B33B0-C8C9-472C-A5F9-F2BDFEA0F156}' EventSourceName='KmsRequests'/><EventID Qualifiers='16384'>${id}</EventID>` +
    `<Version>0</Version><Level>4</Level><Task>0</Task><Opcode>0</Opcode><Keywords>0x80000000000000</Keywords>` +
    `<TimeCreated SystemTime='${time}'/>${record}<Correlation/><Execution ProcessID='0' ThreadID='0'/>` +
    `<Channel>Key Management Service</Channel><Computer>${escaped(of.host ?? '')}</Computer><Security/></System>` +
    `<EventData>${data}</EventData>${rendering}</Event>`
  )
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll("'", '&apos;')
}
