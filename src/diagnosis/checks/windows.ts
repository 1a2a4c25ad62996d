import { isSealedForMak } from '../../farm/licence-mode.ts'
import { channelOf, primaryProduct } from '../../licensing/channel.ts'
import { TRUSTED_STORE_REARMED } from '../../licensing/codes.ts'
import type { Check } from '../check.ts'
import { defineCheck, noReadings } from '../define.ts'
import { bad, na, pass, warn } from '../ruling.ts'
import { onAnsweringStore, onTarget } from '../subjects.ts'

const onOs = onTarget('os')
const onService = onTarget('service')
const onTokens = onTarget('tokens')
const onWindowsLicense = onTarget('windowsLicense')

/** First build with sppsvc; Vista and Server 2008 have slsvc and no PowerShell 5.1. Source: kms.md 6. */
const WINDOWS_7 = 7600

const version = defineCheck({
  id: 'windows.version',
  title: 'Windows release',
  group: 'windows',
  severity: 'fail',
  source: 'kb-tokens; kb-e015',
  reads: ['target.os'],
  rule: 'Fails below build 7600.',
  effect: 'The agents need Windows 7 / Server 2008 R2 or later.',
  remedy: ['Prepare this image by hand, or move to a supported Windows.'],
  byHand: 'on {host}: winver',
  subjects: onOs,
  facts: noReadings,
  ruling: (_, { os }) =>
    os.build < WINDOWS_7 ? bad(`${os.caption} (build ${os.build}) is too old`) : pass(`${os.caption} (build ${os.build})`),
})

const evaluation = defineCheck({
  id: 'windows.evaluation',
  title: 'evaluation edition',
  group: 'windows',
  severity: 'fail',
  source: 'ms-keys; ms-kms-issues',
  reads: ['target.os'],
  rule: 'Fails when the edition is an evaluation.',
  effect: 'An evaluation edition takes no KMS client key: no clone could activate.',
  remedy: ['on {host}: DISM /online /Set-Edition:<edition> /ProductKey:<key> /AcceptEula', 'vdiskprep keys'],
  byHand: 'on {host}: DISM /online /Get-CurrentEdition',
  subjects: onOs,
  facts: ({ os }) => ({ evaluation: os.evaluation }),
  ruling: (facts, { os }) => (facts.evaluation ? bad(`${os.editionId} is an evaluation edition`) : pass(os.editionId)),
})

const licensingService = defineCheck({
  id: 'windows.service',
  title: 'licensing service',
  group: 'windows',
  severity: 'fail',
  source: 'kb-tokens; kb-e015',
  reads: ['target.service'],
  rule: 'Fails when the licensing service does not exist or is disabled; it is started on demand.',
  effect: 'No licence fact can be read, no key installed, nothing rearmed.',
  remedy: ['on {host}: sc.exe config sppsvc start= delayed-auto', 'on {host}: Start-Service sppsvc'],
  byHand: 'on {host}: Get-Service sppsvc',
  subjects: onService,
  facts: noReadings,
  ruling(_, { service }) {
    if (service.state === 'absent') return bad(`${service.name} does not exist`)
    if (service.startMode === 'disabled') return bad(`${service.name} is disabled`)
    // sppsvc is started on demand and stops itself when idle: kms.md 6.
    return pass(`${service.name} is ${service.state} (${service.startMode})`)
  },
})

const query = defineCheck({
  id: 'windows.query',
  title: 'licence query of Windows',
  group: 'windows',
  severity: 'fail',
  source: 'va-guide; ms-sysprep; ms-office-rearm; kb-tokens; kb-e015',
  reads: ['target.windowsLicense.query', 'target.officeRearmed'],
  rule: 'Fails when the store was rearmed by somebody, or when it does not answer and the workflow does not rebuild it; warns when step 2 does.',
  effect: 'Keys and rearm cannot be proved on a store that does not answer.',
  remedy: ['Set cleanTokens: ifBroken in {file} (on Windows 8 and later the rebuild drops Office licences).'],
  byHand: 'on {host}: cscript //nologo C:\\Windows\\System32\\slmgr.vbs /dlv',
  subjects: onWindowsLicense,
  facts: noReadings,
  ruling(_, { windowsLicense, officeRearmed }, { plan, record }) {
    const { query } = windowsLicense
    if (query.answers) return pass('answers')
    if (query.code === TRUSTED_STORE_REARMED) {
      if (officeRearmed) return na('0xC004D302: rearmed by a run, waiting for the seal')
      const own = record?.working
      if (own?.inWindow === true)
        return na(`0xC004D302: rearmed by run ${own.run}, which works on it; a restart before the seal would lose that rearm`)
      return bad('0xC004D302: somebody rearmed this image and did not reboot it', {
        effect: 'Counters and CMID cannot be read; a second rearm would be spent blindly.',
        remedy: ['on {host}: Restart-Computer  # and let it activate'],
      })
    }
    const says = `fails with ${query.code} (${query.message})`
    return plan.cleanTokens === 'never' ? bad(says) : warn(`${says}: step 2 rebuilds the store`)
  },
})

