import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { brokenClauses } from '../../../test/suites/certificate-rules.ts';
import { leafNames, leafSpecs } from '../../../test/suites/leaf-orders.ts';
import { issued, orderFor, verify } from '../../../test/suites/issuer.ts';
import { hasOpenssl, OpensslFolder } from '../../../test/suites/openssl.ts';
import { DerReader } from '../../lib/der.ts';
import type { IssuedCertificate } from '../issuer.ts';
import { openAuthority } from './test-authority.ts';

const derOf = (pem: string): Uint8Array => new X509Certificate(pem).raw;

function leafClauses(
  { certificatePem, chainPem }: IssuedCertificate,
  signedAt: Temporal.Instant,
): string[] {
  return brokenClauses(derOf(certificatePem), derOf(chainPem), { role: 'leaf', signedAt });
}

test('root and intermediates break no clause, of whichever generation they are', async () => {
  await using world = await openAuthority();
  for (const years of [0, 8, 1, 7, 2]) {
    world.pass({ years });
    const signedAt = world.now;
    await world.ca.ensureCa();
    const rows = await world.store.db
      .selectFrom('ca_authority')
      .select(['ca_id', 'role', 'issuer_id', 'certificate', 'crl_due_at'])
      .execute();
    for (const { role, issuer_id, certificate } of rows) {
      const issuer = rows.find(({ ca_id }) => ca_id === issuer_id)?.certificate;
      assert.ok(certificate && issuer);
      const broken = brokenClauses(certificate, issuer, { role, signedAt });
      // Those of before were signed before.
      const [late = 'BR §7.1.2: it begins within 48 hours of its signature', ...others] = broken;
      assert.deepEqual(
        [late, ...others],
        ['BR §7.1.2: it begins within 48 hours of its signature'],
      );
    }
  }
});

test('no leaf breaks a clause, whatever its names and its key', async () => {
  await using world = await openAuthority();
  await fc.assert(
    fc.asyncProperty(leafNames, leafSpecs, async ([first = '', ...others], algorithm) => {
      const certificate = await issued(world, orderFor(algorithm, [first, ...others]));
      assert.deepEqual(leafClauses(certificate, world.now), []);
    }),
    { numRuns: 150 },
  );
});

test('what is wrong with a certificate is seen', { skip: !hasOpenssl }, () => {
  using openssl = new OpensslFolder();
  const options = ['-subj', '/O=holdfast/CN=Other_name', '-days', '400', '-nodes'];
  const extensions = [
    'basicConstraints=CA:TRUE',
    'subjectAltName=DNS:a.*.example,DNS:ab--c.example',
  ];
  const key = ['-newkey', 'rsa:1024', '-keyout', 'key.pem', '-out', openssl.file('wrong.pem')];
  const addext = extensions.flatMap((each) => ['-addext', each]);
  openssl.run('req', '-x509', '-batch', '-sha1', ...key, ...options, ...addext);
  const wrong = derOf(openssl.run('x509', '-in', 'wrong.pem'));
  const signedAt = Temporal.Instant.from('2020-01-01T00:00:00Z');
  const numbers = (role: 'root' | 'leaf'): string[] =>
    brokenClauses(wrong, wrong, { role, signedAt }).map((clause) => clause.split(':')[0] ?? '');
  const always = ['BR §7.1.2', 'BR §7.1.3.2', 'BR §6.1.5, §6.1.6'];
  assert.deepEqual(numbers('root'), [
    ...always,
    'RFC 5280 §4.2.1.3',
    'RFC 5280 §4.2.1.9',
    'BR §7.1.2.1.1',
    'BR §7.1.2.10.7',
  ]);
  assert.deepEqual(numbers('leaf'), [
    ...always,
    'RFC 5280 §4.2.1.3',
    'BR §7.1.2.10.6, §7.1.2.7.10',
    'BR §7.1.2.11.2',
    'BR §7.1.2.7.8',
    'BR §7.1.2.7.11',
    'BR §6.3.2',
    'BR §7.1.2.7.2',
    'BR §7.1.4.3',
    'RFC 5280 §4.2.1.6, BR §7.1.2.7.12',
    'RFC 5280 §7.2',
  ]);
});

test(
  'openssl verifies every leaf strictly, with the lists of all who signed',
  { skip: !hasOpenssl, timeout: 600_000 },
  async () => {
    await using world = await openAuthority();
    await fc.assert(
      fc.asyncProperty(leafNames, leafSpecs, async ([first = '', ...others], algorithm) => {
        const certificate = await issued(world, orderFor(algorithm, [first, ...others]));
        const asked = first.replace('*', 'any');
        assert.match(await verify(world, certificate, asked), /leaf\.pem: OK/);
      }),
      { numRuns: 25 },
    );
  },
);

test('lists say what RFC 5280 and the Baseline Requirements ask of them', async () => {
  await using world = await openAuthority();
  const { certificatePem } = await issued(world, orderFor('EC_prime256v1', ['a.example']));
  await world.as((call) => world.ca.revoker.revoke(call, [certificatePem], 0));
  await world.ca.runDueCrls(world.now);
  const entries = (await world.lists()).map((der) => {
    const list = new DerReader(der).readSequence().readSequence();
    assert.equal(list.readSmallInteger(), 1, 'RFC 5280 §5.1.2.1: version 2');
    list.next();
    list.next();
    const [thisUpdate, nextUpdate] = [list.readTime(), list.readTime()];
    const days = thisUpdate.until(nextUpdate).total('hours') / 24;
    assert.ok(days > 0 && days <= 10, 'BR §7.2: ten days at most');
    const revoked = list.peekTag() === 0x30 ? list.readSequence() : undefined;
    const extensions = list.readConstructed(0xa0).readSequence();
    const ids: string[] = [];
    while (extensions.peekTag() !== undefined) {
      const extension = extensions.readSequence();
      ids.push(extension.readObjectIdentifier());
      // RFC 5280 §5.2.1, §5.2.3: neither is critical.
      extension.readOctetString();
      extension.end();
    }
    assert.deepEqual(ids, ['2.5.29.35', '2.5.29.20'], 'RFC 5280 §5.2.1, §5.2.3');
    if (revoked === undefined) return 0;
    const entry = revoked.readSequence();
    entry.readInteger();
    entry.readTime();
    entry.end();
    revoked.end();
    return 1;
  });
  assert.equal(Math.max(...entries), 1, 'RFC 5280 §5.1.2.6, §5.3.1, BR §7.2.2');
});
