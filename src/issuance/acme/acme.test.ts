import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { AcmeCa, spki } from '../../../test/fakes/acme-ca.ts';
import { problem } from '../../../test/fakes/acme-server.ts';
import { generateKeyPair } from '../../../test/fakes/ca-vault.ts';
import { Secret } from '../../lib/secret.ts';
import { IssuerRefusal } from '../issuer.ts';
import { IssuerConfigurationRefused } from './configured-issuers.ts';
import { AcmeProblem } from './problem.ts';
import { AcmeProtocolError } from './protocol-error.ts';
import { TestWorld, validationNameOf } from './test-world.ts';

async function worldWithIssuer(): Promise<TestWorld> {
  const world = await TestWorld.open();
  await world.add();
  return world;
}

const times = (world: TestWorld, path: string): number =>
  world.server.seen.filter((each) => each === `POST ${path}`).length;

test('RFC 8555 §7.4: an order is made, proved, finalized and downloaded, each by another process', async () => {
  const world = await worldWithIssuer();
  const { certificatePem, chainPem } = await world.issue('a.test', '*.a.test');
  const leaf = new X509Certificate(certificatePem);
  assert.equal(leaf.subjectAltName, 'DNS:a.test, DNS:*.a.test');
  // The root that the CA sent along is no part of the chain.
  assert.equal(chainPem, '');
  assert.equal(world.server.orders.length, 1);
  assert.equal(world.server.issued, 1);
});

test('§8.4: wildcard and base name have a record each at one name, and none when the order is over', async () => {
  const world = await worldWithIssuer();
  const published = async () =>
    (await world.challenges.valuesAt(validationNameOf('a.test'))).length;
  let words = await world.prepared(['a.test', '*.a.test']);
  for (let n = 0; n < 2; n += 1) {
    const answer = await world.as((call) => world.acme.issuer.sign(call, words));
    assert.ok('prepared' in answer);
    words = answer.prepared;
  }
  assert.equal(await published(), 2);
  // Nothing was said to the CA before both could be seen.
  assert.equal(world.server.seen.filter((each) => each.includes('/challenge/')).length, 0);
  await world.finish(words);
  assert.equal(await published(), 0);
});

test('§6.5: a request whose nonce is refused is sent again with the one that came with the refusal', async () => {
  const world = await worldWithIssuer();
  world.server.refusedNonces = 3;
  await world.issue('a.test');
  assert.equal(world.server.issued, 1);
  assert.equal(world.server.refusedNonces, 0);
});

test('§6.5: a CA that refuses every nonce is not asked for ever', async () => {
  const world = await worldWithIssuer();
  world.server.refusedNonces = 1_000;
  await assert.rejects(world.issue('a.test'), { name: 'AcmeProblem', type: 'badNonce' });
  assert.ok(world.server.seen.length < 30);
});

test('§7.4: an order that is processing is looked at again when Retry-After says so', async () => {
  const world = await worldWithIssuer();
  world.server.processing = 3;
  const begin = world.now;
  await world.issue('a.test');
  assert.ok(begin.until(world.now).total('seconds') >= 90);
});

test('§7.4: a step that is done again orders nothing, and finalizes nothing, twice', async () => {
  const world = await worldWithIssuer();
  world.server.processing = 1;
  let words = await world.prepared(['a.test']);
  for (let n = 0; n < 40; n += 1) {
    // Once for nothing: what it said was never kept. The order itself is the only thing that may be lost.
    if (n > 0) await world.acme.issuer.sign(world.call(), words).catch(() => {});
    const answer = await world.as((call) => world.process().issuer.sign(call, words));
    if (!('prepared' in answer)) break;
    words = answer.prepared;
    world.now = world.now.add({ seconds: 60 });
  }
  assert.equal(world.server.orders.length, 1);
  assert.equal(world.server.issued, 1);
  assert.equal(times(world, '/order'), 1);
});

test('§7.1.6: an order that ended because nobody went on with it is followed by another, an hour later', async () => {
  const world = await worldWithIssuer();
  const prepared = await world.prepared(['a.test']);
  const first = await world.as((call) => world.acme.issuer.sign(call, prepared));
  assert.ok('prepared' in first);
  Object.assign(world.server.orders[0] ?? {}, { status: 'invalid' });
  const begin = world.now;
  await world.finish(first.prepared);
  assert.equal(world.server.orders.length, 2);
  assert.ok(begin.until(world.now).total('minutes') >= 60);
});