const channel = defineCheck({
  id: 'key.channel',
  title: 'channel of the Windows key',
  group: 'windows',
  severity: 'fail',
  source: 'ms-keys; ms-kms-issues; slmgr; ms-wmi',
  reads: ['target.windowsLicense.query', 'target.windowsLicense.products'],
  rule: 'Fails when the key is of another channel than KMS and the workflow does not allow to replace it.',
  effect: 'The run holds before it replaces the key: that may give up a paid activation.',
  remedy: ['If it may be replaced, add windows.replaceChannel: [<channel>] to {file}.'],
  byHand: 'on {host}: cscript //nologo C:\\Windows\\System32\\slmgr.vbs /dli',
  subjects: onAnsweringStore,
  facts: ({ windowsLicense }) => ({ products: windowsLicense.products }),
  ruling({ products }, _, { plan }) {
    const product = primaryProduct(products)
    if (product === undefined) return pass('no key: step 3 installs it')
    const found = channelOf(product.description)
    const key = `...${product.partialKey ?? ''}`
    if (isSealedForMak(plan))
      return found === 'VOLUME_MAK'
        ? pass(`${key} ${found}, activation id ${product.activationId}`)
        : bad(`${key} is of channel ${found}; the disk is to be sealed for MAK`, {
            effect: 'PVS would try to activate its clones by a MAK that is not there.',
            remedy: ['Set seal.licenseMode: kms in {file}, or install the MAK on {host}.'],
          })
    if (found === 'VOLUME_KMSCLIENT') return pass(`${key} ${found}`)
    if (found === 'VOLUME_KMS' || found === 'EVALUATION') return na(`${found}: a question of its own`)
    if (plan.windows.replaceChannel.includes(found))
      return warn(`${key} is of channel ${found}; step 3 replaces it as the workflow allows`)
    return bad(`${key} is of channel ${found}, not of KMS`)
  },
})

const hostKey = defineCheck({
  id: 'key.hostKey',
  title: 'KMS host key in the image',
  group: 'windows',
  severity: 'fail',
  source: 'ms-keys; ms-kms-issues',
  reads: ['target.windowsLicense.query', 'target.windowsLicense.products', 'target.windowsLicense.kms'],
  rule: 'Fails when the image carries a KMS host key and the workflow does not allow to replace it.',
  effect: 'Every clone would become a KMS host and publish itself in DNS.',
  remedy: ['Set windows.replaceChannel: [VOLUME_KMS] in {file}: step 3 then installs the client key.'],
  byHand: 'on {host}: cscript //nologo C:\\Windows\\System32\\slmgr.vbs /dlv  # description VOLUME_KMS without CLIENT',
  subjects: onAnsweringStore,
  facts: ({ windowsLicense }) => ({ products: windowsLicense.products, kms: windowsLicense.kms }),
  ruling({ products, kms }, _, { plan }) {
    const product = primaryProduct(products)
    const isHost = kms.isHost || (product !== undefined && channelOf(product.description) === 'VOLUME_KMS')
    if (!isHost) return pass('none')
    const says = `the image carries a KMS host key (...${product?.partialKey ?? '?'})`
    return plan.windows.replaceChannel.includes('VOLUME_KMS')
      ? warn(`${says}; step 3 replaces it as the workflow allows`)
      : bad(says)
  },
})

const tokens = defineCheck({
  id: 'tokens.store',
  title: 'token store',
  group: 'windows',
  severity: 'fail',
  source: 'kb-tokens; kb-e015',
  reads: ['target.tokens'],
  rule: 'Fails when no tokens.dat is found and step 2 would rename it; warns when there are two, or a renamed one is left over.',
  effect: 'Step 2 renames only a file that was found; a guessed path would hit nothing.',
  remedy: ['on {host}: Start-Service sppsvc  # Windows normally makes the file again', 'Or set cleanTokens: never in {file}.'],
  byHand:
    'on {host}: Get-ChildItem -Recurse -Filter tokens.dat C:\\Windows\\System32\\spp\\store, C:\\Windows\\ServiceProfiles\\NetworkService\\AppData',
  subjects: onTokens,
  facts: noReadings,
  ruling(_, { tokens }, { plan }) {
    const folders = tokens.stores.filter((store) => store.file !== null).map((store) => store.folder)
    const backups = tokens.stores.flatMap((store) => store.backups.map((file) => file.path))
    if (folders.length === 0) {
      const says = `no tokens.dat in ${tokens.stores.map((store) => store.folder).join(', ') || 'any known folder'}`
      return plan.cleanTokens === 'never' ? warn(says) : bad(says)
    }
    if (folders.length > 1) return warn(`tokens.dat lies in ${folders.join(' and ')}: which one Windows uses is not told`)
    if (backups.length > 0) {
      return warn(`${folders[0] ?? ''}; a renamed store is left over: ${backups.join(', ')}`, {
        effect: 'It would be sealed into the image.',
        remedy: ['Remove it on {host} once Windows and Office licences are proved.'],
      })
    }
    return pass(folders[0] ?? '')
  },
})

/** Windows and its licence store on the target. */
export const windowsChecks: readonly Check[] = [version, evaluation, licensingService, query, channel, hostKey, tokens]
