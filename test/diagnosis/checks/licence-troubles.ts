import { windowsProduct } from '../healthy-look.ts'
import { trouble, type Trouble } from './troubles.ts'

const unread = { unknown: 'access denied' }
const MAK = windowsProduct({ description: 'Windows(R) Operating System, VOLUME_MAK channel', partialKey: 'AAAAA' })
const HOST_KEY = windowsProduct({ description: 'Windows(R) Operating System, VOLUME_KMS_W10 channel', partialKey: 'BBBBB' })

const windows: readonly Trouble[] = [
  trouble(
    'windows.version',
    'it is Vista',
    (look) => (look.target.os = { ...look.target.os, build: 6002, caption: 'Windows Vista' }),
    'fail',
    /Windows Vista \(build 6002\) is too old/,
  ),
  trouble(
    'windows.evaluation',
    'it is one',
    (look) => (look.target.os = { ...look.target.os, evaluation: true, editionId: 'EnterpriseEval' }),
    'fail',
    /EnterpriseEval/,
    { remedy: /DISM/ },
  ),
  trouble('windows.evaluation', 'it cannot be read', (look) => (look.target.os.evaluation = unread), 'unknown', /access denied/),
  trouble(
    'windows.service',
    'it is disabled',
    (look) => (look.target.service.startMode = 'disabled'),
    'fail',
    /sppsvc is disabled/,
  ),
  trouble('windows.service', 'it is gone', (look) => (look.target.service.state = 'absent'), 'fail', /does not exist/),
  trouble('windows.service', 'it rests', (look) => (look.target.service.state = 'stopped'), 'pass', /stopped/),
  trouble(
    'windows.query',
    'somebody rearmed the image',
    (look) => (look.target.windowsLicense.query = { answers: false, code: '0xC004D302', message: 'rearmed' }),
    'fail',
    /did not reboot it/,
  ),
  trouble(
    'windows.query',
    'a run rearmed it and works on it: a restart would lose that rearm',
    (look) => {
      look.target.windowsLicense.query = { answers: false, code: '0xC004D302', message: 'rearmed' }
      return { look: { record: { working: { run: '8k2', inWindow: true }, last: null } } }
    },
    'na',
    /rearmed by run 8k2, which works on it; a restart before the seal would lose/,
  ),
  trouble(
    'windows.query',
    'somebody rearmed it before the run that works on it did',
    (look) => {
      look.target.windowsLicense.query = { answers: false, code: '0xC004D302', message: 'rearmed' }
      return { look: { record: { working: { run: '8k2', inWindow: false }, last: null } } }
    },
    'fail',
    /did not reboot it/,
  ),
  trouble(
    'windows.query',
    'the store is broken and may not be rebuilt',
    (look) => {
      look.plan.cleanTokens = 'never'
      look.target.windowsLicense.query = { answers: false, code: '0xC004E015', message: 'corrupt' }
    },
    'fail',
    /0xC004E015/,
  ),
  trouble(
    'windows.query',
    'the store is broken',
    (look) => (look.target.windowsLicense.query = { answers: false, code: '0xC004E015', message: 'corrupt' }),
    'warn',
    /step 2 rebuilds/,
  ),
  trouble(
    'key.channel',
    'the key is a MAK',
    (look) => (look.target.windowsLicense.products = [MAK]),
    'fail',
    /AAAAA is of channel VOLUME_MAK/,
  ),
  trouble(
    'key.channel',
    'the key is a MAK that may be replaced',
    (look) => {
      look.target.windowsLicense.products = [MAK]
      look.plan.windows.replaceChannel = ['VOLUME_MAK']
    },
    'warn',
    /step 3 replaces it/,
  ),
  trouble(
    'key.channel',
    'the products cannot be read',
    (look) => (look.target.windowsLicense.products = unread),
    'unknown',
    /access denied/,
  ),
  trouble(
    'key.hostKey',
    'the image is a KMS host',
    (look) => (look.target.windowsLicense.products = [HOST_KEY]),
    'fail',
    /KMS host key \(\.\.\.BBBBB\)/,
  ),
  trouble(
    'key.hostKey',
    'the products cannot be read',
    (look) => (look.target.windowsLicense.products = unread),
    'unknown',
    /access denied/,
  ),
  trouble(
    'key.windows',
    'the key is of another edition',
    (look) => (look.plan.windows.key = 'W269N-WFGWX-YVC9B-4J6C9-T83GX'),
    'fail',
    /\.\.\.T83GX is for .*; W11-MASTER runs Windows 11 Enterprise/,
  ),
  trouble(
    'key.windows',
    'the article misprints it',
    (look) => (look.plan.windows.key = 'VTC42-BM838-43QHV-84HX6-XJXK'),
    'fail',
    /one character short/,
  ),
  trouble(
    'key.windows',
    'it is no public one',
    (look) => (look.plan.windows.key = 'AAAAA-BBBBB-CCCCC-DDDDD-FFFFF'),
    'warn',
    /no public client key/,
  ),
  trouble(
    'key.windows',
    'there is none for this edition',
    (look) => (look.target.os.editionId = 'Core'),
    'fail',
    /no public client key is known for Windows 11 Enterprise \(Core/,
  ),
  trouble(
    'key.windows',
    'the edition cannot be told',
    (look) => (look.target.os.evaluation = unread),
    'unknown',
    /access denied/,
  ),
  trouble(
    'tokens.store',
    'there is none',
    (look) => (look.target.tokens.stores = [{ folder: 'C:\\store', file: null, backups: [] }]),
    'fail',
    /no tokens\.dat in C:\\store/,
  ),
  trouble(
    'tokens.store',
    'a renamed one is left over',
    (look) => {
      for (const store of look.target.tokens.stores)
        if (store.file !== null) store.backups = [{ ...store.file, path: 'C:\\tokens.bar' }]
    },
    'warn',
    /left over: C:\\tokens\.bar/,
  ),
  trouble('rearm.windows', 'none is left', (look) => (look.target.windowsLicense.rearmsLeft = 0), 'fail', /none left/, {
    remedy: /slmgr\.vbs \/ato/,
  }),
  trouble('rearm.windows', 'one is left', (look) => (look.target.windowsLicense.rearmsLeft = 1), 'warn', /spends the last one/),
  trouble(
    'rearm.windows',
    'the count cannot be true',
    (look) => (look.target.windowsLicense.rearmsLeft = 4_294_967_295),
    'unknown',
    /cannot be true/,
  ),
  trouble(
    'rearm.windows',
    'the count cannot be read',
    (look) => (look.target.windowsLicense.rearmsLeft = unread),
    'unknown',
    /access denied/,
  ),
  trouble(
    'rearm.windows',
    'none is left and none is needed',
    (look) => {
      look.plan.windows.rearm = 'never'
      look.target.windowsLicense.rearmsLeft = 0
    },
    'na',
    /forbids a rearm/,
  ),
  trouble('rearm.skip', 'it was left over', (look) => (look.target.windowsLicense.skipRearm = 1), 'fail', /SkipRearm is 1/, {
    remedy: /Remove-ItemProperty/,
  }),
  trouble(
    'rearm.skip',
    'it cannot be read',
    (look) => (look.target.windowsLicense.skipRearm = unread),
    'unknown',
    /access denied/,
  ),
  trouble('rearm.tool', 'BIS-F is there', (look) => (look.target.security.otherRearmTool = ['BIS-F']), 'warn', /BIS-F/),
  trouble(
    'reboot.pending',
    'Windows wants one',
    (look) => (look.target.updates.pendingReboot = ['component servicing']),
    'fail',
    /component servicing/,
    { remedy: /Restart-Computer/ },
  ),
  trouble(
    'reboot.pending',
    'it cannot be read',
    (look) => (look.target.updates.pendingReboot = unread),
    'unknown',
    /access denied/,
  ),
  trouble('updates.staged', 'one waits', (look) => (look.target.updates.staged = ['KB5031354']), 'fail', /KB5031354/),
  trouble('updates.staged', 'it cannot be read', (look) => (look.target.updates.staged = unread), 'unknown', /access denied/),
  trouble(
    'updates.installer',
    'one runs',
    (look) => (look.target.updates.installerRunning = true),
    'fail',
    /an installer is running/,
  ),
  trouble(
    'updates.installer',
    'it cannot be read',
    (look) => (look.target.updates.installerRunning = unread),
    'unknown',
    /access denied/,
  ),
]

const office: readonly Trouble[] = [
  trouble(
    'office.installs',
    'it is a retail edition',
    (look) => {
      for (const one of look.target.office.installs) one.volume = false
    },
    'warn',
    /no volume licence: Office 2021/,
  ),
  trouble(
    'office.installs',
    'the workflow denies it',
    (look) => (look.plan.office.present = 'none'),
    'warn',
    /the workflow says "no Office", found Office 2021/,
    { remedy: /office\.present: auto/ },
  ),
  trouble(
    'office.installs',
    'it is a subscription',
    (look) => {
      for (const one of look.target.office.installs) Object.assign(one, { volume: false, release: '365' })
    },
    'pass',
    /subscription, nothing to do/,
  ),
  trouble('office.running', 'Outlook is open', (look) => (look.target.office.running = ['outlook.exe']), 'warn', /outlook\.exe/),
  trouble(
    'office.rearmTool',
    'it is not found',
    (look) => {
      for (const one of look.target.office.installs) one.rearmTool = null
    },
    'fail',
    /not found for Office 2021/,
  ),
  trouble(
    'office.query',
    'it fails',
    (look) => (look.target.office.query = { answers: false, code: '0xC004E002', message: 'inconsistent' }),
    'warn',
    /0xC004E002/,
    { remedy: /explain 0xC004E002/ },
  ),
  trouble(
    'office.order',
    'the article order is forced on a shared store',
    (look) => (look.plan.order = 'article'),
    'fail',
    /although Office shares sppsvc/,
    { remedy: /order: auto/ },
  ),
  trouble(
    'office.order',
    'the risk is accepted',
    (look) => {
      look.plan.order = 'article'
      look.plan.acceptRisk = ['order']
    },
    'warn',
    /\(accepted\)/,
  ),
  trouble(
    'key.office',
    'no key is known',
    (look) => {
      for (const one of look.target.office.installs) one.products = ['ProPlus2021Volume', 'Unheard2021Volume']
    },
    'fail',
    /no key is known for Unheard2021Volume$/,
  ),
  trouble('rearm.office', 'none is left', (look) => (look.target.office.rearmsLeft = 0), 'fail', /none left/),
  trouble(
    'rearm.office',
    'the count cannot be read',
    (look) => (look.target.office.rearmsLeft = unread),
    'unknown',
    /access denied/,
  ),
  trouble(
    'rearm.office',
    'no product tells a count: before its first key, and always where Office has a service of its own',
    (look) => (look.target.office.rearmsLeft = null),
    'na',
    /no Office product tells/,
  ),
]

/** Everything that can be wrong with Windows and Office on the target. */
export const licenceTroubles: readonly Trouble[] = [...windows, ...office]
