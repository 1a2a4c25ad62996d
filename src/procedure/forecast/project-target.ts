import { lastFive, primaryProduct } from '../../licensing/channel.ts'
import type { ArgsOf, OperationName } from '../../wire/operations/catalogue.ts'
import type { LicensedProduct, TargetState, WindowsLicense } from '../../wire/operations/target-state.ts'
import { known } from '../../wire/reading.ts'
import type { Ask } from '../asking.ts'

type Of<O extends OperationName> = ArgsOf<O>

/** What a target would say after an act on it, where the act decides it; else as it is. */
export function targetAfter(state: TargetState, act: Ask): TargetState {
  switch (act.op) {
    case 'Reset-VdpTokenStore': {
      const { folder } = act.args as Of<'Reset-VdpTokenStore'>
      return withStores(state, (store) =>
        store.folder === folder && store.file !== null ? { ...store, backups: [...store.backups, store.file] } : store,
      )
    }
    case 'Remove-VdpTokenBackup': {
      const { backup } = act.args as Of<'Remove-VdpTokenBackup'>
      return withStores(state, (store) => ({ ...store, backups: store.backups.filter((file) => file.path !== backup) }))
    }
    case 'Set-VdpWindowsKey':
      return withWindows(state, (licence) => withKey(licence, (act.args as Of<'Set-VdpWindowsKey'>).key))
    case 'Set-VdpKmsHost': {
      const { machine, port } = act.args as Of<'Set-VdpKmsHost'>
      return withWindows(state, (licence) =>
        known(licence.kms) ? { ...licence, kms: { ...licence.kms, machine, port: port ?? licence.kms.port } } : licence,
      )
    }
    case 'Invoke-VdpWindowsActivation':
      return withWindows(state, activated)
    case 'Set-VdpUpdateServices': {
      const { services, state: to } = act.args as Of<'Set-VdpUpdateServices'>
      if (state.updates === undefined) return state
      const all = state.updates.services.map((one) => (services.includes(one.name) ? { ...one, state: to } : one))
      return { ...state, updates: { ...state.updates, services: all } }
    }
    case 'Set-VdpOfficeKey':
      return withOfficeKey(state, (act.args as Of<'Set-VdpOfficeKey'>).key)
    default:
      return state
  }
}

type Store = NonNullable<TargetState['tokens']>['stores'][number]

function withStores(state: TargetState, change: (store: Store) => Store): TargetState {
  return state.tokens === undefined ? state : { ...state, tokens: { stores: state.tokens.stores.map(change) } }
}

function withWindows(state: TargetState, change: (licence: WindowsLicense) => WindowsLicense): TargetState {
  return state.windowsLicense === undefined ? state : { ...state, windowsLicense: change(state.windowsLicense) }
}

/** A new key is not activated yet (LicenseStatus 2: grace out of box). */
function withKey(licence: WindowsLicense, key: string): WindowsLicense {
  if (!known(licence.products)) return licence
  const primary = primaryProduct(licence.products) ?? licence.products[0]
  const fresh = { partialKey: lastFive(key), description: 'VOLUME_KMSCLIENT channel', status: 2, graceMinutes: 0 }
  return { ...licence, products: licence.products.map((one) => (one === primary ? { ...one, ...fresh } : one)) }
}

/** KMS activates for 180 days. Source: kms.md 3.2. */
function activated(licence: WindowsLicense): WindowsLicense {
  if (!known(licence.products)) return licence
  const primary = primaryProduct(licence.products)
  const done = { status: 1, graceMinutes: 259_200 }
  return { ...licence, products: licence.products.map((one) => (one === primary ? { ...one, ...done } : one)) }
}

function withOfficeKey(state: TargetState, key: string): TargetState {
  const { office } = state
  if (office === undefined || !known(office.products)) return state
  const product: LicensedProduct = {
    activationId: NOBODY,
    applicationId: NOBODY,
    name: 'Office',
    description: 'VOLUME_KMSCLIENT channel',
    partialKey: lastFive(key),
    status: 2,
    statusReason: '',
    graceMinutes: 0,
    vlActivationType: 0,
    isAddon: false,
  }
  return { ...state, office: { ...office, products: [...office.products, product] } }
}

const NOBODY = '00000000-0000-0000-0000-000000000000'
