import { describe, expect, test } from '@jest/globals'
import { privilegeOf } from '../../src/diagnosis/privilege.ts'

const unread = { unknown: 'access denied' }
const granted = { granted: true, via: 'S-1-5-32-544' }
const denied = { granted: false, via: null }

describe('the right to perform volume maintenance', () => {
  test.each([
    [true, granted, 'held', /through S-1-5-32-544/],
    [true, denied, 'fading', /next start loses it/],
    [true, unread, 'fading', /next start will is not known/],
    [false, granted, 'restart', /old token/],
    [false, denied, 'missing', /does not hold it/],
    [false, unread, 'missing', /does not hold it/],
    [unread, granted, 'unknown', /reaches a service at its next start/],
    [unread, denied, 'unknown', /policy does not grant it/],
    [unread, unread, 'unknown', /policy: access denied/],
  ] as const)('token %j and policy %j is "%s"', (tokenHolds, policyGrants, is, because) => {
    expect(privilegeOf({ tokenHolds, policyGrants })).toEqual({ is, because: expect.stringMatching(because) })
  })
})