test('§6.7: an order that the CA does not know any more is followed by another', async () => {
  const world = await worldWithIssuer();
  const prepared = await world.prepared(['a.test']);
  const first = await world.as((call) => world.acme.issuer.sign(call, prepared));
  assert.ok('prepared' in first);
  world.server.instead.push({
    path: '/order/0',
    reply: { status: 404, json: problem('malformed') },
  });
  await world.finish(first.prepared);
  assert.equal(world.server.orders.length, 2);
  assert.equal(world.server.issued, 1);
});

const refusals: [clause: string, failure: string, reason: IssuerRefusal['reason']][] = [
  ['§8.4', 'unauthorized', 'DOMAIN_VALIDATION_DENIED'],
  ['§6.7', 'dns', 'DOMAIN_VALIDATION_DENIED'],
  ['RFC 8659', 'caa', 'CAA_ERROR'],
  ['§6.7', 'rejectedIdentifier', 'DOMAIN_NOT_ALLOWED'],
  ['§6.7', 'serverInternal', 'OTHER'],
];
for (const [clause, failure, reason] of refusals) {
  test(`${clause}: an authorization that fails with ${failure} is ${reason}, and its record goes`, async () => {
    const world = await worldWithIssuer();
    world.server.failure = problem(failure);
    let words = await world.prepared(['a.test']);
    const refused = async (): Promise<IssuerRefusal> => {
      for (;;) {
        // As the job does it: the Change of a step that is refused is kept, too.
        const outcome = await world.as(async (call) => {
          try {
            return await world.acme.issuer.sign(call, words);
          } catch (error) {
            if (error instanceof IssuerRefusal) return error;
            throw error;
          }
        });
        if (outcome instanceof IssuerRefusal) return outcome;
        assert.ok('prepared' in outcome);
        words = outcome.prepared;
      }
    };
    assert.equal((await refused()).reason, reason);
    assert.deepEqual(await world.challenges.valuesAt(validationNameOf('a.test')), []);
    assert.equal(world.server.issued, 0);
  });
}

test('§6.7.1: of several reasons the first decides', async () => {
  const world = await worldWithIssuer();
  const json = problem('malformed', { subproblems: [problem('rejectedIdentifier')] });
  world.server.instead.push({ path: '/order', reply: { status: 403, json } });
  await assert.rejects(world.issue('a.test'), (error) => {
    return error instanceof IssuerRefusal && error.reason === 'DOMAIN_NOT_ALLOWED';
  });
});

test('§6.6: a rate limit is waited for, as long as Retry-After says, and is no failure', async () => {
  const world = await worldWithIssuer();
  const reply = { status: 429, json: problem('rateLimited'), headers: { 'retry-after': '7200' } };
  world.server.instead.push({ path: '/order', reply });
  const begin = world.now;
  await world.issue('a.test');
  assert.ok(begin.until(world.now).total('hours') >= 2);
  assert.deepEqual(world.warnings, ['a CA asks to wait']);
  assert.equal(world.server.orders.length, 1);
});

test("§7.3.3: what is wrong with the account is the operator's to mend, and fails no certificate", async () => {
  const world = await worldWithIssuer();
  for (const type of ['userActionRequired', 'unauthorized', 'accountDoesNotExist']) {
    world.server.instead.push({ path: '/order', reply: { status: 403, json: problem(type) } });
    await assert.rejects(world.issue('a.test'), (error) => {
      return error instanceof AcmeProblem && error.type === type;
    });
  }
});

test('§7.3.4: an account is bound to one that the CA knows, by a key that is kept nowhere', async () => {
  const world = await TestWorld.open();
  const key = Uint8Array.from({ length: 32 }, (_none, n) => n);
  world.server.binding = { keyId: 'outside', key: Uint8Array.from(key) };
  world.server.directory = { meta: { externalAccountRequired: true } };
  await assert.rejects(world.add(), AcmeProtocolError);
  using secret = new Secret(Uint8Array.from(key));
  await world.add({ binding: { keyId: 'outside', key: secret } });
  const [row] = world.store.database.prepare('SELECT * FROM acme_issuer').all();
  assert.ok(!JSON.stringify(row).includes(Buffer.from(key).toString('base64url')));
  await world.issue('a.test');
});

