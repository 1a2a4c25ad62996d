import { expect, test } from '@jest/globals'
import { switchesIn } from '../../src/knowledge/switches.ts'

test.each([
  ['/ato', ['slmgr /ato']],
  ['-ipk XXXXX', ['slmgr /ipk']],
  ['cscript //nologo slmgr.vbs /rearm', ['slmgr /rearm']],
  ['/rearm', ['slmgr /rearm', 'ospp /rearm']],
  ['cscript ospp.vbs /inpkey:XXXXX', ['ospp /inpkey']],
  ['ospprearm.exe', ['ospprearm ospprearm.exe']],
  ['SlMgr /DLV', ['slmgr /dlv']],
  ['/nonsense', []],
])('%s names %j', (line, found) => {
  expect(switchesIn(line).map((one) => `${one.tool} ${one.switch}`)).toEqual(found)
})
