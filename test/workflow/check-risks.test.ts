import { describe, expect, test } from '@jest/globals'
import { message, problemsOf, w11 } from './workspace.ts'

const office = (key: string, id = 'ProPlus') => `office: { keys: { ${id}: ${key} } }\n`
const OFFICE_2021 = office('FXYTK-NJJ8C-GB6DW-3DYQT-6F7TH', 'ProPlus2021Volume')
const OFFICE_2010 = office('VYBBJ-TRJPB-QFQRF-QFT4D-H3GVB')

describe('a forced order', () => {
  test('of the article needs to be accepted where Office may share the licensing service', () => {
    expect(problemsOf(w11('order: article\n'))).toBe(message`
      w11.yaml:6:8  order: article rearms Windows first; an Office that shares its service may then meet 0xC004D302
        6 | order: article
          |        ^^^^^^^ write "order: auto", or acceptRisk: [order] if it is meant`)
    expect(problemsOf(w11(`order: article\nwindows: { os: Windows 11 Enterprise }\n${OFFICE_2021}`))).toContain(
      'order: article rearms Windows first; this Office shares the licensing service of Windows and may then meet 0xC004D302',
    )
    expect(problemsOf(w11('order: article\nacceptRisk: [order]\n'))).toBe('')
  })

  test('of the article is right on Windows 7, with Office 2010 alone, and without Office', () => {
    expect(problemsOf(w11('order: article\nwindows: { os: Windows 7 Enterprise }\n'))).toBe('')
    expect(problemsOf(w11(`order: article\n${OFFICE_2010}`))).toBe('')
    expect(problemsOf(w11('order: article\noffice: { present: none }\n'))).toBe('')
  })
})

describe('risks that have to be accepted by name', () => {
  test('a licence store that is always rebuilt although Office keeps its licences there', () => {
    expect(problemsOf(w11(`cleanTokens: always\nwindows: { os: Windows 11 Enterprise }\n${OFFICE_2021}`))).toBe(message`
      w11.yaml:6:14  cleanTokens: always drops the licences of this Office, which are kept in the same store as those of Windows
        6 | cleanTokens: always
          |              ^^^^^^ write "cleanTokens: auto", or acceptRisk: [officeLicences] if it is meant`)
    expect(problemsOf(w11(`cleanTokens: always\nwindows: { os: Windows 7 Enterprise }\n${OFFICE_2010}`))).toBe('')
  })

  test('a maintenance version', () => {
    const file = w11().replace('kms-new-image', 'kms-maintenance-version')
    expect(problemsOf(file)).toBe(message`
      w11.yaml:1:10  a maintenance version is experimental: no public source shows that PVS prepares the disk when it is promoted
        1 | extends: kms-maintenance-version
          |          ^^^^^^^^^^^^^^^^^^^^^^^ write acceptRisk: [maintenanceVersion] if it is meant`)
    expect(problemsOf(`${file}acceptRisk: [maintenanceVersion]\n`)).toBe('')
  })

  test('the Imaging Wizard, which also needs a size', () => {
    expect(problemsOf(w11().replace('name: W11-Office', 'name: W11, create: imaging-wizard'))).toBe(message`
      w11.yaml:3:1  create: imaging-wizard needs the size of the new disk
        3 | vdisk: { store: Store1, name: W11, create: imaging-wizard }
          | ^^^^^ expected vdisk.size: 80GiB

      w11.yaml:3:44  create: imaging-wizard is experimental: the silent options of the wizard are not documented
        3 | vdisk: { store: Store1, name: W11, create: imaging-wizard }
          |                                            ^^^^^^^^^^^^^^ write acceptRisk: [imagingWizard] if it is meant`)
  })

  test('the Imaging Wizard in a scenario that works on a disk that is there', () => {
    const problems = problemsOf(
      w11('acceptRisk: [imagingWizard]\nscenario: update-image\n').replace(
        'name: W11-Office',
        'name: W11, create: imaging-wizard, size: 80GiB',
      ),
    )
    expect(problems).toContain('imaging-wizard makes a new vDisk, and scenario update-image works on one that is there')
  })

  test('a risk that does not exist', () => {
    expect(problemsOf(w11('acceptRisk: [singelCanary]\n'))).toBe(message`
      w11.yaml:6:14  acceptRisk[1] is "singelCanary"
        6 | acceptRisk: [singelCanary]
          |              ^^^^^^^^^^^^ did you mean "singleCanary"?`)
  })
})

describe('canaries', () => {
  const canaries = (list: string, more = '') => w11(more).replace('[W11-T01, W11-T02]', list)

  test('one is not enough, unless that is accepted', () => {
    expect(problemsOf(canaries('[W11-T01]'))).toBe(message`
      w11.yaml:5:11  one canary cannot show that clones differ: after a lost rearm all share one new CMID
        5 | canaries: [W11-T01]
          |           ^^^^^^^^^ expected canaries: [one, two]; or acceptRisk: [singleCanary], marked weaker`)
    expect(problemsOf(canaries('[W11-T01]', 'acceptRisk: [singleCanary]\n'))).toBe('')
  })

  test('none is worse', () => {
    expect(problemsOf(canaries('[]'))).toBe(message`
      w11.yaml:5:11  no canaries are named: nothing would show that clones differ
        5 | canaries: []
          |           ^^ expected canaries: [one, two]`)
    const update = w11()
      .replace('kms-new-image', 'kms-update-image')
      .replace(/canaries.*\n/, '')
    expect(problemsOf(update)).toBe(message`
      w11.yaml:1:10  no canaries are named: nothing would show that clones differ
        1 | extends: kms-update-image
          |          ^^^^^^^^^^^^^^^^ expected canaries: [one, two]; or acceptRisk: [updateWithoutCanaries]`)
  })

  test('a maintenance version has to have two, whatever is accepted', () => {
    const file = canaries('[W11-T01]', 'acceptRisk: [maintenanceVersion, singleCanary]\n').replace(
      'kms-new-image',
      'kms-maintenance-version',
    )
    expect(problemsOf(file)).toContain('1 canary is named: a maintenance version needs two')
  })

  test('the prep device is none, and the same device twice is one', () => {
    expect(problemsOf(canaries('[W11-MASTER, W11-T01, W11-T01]'))).toBe(message`
      w11.yaml:5:12  W11-MASTER is the prep device; it cannot be its own canary
        5 | canaries: [W11-MASTER, W11-T01, W11-T01]
          |            ^^^^^^^^^^ expected another target device

      w11.yaml:5:33  W11-T01 is named twice; the same device cannot differ from itself
        5 | canaries: [W11-MASTER, W11-T01, W11-T01]
          |                                 ^^^^^^^ expected another target device`)
  })

  test('more cannot be asked for than are named, and one alone proves little', () => {
    expect(problemsOf(w11('verify: { minimum: 3 }\n'))).toBe(message`
      w11.yaml:6:20  verify.minimum is 3, and 2 canaries are named
        6 | verify: { minimum: 3 }
          |                    ^`)
    expect(problemsOf(w11('verify: { minimum: 1 }\n'))).toContain('one canary alone proves little')
  })
})
