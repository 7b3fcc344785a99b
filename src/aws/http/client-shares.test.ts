import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ClientShares } from './client-shares.ts';

test('a client holds no more than its share, and others have theirs', () => {
  const shares = new ClientShares(3);
  assert.ok(shares.take('192.0.2.1', 2));
  assert.ok(!shares.take('192.0.2.1', 2));
  assert.ok(shares.take('192.0.2.1'));
  assert.ok(!shares.take('::ffff:192.0.2.1'));
  assert.ok(shares.take('192.0.2.2', 3));
  shares.give('192.0.2.1', 2);
  assert.ok(shares.take('192.0.2.1', 2));
});

test('who has a network of IPv6 has one share, not one for each address', () => {
  const shares = new ClientShares(1);
  assert.ok(shares.take('2001:db8:0:1200::1'));
  assert.ok(!shares.take('2001:db8:0:1234::2'));
  assert.ok(shares.take('2001:db8:0:1300::1'));
});
