import { expect, test } from '@jest/globals'
import { channelOf } from '../../src/licensing/channel.ts'
import { classOfCode } from '../../src/licensing/codes.ts'

test.each([
  ['0xC004F038', 'threshold'],
  ['0xC004F074', 'unreachable'],
  ['0x8007232B', 'unreachable'],
  ['0xC004F06C', 'clock'],
  ['0xC004D302', 'rearmed'],
  ['0xC004D307', 'exhausted'],
  ['0xC004F075', 'passing'],
  ['0xC004F050', 'image'],
  ['0xC004F069', 'image'],
] as const)('the code %s speaks of: %s', (code, about) => {
  expect(classOfCode(code)).toBe(about)
})

test.each([
  ['Windows(R) Operating System, VOLUME_KMSCLIENT channel', 'VOLUME_KMSCLIENT'],
  ['Windows(R) Operating System, VOLUME_KMS_WS22 channel', 'VOLUME_KMS'],
  ['Windows(R) Operating System, VOLUME_MAK channel', 'VOLUME_MAK'],
  ['Windows(R) Operating System, VIRTUAL_MACHINE_ACTIVATION channel', 'AVMA'],
  ['Windows(R) Operating System, TIMEBASED_EVAL channel', 'EVALUATION'],
  ['Windows(R) Operating System, RETAIL channel', 'OTHER'],
] as const)('the description "%s" is the channel %s', (description, channel) => {
  expect(channelOf(description)).toBe(channel)
})