test('profiles (draft-ietf-acme-profiles §4): one that the CA has is named in the order; another is refused', async () => {
  const world = await TestWorld.open();
  world.server.directory = { meta: { profiles: { shortlived: 'six days' } } };
  await assert.rejects(world.add({ profile: 'classic' }), IssuerConfigurationRefused);
  await world.add({ profile: 'shortlived' });
  await world.issue('a.test');
  assert.equal(world.server.orders[0]?.profile, 'shortlived');
});

test('§7.4.2: of several chains the one is taken whose top the preferred name has issued', async () => {
  const world = await TestWorld.open();
  const other = new AcmeCa(world.now, 'another1');
  await world.add({ preferred_chain: other.commonName });
  const { chainFor } = world.server;
  world.server.chainFor = (names, key) => {
    world.server.alternates = [other.chain(names, key)];
    return chainFor(names, key);
  };
  const { certificatePem } = await world.issue('a.test');
  assert.match(new X509Certificate(certificatePem).issuer, /another1/);
});

const notOurs: [what: string, chain: (world: TestWorld, key: Uint8Array) => string][] = [
  ['is for another key', ({ server }) => server.ca.chain(['a.test'], strangersKey())],
  ['has another name', ({ server }, key) => server.ca.chain(['b.test'], key)],
  ['has one name more', ({ server }, key) => server.ca.chain(['a.test', 'b.test'], key)],
  [
    'has expired on arrival',
    ({ server, now }, key) => server.ca.chain(['a.test'], key, now.subtract({ hours: 24 * 300 })),
  ],
  [
    'is signed by another than the one that follows',
    ({ server, now }, key) => {
      const [leaf = ''] = server.ca.chain(['a.test'], key).split(/(?<=END CERTIFICATE-----\n)/);
      return leaf + new AcmeCa(now).rootPem;
    },
  ],
  ['is an authority', ({ server }) => server.ca.rootPem],
  ['is no PEM', () => 'hello'],
];
for (const [what, chain] of notOurs) {
  test(`§7.4.2: a certificate that ${what} is not taken`, async () => {
    const world = await worldWithIssuer();
    world.server.chainFor = (_names, key) => chain(world, key);
    await assert.rejects(world.issue('a.test'), AcmeProtocolError);
  });
}

function strangersKey(): Uint8Array {
  return spki(generateKeyPair('EC_prime256v1').publicKey);
}

test('what is no answer of an ACME server is refused, and tried again', async () => {
  const replies = [
    { text: '<html>' },
    { json: { status: 'done' } },
    { status: 302, headers: { location: 'https://elsewhere.test/' } },
    { status: 500, text: 'oops' },
    { json: { status: 'pending', authorizations: ['http://a'], identifiers: [], finalize: '' } },
  ];
  for (const reply of replies) {
    const world = await worldWithIssuer();
    const prepared = await world.prepared(['a.test']);
    world.server.instead.push({ path: '/order', reply });
    await assert.rejects(world.finish(prepared), AcmeProtocolError);
    await world.finish(prepared);
    assert.equal(world.server.orders.length, 1);
  }
});

test('the first issuer that signs for the account and for all names is chosen', async () => {
  const world = await TestWorld.open();
  const { account } = world.principal;
  await world.add({ name: 'all', domains: '*', rank: 200 });
  await world.add({ name: 'ours', account, domains: 'a.test b.test', rank: 20 });
  await world.add({ name: 'theirs', account: '999988887777', domains: '*', rank: 10 });
  const chosen = (...names: string[]) => world.process().issuers.chosenFor(account, names);
  assert.equal(await chosen('a.test', '*.b.test', 'www.b.test'), 'ours');
  assert.equal(await chosen('a.test', 'xa.test'), 'all');
  await world.as((call) => world.acme.issuers.remove(call.change, 'all'));
  assert.equal(await chosen('a.test', 'xa.test'), undefined);
  await assert.rejects(world.add({ name: 'ours' }), IssuerConfigurationRefused);
});
