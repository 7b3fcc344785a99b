import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { silentLog } from '../../../lib/log.ts';
import { signingKey, TestProvider } from '../test-provider.ts';
import { ProviderKeys } from './provider-keys.ts';

/** A provider as it is asked, and a clock in seconds. */
class Scene {
  readonly provider = new TestProvider();
  readonly warnings: string[] = [];
  seconds = 0;
  readonly keys = new ProviderKeys({
    outbound: { send: (request) => this.provider.send(request) },
    clock: {
      now: () => assert.fail('it is no matter of date'),
      monotonic: () => this.seconds * 1000,
    },
    log: {
      ...silentLog,
      warn: (_message, fields) => this.warnings.push(String(fields?.['reason'])),
    },
  });

  find(kid: string | undefined = this.provider.key.kid, thumbprints: readonly string[] = []) {
    const header = { alg: 'ES256' as const, ...(kid === undefined ? {} : { kid }) };
    return this.keys.find({ url: this.provider.url, thumbprints }, header);
  }

  async isFound(kid?: string): Promise<boolean> {
    return (await this.find(kid)) !== undefined;
  }
}

const unanswered = { name: 'IDPCommunicationError' };

test('keys are fetched once for many, and remembered as long as the provider says', async () => {
  const scene = new Scene();
  scene.provider.headers = { 'cache-control': 'public, max-age=600' };
  await Promise.all(Array.from({ length: 50 }, () => scene.find()));
  assert.equal(scene.provider.asked, 1);
  scene.seconds = 599;
  assert.ok(await scene.isFound());
  assert.equal(scene.provider.asked, 1);
  scene.seconds = 601;
  assert.ok(await scene.isFound());
  assert.equal(scene.provider.asked, 2);
});

test('what a provider says of its keys’ age holds within bounds', async () => {
  for (const [cacheControl, seconds] of [
    ['max-age=0', 60],
    ['no-store, max-age=600', 60],
    ['max-age=99999999', 3_600],
    ['immutable', 900],
  ] as const) {
    const scene = new Scene();
    scene.provider.headers = { 'cache-control': cacheControl };
    await scene.find();
    scene.seconds = seconds - 1;
    await scene.find();
    assert.equal(scene.provider.asked, 1, cacheControl);
    scene.seconds = seconds;
    await scene.find();
    assert.equal(scene.provider.asked, 2, cacheControl);
  }
});

test('a key that is new is found at once, and one that was taken away is not any more', async () => {
  const scene = new Scene();
  await scene.find();
  scene.seconds = 31;
  scene.provider.roll('two');
  assert.ok(await scene.isFound('two'));
  assert.equal(scene.provider.asked, 2);
  assert.equal(await scene.isFound('one'), false);
});

test('tokens that name keys which are not there do not make a hammer of us', async () => {
  const scene = new Scene();
  for (let n = 0; n < 600; n += 1) {
    scene.seconds = n / 10;
    assert.equal(await scene.isFound(`forged-${n}`), false);
  }
  assert.ok(scene.provider.asked <= 3, `asked ${scene.provider.asked} times in a minute`);
  assert.ok(await scene.isFound());
});

test('keys serve for another hour while their provider is down, and no longer', async () => {
  const scene = new Scene();
  await scene.find();
  scene.provider.isDown = true;
  scene.seconds = 900 + 3_599;
  assert.ok(await scene.isFound());
  assert.deepEqual(scene.warnings, ['it is down']);
  scene.seconds = 900 + 3_601;
  await assert.rejects(scene.find(), unanswered);
  scene.provider.isDown = false;
  scene.seconds += 31;
  assert.ok(await scene.isFound());
});

test('a provider that is down is not asked by every call', async () => {
  const scene = new Scene();
  scene.provider.isDown = true;
  for (let n = 0; n < 100; n += 1) {
    scene.seconds = n / 20;
    await assert.rejects(scene.find(), unanswered);
  }
  assert.equal(scene.provider.paths.length, 1);
  scene.seconds = 6;
  scene.provider.isDown = false;
  assert.ok(await scene.isFound());
});

test('documents that are not what they should be are no keys', async () => {
  const spoil: Record<string, (provider: TestProvider) => void> = {
    'another issuer': (each) => (each.issuer = 'https://eve.test'),
    'no keys': (each) => (each.answer = () => ({ issuer: `https://${each.url}`, jwks_uri: 1 })),
    'too many keys': (each) => (each.published = Array(101).fill(each.key.jwk)),
    'no JSON': (each) => (each.send = async () => answer(200, '<html>')),
    'a redirect': (each) => (each.send = async () => answer(302, '')),
  };
  for (const [what, by] of Object.entries(spoil)) {
    const scene = new Scene();
    by(scene.provider);
    await assert.rejects(scene.find(), unanswered, what);
    assert.equal(scene.warnings.length, 1, what);
  }
});

test('keys for other purposes, of other kinds, too weak, or not to be told apart are not used', async () => {
  const scene = new Scene();
  const { key } = scene.provider;
  const use = (published: readonly unknown[]) => {
    scene.provider.published = published;
    scene.seconds += 1_000;
    return scene.isFound();
  };
  assert.equal(await use([{ ...key.jwk, use: 'enc' }]), false);
  assert.equal(await use([{ ...key.jwk, key_ops: ['sign'] }]), false);
  assert.equal(await use([{ ...key.jwk, alg: 'ES384' }]), false);
  assert.equal(await use([{ kty: 'oct', k: 'AAAA', kid: key.kid }]), false);
  assert.equal(await use([{ ...key.jwk, x: 'AAAA' }]), false);
  assert.equal(await use([signingKey('one', 'ES384').jwk]), false);
  assert.equal(await use([key.jwk, signingKey('one').jwk]), false);
  assert.equal(await use(['junk', null, { kty: 'RSA' }, { ...key.jwk, use: 'sig' }]), true);
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  scene.provider.published = [{ ...publicKey.export({ format: 'jwk' }), kid: 'weak' }];
  scene.seconds += 1_000;
  const provider = { url: scene.provider.url, thumbprints: [] };
  assert.equal(await scene.keys.find(provider, { alg: 'RS256', kid: 'weak' }), undefined);
});

test('a token without a key id means the only key that there is', async () => {
  const scene = new Scene();
  const provider = { url: scene.provider.url, thumbprints: [] };
  assert.notEqual(await scene.keys.find(provider, { alg: 'ES256' }), undefined);
  scene.provider.published = [scene.provider.key.jwk, signingKey('two').jwk];
  scene.seconds = 1_000;
  assert.equal(await scene.keys.find(provider, { alg: 'ES256' }), undefined);
});

test('accounts that trust a server by other thumbprints do not share what it says', async () => {
  const scene = new Scene();
  await scene.find('one', ['a'.repeat(40)]);
  await scene.find('one', ['b'.repeat(40)]);
  await scene.find('one', ['b'.repeat(40)]);
  assert.equal(scene.provider.asked, 2);
});

function answer(status: number, body: string) {
  return { status, headers: {}, body: Buffer.from(body) };
}
