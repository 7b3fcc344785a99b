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
import { readWords, writeWords } from './words.ts';

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
  assert.deepEqual(world.warnings, ['a CA cannot be asked now']);
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
    assert.ok(world.server.orders.length <= 6);
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

/** Two CAs sign for the same names. */
async function worldWithTwo(): Promise<TestWorld> {
  const world = await worldWithIssuer();
  await world.add({ name: 'other', rank: 200, directory_url: world.other.directoryUrl });
  return world;
}

test('a CA that is out of reach for an hour is left for the next one, and nothing of it stays', async () => {
  const world = await worldWithTwo();
  const prepared = await world.prepared(['a.test']);
  let words = prepared;
  for (let n = 0; n < 2; n += 1) {
    const answer = await world.as((call) => world.acme.issuer.sign(call, words));
    assert.ok('prepared' in answer);
    words = answer.prepared;
  }
  world.server.isDown = true;
  const begin = world.now;
  await world.finish(words);
  const minutes = begin.until(world.now).total('minutes');
  assert.ok(minutes >= 55 && minutes < 90, `${minutes} minutes`);
  assert.deepEqual([world.server.issued, world.other.issued], [0, 1]);
  assert.deepEqual(await world.challenges.valuesAt(validationNameOf('a.test')), []);
  assert.equal(world.warnings.at(-1), 'another CA is asked');
});

test('a CA that is back within the hour goes on with the order that it has', async () => {
  const world = await worldWithTwo();
  const first = await world.as(async (call) =>
    world.acme.issuer.sign(call, await world.prepared(['a.test'])),
  );
  assert.ok('prepared' in first);
  world.server.isDown = true;
  const second = await world.as((call) => world.acme.issuer.sign(call, first.prepared));
  assert.ok('prepared' in second);
  world.server.isDown = false;
  await world.finish(second.prepared);
  assert.deepEqual([world.server.orders.length, world.other.orders.length], [1, 0]);
});

test('no other CA is asked once the request is handed in: there may be a certificate', async () => {
  const world = await worldWithTwo();
  world.server.processing = 2;
  let words = await world.prepared(['a.test']);
  while (!world.server.seen.some((each) => each.includes('/finalize/'))) {
    const answer = await world.as((call) => world.acme.issuer.sign(call, words));
    assert.ok('prepared' in answer);
    words = answer.prepared;
  }
  world.server.isDown = true;
  world.now = world.now.add({ hours: 5 });
  for (let n = 0; n < 3; n += 1) {
    await assert.rejects(world.finish(words), AcmeProtocolError);
    world.now = world.now.add({ hours: 5 });
  }
  world.server.isDown = false;
  await world.finish(words);
  assert.deepEqual([world.server.issued, world.other.issued], [1, 0]);
});

test('a rate limit that lasts longer than an hour is not waited for where another CA could sign', async () => {
  const world = await worldWithTwo();
  const headers = { 'retry-after': '86400' };
  const reply = { status: 429, json: problem('rateLimited'), headers };
  world.server.instead.push({ path: '/order', reply });
  const begin = world.now;
  await world.issue('a.test');
  assert.ok(begin.until(world.now).total('minutes') < 10);
  assert.deepEqual([world.server.issued, world.other.issued], [0, 1]);
});

for (const [type, asksTheOther] of [
  ['caa', true],
  ['rejectedIdentifier', true],
  ['unauthorized', false],
] as const) {
  test(`RFC 8555 §6.7: after ${type} the next CA is ${asksTheOther ? '' : 'not '}asked`, async () => {
    const world = await worldWithTwo();
    world.server.failure = problem(type);
    if (asksTheOther) await world.issue('a.test');
    else await assert.rejects(world.issue('a.test'), IssuerRefusal);
    assert.equal(world.other.issued, asksTheOther ? 1 : 0);
  });
}

test('names that every CA refuses are refused, each CA asked once', async () => {
  const world = await worldWithTwo();
  for (const each of [world.server, world.other]) each.failure = problem('caa');
  await assert.rejects(world.issue('a.test'), { name: 'IssuerRefusal', reason: 'CAA_ERROR' });
  assert.deepEqual([world.server.orders.length, world.other.orders.length], [1, 1]);
});

test('an order that two certificates were given serves one; the other one orders again', async () => {
  const world = await worldWithIssuer();
  const [one, another] = [await world.prepared(['a.test']), await world.prepared(['a.test'])];
  const begun = await world.as((call) => world.acme.issuer.sign(call, one));
  assert.ok('prepared' in begun);
  // As CAs do that find a pending order for the same names.
  const { order } = readWords(begun.prepared);
  const shared = writeWords({ ...readWords(another), ...(order === undefined ? {} : { order }) });
  const certificates = [await world.finish(begun.prepared), await world.finish(shared)];
  const keys = certificates.map((each) => new X509Certificate(each.certificatePem).publicKey);
  assert.ok(keys[0] && keys[1] && !keys[0].equals(keys[1]));
  assert.equal(world.server.orders.length, 2);
});

test('those issuers are candidates that sign for the account and for all names, the preferred one first', async () => {
  const world = await TestWorld.open();
  const { account } = world.principal;
  await world.add({ name: 'all', domains: '*', rank: 200 });
  await world.add({ name: 'ours', account, domains: 'a.test b.test', rank: 20 });
  await world.add({ name: 'theirs', account: '999988887777', domains: '*', rank: 10 });
  const chosen = (...names: string[]) => world.process().issuers.candidatesFor(account, names);
  assert.deepEqual(await chosen('a.test', '*.b.test', 'www.b.test'), ['ours', 'all']);
  assert.deepEqual(await chosen('a.test', 'xa.test'), ['all']);
  await world.as((call) => world.acme.issuers.remove(call.change, 'all'));
  assert.deepEqual(await chosen('a.test', 'xa.test'), []);
  await assert.rejects(world.add({ name: 'ours' }), IssuerConfigurationRefused);
});

test('RFC 8555 §7.1.1, RFC 8657: how the CAs are named in CAA records, and our accounts, are known before an order', async () => {
  const world = await worldWithTwo();
  const { account } = world.principal;
  const identities = () => world.process().caaIdentities(account, ['a.test']);
  world.server.directory = { meta: { caaIdentities: ['ca.test'] } };
  assert.equal(await identities(), undefined);
  world.other.directory = { meta: { caaIdentities: ['other.test', 'old.test'] } };
  assert.deepEqual(await identities(), [
    { issuerDomains: ['ca.test'], accountUri: 'https://ca.test/account/0' },
    { issuerDomains: ['other.test', 'old.test'], accountUri: 'https://other.test/account/0' },
  ]);
  world.other.isDown = true;
  assert.equal(await identities(), undefined);
});

test('§7.4: a CA that wants a proof for a name that was not ordered gets none', async () => {
  const world = await worldWithIssuer();
  const ordered = await world.as(async (call) =>
    world.acme.issuer.sign(call, await world.prepared(['a.test'])),
  );
  assert.ok('prepared' in ordered);
  Object.assign(world.server.orders[0]?.names ?? {}, ['b.test']);
  await assert.rejects(world.finish(ordered.prepared), /was not ordered/);
  assert.deepEqual(await world.challenges.valuesAt(validationNameOf('b.test')), []);
});
