import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problem } from '../../../test/fakes/acme-server.ts';
import { certificateId } from './renewal-information.ts';
import { TestWorld } from './test-world.ts';

/** @see RFC 9773 appendix A */
const example = `-----BEGIN CERTIFICATE-----
MIIBQzCB66ADAgECAgUAh2VDITAKBggqhkjOPQQDAjAVMRMwEQYDVQQDEwpFeGFt
cGxlIENBMCIYDzAwMDEwMTAxMDAwMDAwWhgPMDAwMTAxMDEwMDAwMDBaMBYxFDAS
BgNVBAMTC2V4YW1wbGUuY29tMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEeBZu
7cbpAYNXZLbbh8rNIzuOoqOOtmxA1v7cRm//AwyMwWxyHz4zfwmBhcSrf47NUAFf
qzLQ2PPQxdTXREYEnKMjMCEwHwYDVR0jBBgwFoAUaYhba4dGQEHhs3uEe6CuLN4B
yNQwCgYIKoZIzj0EAwIDRwAwRAIge09+S5TZAlw5tgtiVvuERV6cT4mfutXIlwTb
+FYN/8oCIClDsqBklhB9KAelFiYt9+6FDj3z4KGVelYM5MdsO3pK
-----END CERTIFICATE-----
`;

test('RFC 9773 §4.1: a certificate is named by key identifier and serial number, as they stand in DER', () => {
  assert.equal(certificateId(example), 'aYhba4dGQEHhs3uEe6CuLN4ByNQ.AIdlQyE');
});

async function worldWithWindow(start: string, end: string): Promise<TestWorld> {
  const world = await TestWorld.open();
  world.server.directory = { renewalInfo: 'https://ca.test/renewal' };
  world.server.renewal = {
    json: { suggestedWindow: { start, end } },
    headers: { 'retry-after': '21600' },
  };
  await world.add();
  return world;
}

test('§4.2: the instant lies in the window, is the same at each look, and not the same for all certificates', async () => {
  const [start, end] = ['2027-01-02T00:00:00Z', '2027-01-04T00:00:00Z'];
  const world = await worldWithWindow(start, end);
  const instants = new Set<string>();
  for (let n = 0; n < 4; n += 1) {
    const { certificatePem } = await world.issue('a.test');
    const advice = await world.acme.renewalAdvice('ca', certificatePem);
    assert.ok(advice);
    assert.deepEqual(await world.process().renewalAdvice('ca', certificatePem), advice);
    assert.ok(Temporal.Instant.compare(start, advice.renewAt) <= 0);
    assert.ok(Temporal.Instant.compare(advice.renewAt, end) < 0);
    // §4.3: asked again when Retry-After says so.
    assert.equal(world.now.until(advice.askAgainAt).total('hours'), 6);
    instants.add(advice.renewAt.toString());
  }
  assert.equal(instants.size, 4);
});

test('§4.2: a window that ends before it begins, and a CA that does not answer, advise nothing', async () => {
  const world = await worldWithWindow('2027-01-04T00:00:00Z', '2027-01-02T00:00:00Z');
  const { certificatePem } = await world.issue('a.test');
  assert.equal(await world.acme.renewalAdvice('ca', certificatePem), undefined);
  world.server.renewal = { status: 404, json: problem('malformed') };
  assert.equal(await world.acme.renewalAdvice('ca', certificatePem), undefined);
  world.server.isDown = true;
  assert.equal(await world.acme.renewalAdvice('ca', certificatePem), undefined);
  assert.equal(world.warnings.length, 3);
});

test('§5: a renewal says which certificate it replaces', async () => {
  const world = await worldWithWindow('2027-01-02T00:00:00Z', '2027-01-04T00:00:00Z');
  const { certificatePem } = await world.issue('a.test');
  await world.finish(await world.prepared(['a.test'], certificatePem));
  const replaces = world.server.orders.map((each) => each.replaces);
  assert.deepEqual(replaces, [undefined, certificateId(certificatePem)]);
});

test('§5: where the CA does not know what is replaced, or something else replaced it, it is ordered without', async () => {
  for (const type of ['alreadyReplaced', 'malformed']) {
    const world = await worldWithWindow('2027-01-02T00:00:00Z', '2027-01-04T00:00:00Z');
    const { certificatePem } = await world.issue('a.test');
    world.server.instead.push({ path: '/order', reply: { status: 409, json: problem(type) } });
    await world.finish(await world.prepared(['a.test'], certificatePem));
    assert.equal(world.server.orders.at(-1)?.replaces, undefined);
    assert.equal(world.server.issued, 2);
  }
});
