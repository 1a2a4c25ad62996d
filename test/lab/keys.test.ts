import { expect, test } from '@jest/globals'
import ssh2 from 'ssh2'
import { keyPair } from '../../src/lab/ssh/keys.ts'

test('every pair that is drawn can be read back, also those whose public key begins with zeros', () => {
  const pairs = Array.from({ length: 1500 }, () => keyPair())
  const unreadable = pairs
    .flatMap((pair) => [pair.public, pair.private])
    .filter((key) => ssh2.utils.parseKey(key) instanceof Error)
  expect(unreadable).toEqual([])
}, 30_000)
