import { createHmac } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { hostKeyFrom, judgeHostKey, knownName, knownTypes, withHostKey } from '../../../src/remote/ssh/known-hosts.ts'
import { keyPair } from '../../../src/lab/ssh/keys.ts'

function newKey() {
  const [, blob = ''] = keyPair().public.split(' ')
  return hostKeyFrom(Buffer.from(blob, 'base64'))
}
const key = newKey()
const line = (names: string, of = key) => `${names} ${of.type} ${of.blob.toString('base64')}`
const judged = (text: string, name = 'pvs01.hq') => judgeHostKey(text, name, key)

describe('a known_hosts file', () => {
  test('an address on port 22 is kept bare, any other with its port', () => {
    expect([knownName('PVS01.hq', 22), knownName('::1', 2222)]).toEqual(['pvs01.hq', '[::1]:2222'])
  })

  test.each([
    ['its own name', line('pvs01.hq'), 'known'],
    ['one of several names, in other letters', line('10.0.0.1,PVS01.HQ'), 'known'],
    ['a pattern', line('pvs0?.*'), 'known'],
    ['a pattern that leaves it out', line('*.hq,!pvs01.hq'), 'unknown'],
    ['a comment behind the key', `${line('pvs01.hq')} somebody@somewhere`, 'known'],
    ['tabs and a carriage return', `${line('pvs01.hq').replaceAll(' ', '\t')}\r`, 'known'],
    ['another key', line('pvs01.hq', newKey()), 'changed'],
    ['another key and its own', `${line('pvs01.hq', newKey())}\n${line('pvs01.hq')}`, 'known'],
    ['the key of another host', line('pvs02.hq'), 'unknown'],
    ['the name with a port', line('[pvs01.hq]:22'), 'unknown'],
    ['a line that is commented out', `# ${line('pvs01.hq')}`, 'unknown'],
    ['a revoked key', `@revoked ${line('*')}\n${line('pvs01.hq')}`, 'revoked'],
    ['a certificate authority, which is not asked', `@cert-authority ${line('*.hq')}`, 'unknown'],
    ['a name whose dots are no pattern', line('pvs01xhq'), 'unknown'],
    ['nonsense', 'pvs01.hq\nssh-ed25519\n|1|x\n', 'unknown'],
  ])('with %s says so', (_, text, verdict) => {
    expect(judged(text)).toBe(verdict)
  })

  test('a hashed name is found', () => {
    const salt = Buffer.from('0123456789abcdefghij')
    const hash = createHmac('sha1', salt).update('pvs01.hq').digest('base64')
    expect(judged(line(`|1|${salt.toString('base64')}|${hash}`))).toBe('known')
    expect(judged(line(`|1|${salt.toString('base64')}|${hash}`), 'pvs02.hq')).toBe('unknown')
  })

  test('after a key was written it is the only one known for its name', () => {
    const old = `${line('pvs01.hq', newKey())}\n${line('*.hq', newKey())}\n${line('pvs02.hq', newKey())}\n`
    const text = withHostKey(old, 'pvs01.hq', key)
    expect(judged(text)).toBe('known')
    expect(text.split('\n').filter((kept) => kept.startsWith('pvs01.hq'))).toEqual([line('pvs01.hq')])
    expect(text).toContain('pvs02.hq')
    expect(knownTypes(text, 'pvs01.hq')).toContain('ssh-ed25519')
  })
})
