import { describe, expect, test } from '@jest/globals'
import { message, problemsOf, w11 } from './workspace.ts'

function hook(step: string, when: string, fields: string, more = ''): string {
  return w11(`${more}hooks:\n  ${step}:\n    ${when}:\n      - { name: Do, on: target, ${fields} }\n`)
}

describe('hooks and the no-reboot window', () => {
  test('a hook between rearm and seal has to say that it cannot reboot', () => {
    expect(problemsOf(hook('rearmWindows', 'after', 'run: Remove-Item C:\\x'))).toBe(message`
      w11.yaml:9:11  a hook after rearmWindows runs between rearm and seal, where a reboot spends the rearm on the prep device itself
        9 |       - { name: Do, on: target, run: Remove-Item C:\x }
          |           ^^^^ expected mayReboot: false if it cannot reboot, or a hook before the first rearm`)
    expect(problemsOf(hook('rearmWindows', 'after', 'run: Remove-Item C:\\x, mayReboot: false'))).toBe('')
  })

  test('one that says it may is refused', () => {
    expect(problemsOf(hook('sealVDisk', 'before', 'run: x, mayReboot: true'))).toBe(message`
      w11.yaml:9:52  a hook before sealVDisk must not reboot: the rearm would be spent on the prep device itself
        9 |       - { name: Do, on: target, run: x, mayReboot: true }
          |                                                    ^^^^ expected a hook before the first rearm, such as cleanTokens.before; or mayReboot: false`)
  })

  test('one that says it cannot and does is found out', () => {
    for (const script of ['Restart-Computer -Force', 'shutdown.exe /r /t 0', 'Stop-Computer']) {
      expect(problemsOf(hook('rearmOffice', 'after', `run: ${script}, mayReboot: false`))).toContain(
        'this hook is declared mayReboot: false, and its script says',
      )
    }
  })

  test('outside the window a hook may reboot, and so may one on another machine inside it', () => {
    expect(problemsOf(hook('cleanTokens', 'before', 'run: Restart-Computer, mayReboot: true'))).toBe('')
    expect(problemsOf(hook('sealVDisk', 'after', 'run: x').replace('on: target', 'on: pvs'))).toBe('')
    expect(problemsOf(hook('sealVDisk', 'before', 'run: x').replace('on: target', 'on: pvs'))).toBe('')
  })

  test('the window follows the order: before the Office key is outside it in 6-7-5 and inside in 5-6-7', () => {
    expect(problemsOf(hook('installOfficeKey', 'before', 'run: x', 'order: officeFirst\n'))).toBe('')
    expect(problemsOf(hook('rearmWindows', 'before', 'run: x', 'order: officeFirst\n'))).toContain(
      'before rearmWindows runs between rearm and seal',
    )
    const windows7 = 'windows: { os: Windows 7 Enterprise }\n'
    expect(problemsOf(hook('installOfficeKey', 'before', 'run: x', windows7))).toContain('before installOfficeKey runs between')
    expect(problemsOf(hook('rearmWindows', 'before', 'run: x', windows7))).toBe('')
  })

  test('without any rearm there is no window', () => {
    const never = 'windows: { rearm: never }\noffice: { rearm: never }\n'
    expect(problemsOf(hook('sealVDisk', 'before', 'run: x, mayReboot: true', never))).toBe('')
  })

  test('after the Office rearm no hook may use Office', () => {
    expect(problemsOf(hook('rearmOffice', 'after', 'run: cscript ospp.vbs /dstatus, mayReboot: false'))).toBe(message`
      w11.yaml:9:38  this hook uses ospp.vbs after the Office rearm: that starts the grace timer in the image
        9 |       - { name: Do, on: target, run: cscript ospp.vbs /dstatus, mayReboot: false }
          |                                      ^^^^^^^^^^^^^^^^^^^^^^^^^ expected a hook before rearmOffice`)
  })
})

describe('what a hook has to say', () => {
  test('its name, where it runs, and one script', () => {
    expect(problemsOf(w11('hooks:\n  cleanTokens:\n    before:\n      - { run: x, file: y.ps1 }\n'), { 'y.ps1': 'x' }))
      .toBe(message`
      w11.yaml:9:9  this hook has no name
        9 |       - { run: x, file: y.ps1 }
          |         ^^^^^^^^^^^^^^^^^^^^^^^ expected name: what people see of it

      w11.yaml:9:9  this hook does not say where it runs
        9 |       - { run: x, file: y.ps1 }
          |         ^^^^^^^^^^^^^^^^^^^^^^^ expected on: target, pvs or local

      w11.yaml:9:9  this hook has two scripts
        9 |       - { run: x, file: y.ps1 }
          |         ^^^^^^^^^^^^^^^^^^^^^^^ expected run: or file:, not both`)
  })

  test('a script file that exists; a reboot inside it is seen too', () => {
    expect(problemsOf(hook('cleanTokens', 'before', 'file: hooks/update.ps1'))).toBe(message`
      w11.yaml:9:39  the script hooks/update.ps1 does not exist
        9 |       - { name: Do, on: target, file: hooks/update.ps1 }
          |                                       ^^^^^^^^^^^^^^^^`)
    const more = { 'hooks/update.ps1': '# update\nRestart-Computer\n' }
    expect(problemsOf(hook('rearmOffice', 'after', 'file: hooks/update.ps1, mayReboot: false'), more)).toContain(
      '"Restart-Computer"',
    )
  })

  test('no parameter that is a secret, and none that PowerShell cannot name', () => {
    const said = problemsOf(hook('cleanTokens', 'before', 'run: x, parameters: { Ring: 2, Pass-Word: hunter2, two words: x }'))
    expect(said).not.toContain('hunter2')
    expect(said).toContain('"Pass-Word" cannot be the name of a parameter')
    expect(problemsOf(hook('cleanTokens', 'before', 'run: x, parameters: { AdminPassword: hunter2 }'))).toBe(message`
      w11.yaml:9:55  the parameter "AdminPassword" looks like a secret; parameters are written to the record
        9 |       - { name: Do, on: target, run: x, parameters: { AdminPassword: ****
          |                                                       ^^^^^^^^^^^^^ expected a script that reads its secret where it runs`)
  })
})

describe('hooks that cannot run', () => {
  test('on a prep device that step 8 has shut down', () => {
    expect(problemsOf(hook('sealVDisk', 'after', 'run: x'))).toBe(message`
      w11.yaml:9:25  a hook after sealVDisk cannot run on the prep device: step 8 has shut it down
        9 |       - { name: Do, on: target, run: x }
          |                         ^^^^^^ expected on: pvs or on: local; or a hook before sealVDisk`)
    for (const [step, when] of [
      ['verify', 'before'],
      ['release', 'after'],
    ] as const)
      expect(problemsOf(hook(step, when, 'run: x'))).toContain(`a hook ${when} ${step} cannot run on the prep device`)
    expect(problemsOf(hook('cleanTokens', 'after', 'run: x'))).toBe('')
  })

  test('as one command line of this machine, with several lines', () => {
    const local = (run: string) => hook('cleanTokens', 'before', `run: ${run}`).replace('on: target', 'on: local')
    expect(problemsOf(local('"one\\ntwo"'))).toContain('a local hook is one command line, and this one has several lines')
    expect(problemsOf(local('"one\\n"'))).toBe('')
  })

  test('longer than an operation may last', () => {
    expect(problemsOf(hook('cleanTokens', 'before', 'run: x, timeout: 5h'))).toContain('a hook may run 5h')
    expect(problemsOf(hook('cleanTokens', 'before', 'run: x, timeout: 4h'))).toBe('')
  })
})
