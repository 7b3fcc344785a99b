import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ipv6Network, plainAddress } from './ip-network.ts';

for (const [address, network] of [
  ['2001:db8:0:1234::1', '2001:db8:0:12'],
  ['2001:db8:0:12ff:1:2:3:4', '2001:db8:0:12'],
  ['2001:db8:0:1300::1', '2001:db8:0:13'],
  ['2001:db8::1', '2001:db8:0:00'],
  ['::1', '0:0:0:00'],
  ['fe80::1%eth0', 'fe80:0:0:00'],
  ['192.0.2.1', undefined],
] as const) {
  test(`the network of ${address} is ${String(network)}`, () => {
    assert.equal(ipv6Network(address), network);
  });
}

test('IPv4 is IPv4, however it is dressed', () => {
  assert.equal(plainAddress('::ffff:192.0.2.1'), '192.0.2.1');
  assert.equal(plainAddress('::ffff:1'), '::ffff:1');
});
