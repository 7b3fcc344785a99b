import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Addresses, isCidr } from './addresses.ts';

const refused = [
  '0.0.0.0',
  '10.0.0.1',
  '100.64.0.1',
  '100.127.255.255',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.8',
  '192.0.2.1',
  '192.88.99.2',
  '192.168.1.1',
  '198.18.0.1',
  '198.19.255.255',
  '198.51.100.7',
  '203.0.113.9',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::7f00:1',
  '::ffff:10.0.0.1',
  '::ffff:7f00:1',
  '0:0:0:0:0:ffff:a9fe:a9fe',
  '64:ff9b::7f00:1',
  '64:ff9b:1::1',
  '100::1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '3fff::1',
  '4000::1',
  '5f00::1',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'fe80::1%lo',
  'fec0::1',
  'ff02::1',
  'localhost',
  '2130706433',
  '',
];

const reached = [
  '1.1.1.1',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '172.15.255.255',
  '172.32.0.0',
  '198.17.255.255',
  '223.255.255.255',
  '::ffff:8.8.8.8',
  '2001:4860:4860::8888',
  '2606:4700::1111',
  '2a00:1450::1',
];

void test('addresses that are not public are not reached, in whatever form', () => {
  const addresses = new Addresses([]);
  assert.deepEqual(
    refused.filter((each) => addresses.mayReach(each)),
    [],
  );
  assert.deepEqual(
    reached.filter((each) => !addresses.mayReach(each)),
    [],
  );
});

void test('what the operator allows is reached, and nothing beside it', () => {
  const addresses = new Addresses(['127.0.0.1/32', 'fd00::/8']);
  assert.equal(addresses.mayReach('127.0.0.1'), true);
  assert.equal(addresses.mayReach('::ffff:127.0.0.1'), true);
  assert.equal(addresses.mayReach('127.0.0.2'), false);
  assert.equal(addresses.mayReach('fd00::1'), true);
  assert.equal(addresses.mayReach('fc00::1'), false);
});

void test('a range is an address and a number of bits', () => {
  for (const range of ['10.0.0.0/8', '127.0.0.1/32', '0.0.0.0/0', 'fd00::/8', '::/0'])
    assert.equal(isCidr(range), true, range);
  for (const other of ['10.0.0.0', '10.0.0.0/33', '10.0.0/8', 'a/8', '1.2.3.4/8/9', 'fd00::/129'])
    assert.equal(isCidr(other), false, other);
});
