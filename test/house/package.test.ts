import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')
/** Takes seconds of a compiler. */
const DEEP = process.env['VDISKPREP_DEEP'] === '1'
const deep = DEEP ? test : test.skip
const WHY = DEEP ? '' : ' (skipped: VDISKPREP_DEEP=1 runs it)'

describe('the package, installed into an empty folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vdp-package-'))
  const home = join(folder, 'node_modules/vdiskprep')
  const env = {
    ...process.env,
    PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
    VDISKPREP_HOME: join(folder, 'state'),
  }
  const vdiskprep = (...args: readonly string[]) =>
    spawnSync(process.execPath, [join(home, 'bin/vdiskprep.cjs'), ...args], { cwd: folder, env, encoding: 'utf8' })

  beforeAll(() => {
    const npm = (cwd: string, ...args: readonly string[]) =>
      execFileSync('npm', args, { cwd, env, encoding: 'utf8', stdio: 'pipe' })
    npm(ROOT, 'pack', '--silent', '--pack-destination', folder)
    const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? 'no tarball'
    writeFileSync(join(folder, 'package.json'), '{ "private": true }')
    npm(
      folder,
      'install',
      '--prefer-offline',
      '--no-audit',
      '--no-fund',
      '--omit=optional',
      '--ignore-scripts',
      join(folder, tarball),
    )
  }, 180_000)

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  test('it brings ssh2 and what ssh2 needs, and nothing else', () => {
    const brought = readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))
    expect(brought.sort()).toEqual(['asn1', 'bcrypt-pbkdf', 'safer-buffer', 'ssh2', 'tweetnacl', 'vdiskprep'])
  })

  test('it tells its version', () => {
    expect(vdiskprep('--version')).toMatchObject({ status: 0, stdout: '0.1.0\n', stderr: '' })
  })

  test('it finds every example in order', () => {
    const examples = readdirSync(join(home, 'examples')).filter((name) => !name.endsWith('.md'))
    const files = examples.flatMap((name) =>
      readdirSync(join(home, 'examples', name))
        .filter((file) => /^[ws]\d\d\.yaml$/.test(file))
        .map((file) => join(home, 'examples', name, file)),
    )
    expect(files.length).toBeGreaterThan(6)
    expect(vdiskprep('validate', ...files)).toMatchObject({ status: 0, stderr: '' })
  })

  test('it explains an error text, and starts from its own files alone', () => {
    expect(vdiskprep('explain', 'An unexpected MAP error occurred')).toMatchObject({ status: 0, stderr: '' })
    expect(vdiskprep('init', 'new.yaml')).toMatchObject({ status: 0, stderr: '' })
  })

  test('it is a library that a program of another package imports', () => {
    const text = `import { validate } from 'vdiskprep'
      const { ok, vdisks } = await validate('node_modules/vdiskprep/examples/first-vdisk/w11.yaml')
      process.stdout.write(JSON.stringify([ok, vdisks.map(({ name }) => name)]))`
    writeFileSync(join(folder, 'use.mjs'), text)
    const told = spawnSync(process.execPath, ['use.mjs'], { cwd: folder, env, encoding: 'utf8' })
    expect([told.stdout, told.stderr]).toEqual(['[true,["W11-Office"]]', ''])
  })

  deep(`its types need no other package, also where every declaration is checked${WHY}`, () => {
    const text = `import { run, VdiskprepError, type RunResult } from 'vdiskprep'
      const work = run('w11.yaml', { waitFor: 'done', timeoutMs: 5 })
      for await (const { type, seq } of work.events()) void [type.length, seq + 1]
      export const left: RunResult = await work.result.catch((thrown: unknown) => {
        throw thrown instanceof VdiskprepError ? new Error(thrown.remedy.join()) : thrown
      })
      // @ts-expect-error these are not the words
      run('w11.yaml', { waitFor: 'ever' })`
    writeFileSync(join(folder, 'use.mts'), text)
    const flags = '--noEmit --strict --skipLibCheck false --module nodenext --target esnext --lib esnext,dom use.mts'
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
    const told = spawnSync(process.execPath, [tsc, ...flags.split(' ')], { cwd: folder, env, encoding: 'utf8' })
    expect([told.status, told.stdout]).toEqual([0, ''])
  })

  test('it runs the example on the simulated farm to a verified vDisk', () => {
    const example = join(home, 'examples/first-vdisk')
    const run = vdiskprep('run', join(example, 'w11.yaml'), '--lab', join(example, 'lab.yaml'))
    expect({ status: run.status, ended: run.stdout.includes('VERIFIED'), told: run.stderr }).toMatchObject({
      status: 0,
      ended: true,
    })
  }, 120_000)
})

test('a Node that is too old is told so in one sentence, by the program and before npm start', () => {
  const old = "Object.defineProperty(process.versions, 'node', { value: '20.1.0' }); require(process.argv[1])"
  for (const script of ['bin/vdiskprep.cjs', 'scripts/guard.cjs']) {
    const told = spawnSync(process.execPath, ['-e', old, join(ROOT, script)], { encoding: 'utf8' })
    expect(told.status).not.toBe(0)
    expect(told.stderr).toMatch(/^vdiskprep needs Node 24.*20\.1\.0.*\n$/)
  }
})
