import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnswerRate } from './answer-rate.ts';

function countFull(rate: AnswerRate, addresses: readonly string[]): number {
  return addresses.filter((address) => rate.take(address)).length;
}

test('a network is answered in full so often, and then as time goes by', () => {
  let now = 0;
  const rate = new AnswerRate(() => now);
  const network = Array.from({ length: 250 }, (_, n) => `192.0.2.${n}`);
  assert.equal(countFull(rate, network), 200);
  assert.equal(countFull(rate, ['192.0.3.1', '198.51.100.1']), 2, 'others are not in its way');
  now += 1_000;
  assert.equal(countFull(rate, network), 50);
});

test('a /56 is a network, however its addresses are written', () => {
  const rate = new AnswerRate(() => 0);
  const network = Array.from({ length: 250 }, (_, n) => `2001:db8:0:12${n % 2}0::${n}`);
  assert.equal(countFull(rate, network), 200);
  assert.equal(rate.take('2001:db8::1'), true);
  assert.equal(rate.take('2001:db8:0:1300::1'), true);
});

test('what comes from this machine is always answered', () => {
  const rate = new AnswerRate(() => 0);
  const own = Array.from(
    { length: 900 },
    (_, n) => ['127.0.0.1', '::1', '::ffff:127.0.0.1'][n % 3]!,
  );
  assert.equal(countFull(rate, own), 900);
});

test('a million networks do not take more memory than ten thousand', () => {
  const rate = new AnswerRate(() => 0);
  for (let n = 0; n < 200; n += 1) rate.take('192.0.2.1');
  assert.equal(rate.take('192.0.2.1'), false);
  for (let n = 0; n < 10_000; n += 1) rate.take(`10.${n >> 8}.${n & 255}.1`);
  assert.equal(rate.take('192.0.2.1'), true, 'it was forgotten');
});
