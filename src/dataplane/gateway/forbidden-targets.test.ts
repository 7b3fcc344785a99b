import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forbiddenTargets } from './forbidden-targets.ts';

const listeners = [{ host: '127.0.3.7', port: 8443 }];
const isForbidden = forbiddenTargets({
  endpoint: { host: '127.0.0.1', port: 4566 },
  listeners: () => listeners,
});

test('no spelling of a link-local, metadata or group address is a target', () => {
  for (const address of [
    '169.254.169.254',
    '169.254.170.2',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '0:0:0:0:0:ffff:a9fe:a9fe',
    '::169.254.169.254',
    '64:ff9b::a9fe:a9fe',
    'fe80::1',
    'FE80::1',
    'fd00:ec2::254',
    'fd00:0ec2:0:0:0:0:0:254',
    '0.0.0.0',
    '0.1.2.3',
    '::',
    '::ffff:0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    'ff02::1',
    '168.63.129.16',
    '100.100.100.200',
  ])
    assert.equal(isForbidden(address, 80), true, address);
});

test('private, public and loopback addresses are', () => {
  for (const address of ['10.0.0.1', '192.168.1.1', '127.0.0.1', '::1', 'fd12::1', '203.0.113.7'])
    assert.equal(isForbidden(address, 80), false, address);
});

test('holdfast’s own listeners are no targets, on any address of this machine for the control plane', () => {
  assert.equal(isForbidden('127.0.0.1', 4566), true);
  assert.equal(isForbidden('127.9.9.9', 4566), true);
  assert.equal(isForbidden('::1', 4566), true);
  assert.equal(isForbidden('::ffff:127.0.0.1', 4566), true);
  assert.equal(isForbidden('10.0.0.1', 4566), false);
  assert.equal(isForbidden('127.0.3.7', 8443), true);
  assert.equal(isForbidden('127.0.0.1', 8443), false, 'a customer’s server may have the same port');
  listeners.push({ host: '0.0.0.0', port: 9443 });
  assert.equal(isForbidden('127.0.0.1', 9443), true);
});
