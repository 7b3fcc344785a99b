import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { problem } from '../../../test/fakes/acme-server.ts';
import { IssuerRefusal } from '../issuer.ts';
import type { RevocationCode, Revoker } from '../revoker.ts';
import { TestWorld } from './test-world.ts';

const none: Revoker = {
  revoke: () => Promise.reject(new IssuerRefusal('OTHER', 'another authority signed it')),
};

async function worldWithCertificate(): Promise<{ world: TestWorld; pem: string; serial: string }> {
  const world = await TestWorld.open();
  await world.add();
  const { certificatePem: pem } = await world.issue('a.test');
  return { world, pem, serial: new X509Certificate(pem).serialNumber };
}

function revoke(world: TestWorld, pem: string, reason: RevocationCode = 1): Promise<void> {
  return world.as((call) => world.acme.revoker(none).revoke(call, [pem], reason));
}

test('RFC 8555 §7.6: the CA that signed a certificate is told that it is revoked, once', async () => {
  const { world, pem, serial } = await worldWithCertificate();
  assert.equal(await world.acme.sendRevocations(), 0);
  await revoke(world, pem);
  await revoke(world, pem, 5);
  assert.equal(await world.process().sendRevocations(), 1);
  assert.deepEqual([...world.server.revoked], [[serial, 1]]);
  assert.equal(await world.acme.sendRevocations(), 0);
});

test('§7.6: a reason that the CA does not take is left out', async () => {
  const { world, pem, serial } = await worldWithCertificate();
  await revoke(world, pem, 9);
  await world.acme.sendRevocations();
  assert.deepEqual([...world.server.revoked], [[serial, undefined]]);
});

test('§7.6: what is revoked there already counts as told', async () => {
  const { world, pem, serial } = await worldWithCertificate();
  world.server.revoked.set(serial, 1);
  await revoke(world, pem);
  await world.acme.sendRevocations();
  assert.equal(await world.acme.sendRevocations(), 0);
  assert.deepEqual(world.warnings, []);
});

test('a CA that cannot be told is told later, and not at every chance', async () => {
  const { world, pem, serial } = await worldWithCertificate();
  await revoke(world, pem);
  world.server.isDown = true;
  assert.equal(await world.acme.sendRevocations(), 1);
  assert.equal(await world.acme.sendRevocations(), 0);
  world.server.isDown = false;
  const headers = { 'retry-after': '3600' };
  const reply = { status: 429, json: problem('rateLimited'), headers };
  world.server.instead.push({ path: '/revoke', reply });
  world.now = world.now.add({ minutes: 1 });
  assert.equal(await world.acme.sendRevocations(), 1);
  world.now = world.now.add({ minutes: 59 });
  assert.equal(await world.acme.sendRevocations(), 0);
  world.now = world.now.add({ minutes: 1 });
  assert.equal(await world.acme.sendRevocations(), 1);
  assert.ok(world.server.revoked.has(serial));
  assert.equal(world.warnings.length, 2);
});

test('what no configured CA has signed is for the own authority', async () => {
  const { world } = await worldWithCertificate();
  const other = world.other.ca.rootPem;
  await assert.rejects(revoke(world, other), IssuerRefusal);
});
