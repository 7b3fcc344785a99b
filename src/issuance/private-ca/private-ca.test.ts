import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { duplexPair } from 'node:stream';
import { test } from 'node:test';
import { TamperedSet } from '../../aws/authority/authority.ts';
import { generateKeyPair } from '../../../test/fakes/ca-vault.ts';
import { issued, issuerSuite, orderFor, print, verify } from '../../../test/suites/issuer.ts';
import { hasOpenssl, OpensslFolder } from '../../../test/suites/openssl.ts';
import { systemClock } from '../../lib/clock.ts';
import { silentLog } from '../../lib/log.ts';
import { readPemCertificates } from '../../lib/pem.ts';
import { systemRandom } from '../../lib/random.ts';
import { parseCertificate } from '../../lib/x509.ts';
import { connectVault } from '../../vault-client/client.ts';
import { VaultCore } from '../../vault/core.ts';
import { serveChannel } from '../../vault/server.ts';
import { IssuerRefusal, type IssuedCertificate } from '../issuer.ts';
import type { RevocationCode } from '../revoker.ts';
import type { PrivateCaPorts } from './ports.ts';
import { mostRevoked } from './revoke.ts';
import { openAuthority, TestAuthority } from './test-authority.ts';

async function revoke(
  world: TestAuthority,
  { certificatePem }: IssuedCertificate,
  reason: RevocationCode = 1,
): Promise<void> {
  await world.as((call) => world.ca.revoker.revoke(call, [certificatePem], reason));
}

async function authorities({ store }: TestAuthority) {
  return store.db
    .selectFrom('ca_authority')
    .select(['ca_id', 'role', 'family', 'generation', 'crl_number'])
    .orderBy('role')
    .orderBy('family')
    .orderBy('generation')
    .execute();
}

/** A vault as it is, but in this process. */
function vault(): PrivateCaPorts['vault'] {
  const [ours, its] = duplexPair();
  const core = new VaultCore(systemRandom.bytes(32), systemClock, systemRandom);
  serveChannel(its, 'client', core, silentLog);
  return connectVault(ours);
}

issuerSuite('private CA', () => openAuthority(vault()));

test('a first start makes a root, an intermediate for each family, and their lists; a second start nothing', async () => {
  await using world = await openAuthority();
  assert.deepEqual(
    (await authorities(world)).map((each) => [
      each.role,
      each.family,
      each.generation,
      each.crl_number,
    ]),
    [
      ['intermediate', 'EC', 1, 1],
      ['intermediate', 'RSA', 1, 1],
      ['root', 'EC', 1, 1],
    ],
  );
  const before = world.ran.length;
  await world.process().ensureCa();
  assert.equal(world.ran.length, before);
});

test('of many processes that start at once each sees the same authority', async () => {
  await using world = await TestAuthority.open();
  const processes = Array.from({ length: 4 }, () => world.process());
  await Promise.all(processes.map((each) => each.ensureCa()));
  assert.equal((await authorities(world)).length, 3);
  assert.equal(new Set(await Promise.all(processes.map((each) => each.rootsPem()))).size, 1);
});

test('root and intermediate say what RFC 5280 asks of authorities', async () => {
  await using world = await openAuthority();
  const root = parseCertificate(new X509Certificate(await world.rootPem()).raw);
  const { chainPem } = await issued(world, orderFor('RSA_2048', ['a.example']));
  const intermediate = parseCertificate(new X509Certificate(chainPem).raw);
  assert.deepEqual(root.basicConstraints, { isCa: true, pathLength: undefined });
  assert.deepEqual(intermediate.basicConstraints, { isCa: true, pathLength: 0 });
  for (const { keyUsages } of [root, intermediate])
    assert.deepEqual(keyUsages, ['keyCertSign', 'cRLSign']);
  assert.deepEqual(intermediate.authorityKeyIdentifier, root.subjectKeyIdentifier);
  const [rootRow] = (await authorities(world)).filter(({ role }) => role === 'root');
  assert.deepEqual(intermediate.crlUrls, [`http://127.0.0.1:4580/crl/${rootRow?.ca_id}.crl`]);
  assert.equal(new X509Certificate(chainPem).publicKey.asymmetricKeyType, 'rsa');
});

test('the address in a certificate leads to the list of its issuer', async () => {
  await using world = await openAuthority();
  const { certificatePem } = await issued(world, orderFor('EC_prime256v1', ['a.example']));
  const [url = ''] = parseCertificate(new X509Certificate(certificatePem).raw).crlUrls;
  const caId = /^http:\/\/127\.0\.0\.1:4580\/crl\/(.*)\.crl$/.exec(url)?.[1] ?? '';
  assert.ok((await world.ca.crl(caId)) !== undefined);
  assert.equal(await world.ca.crl('another'), undefined);
});

test('key usage fits the key', { skip: !hasOpenssl }, async () => {
  await using world = await openAuthority();
  const rsa = print((await issued(world, orderFor('RSA_2048', ['a.example']))).certificatePem);
  const ec = print((await issued(world, orderFor('EC_prime256v1', ['a.example']))).certificatePem);
  assert.match(rsa, /Key Usage: critical\n\s+Digital Signature, Key Encipherment\n/);
  assert.match(ec, /Key Usage: critical\n\s+Digital Signature\n/);
  assert.match(rsa, /Signature Algorithm: sha256WithRSAEncryption/);
  assert.match(ec, /Signature Algorithm: ecdsa-with-SHA256/);
});

test('a list is made anew before half of its time is over, and never earlier', async () => {
  await using world = await openAuthority();
  world.pass({ days: 2, hours: 23 });
  assert.equal(await world.ca.runDueCrls(world.now), 0);
  world.pass({ hours: 1 });
  assert.equal(await world.ca.runDueCrls(world.now), 3);
  assert.deepEqual(
    (await authorities(world)).map(({ crl_number }) => crl_number),
    [2, 2, 2],
  );
});

test(
  'a revoked certificate stands in the list, and openssl refuses it',
  { skip: !hasOpenssl },
  async () => {
    await using world = await openAuthority();
    const certificate = await issued(world, orderFor('EC_prime256v1', ['a.example']));
    await revoke(world, certificate);
    assert.equal(await world.ca.runDueCrls(world.now), 1);
    await assert.rejects(verify(world, certificate, 'a.example'), /certificate revoked/);
    using folder = new OpensslFolder();
    const printed = (await world.lists()).map((crl) =>
      folder.run('crl', '-noout', '-text', '-inform', 'DER', '-in', folder.write('crl', crl)),
    );
    const [revoking, ...others] = printed.filter((text) => text.includes('Key Compromise'));
    assert.match(revoking ?? '', /X509v3 CRL Number: \n\s+2\n/);
    assert.deepEqual(others, []);
  },
);

test('a revocation that comes while a list is made stands on the next one, which is due at once', async () => {
  await using world = await openAuthority();
  const [first, second] = [
    await issued(world, orderFor('EC_prime256v1', ['a.example'])),
    await issued(world, orderFor('EC_prime256v1', ['b.example'])),
  ];
  await revoke(world, first);
  world.beforeCommit = () => revoke(world, second);
  assert.equal(await world.ca.runDueCrls(world.now), 1);
  assert.equal(await world.ca.runDueCrls(world.now), 0);
  const serials = [first, second].map(({ certificatePem }) => new X509Certificate(certificatePem));
  const lists = (await world.lists()).map((crl) => Buffer.from(crl).toString('hex'));
  for (const { serialNumber } of serials)
    assert.ok(lists.some((list) => list.includes(serialNumber.toLowerCase())));
});

test('a list is signed while it has room, and no revocation is taken for which there is none', async () => {
  await using world = await openAuthority(vault());
  const certificates = [
    await issued(world, orderFor('EC_prime256v1', ['a.example'])),
    await issued(world, orderFor('EC_prime256v1', ['b.example'])),
  ] as const;
  const [ec] = (await authorities(world)).filter(
    ({ role, family }) => role === 'intermediate' && family === 'EC',
  );
  const row = {
    issuer_id: ec?.ca_id ?? '',
    tbs_digest: '',
    subject: '',
    prepared_at: 0,
    not_after: world.now.add({ hours: 24 }).epochMilliseconds,
    revoked_at: world.now.epochMilliseconds,
    revocation_reason: 1,
  };
  await world.as(async ({ change }) => {
    for (let n = 1; n < mostRevoked; n += 1) {
      const serial = Buffer.alloc(16, 0x7f);
      serial.writeUInt32BE(n, 12);
      const revoked = { ...row, serial: serial.toString('hex') };
      change.write(world.store.db.insertInto('ca_certificate').values(revoked));
    }
  });
  await revoke(world, certificates[0]);
  assert.equal(await world.ca.runDueCrls(world.now), 1);
  const { der } = (await world.ca.crl(row.issuer_id)) ?? {};
  const { serialNumber } = new X509Certificate(certificates[0].certificatePem);
  assert.ok(der && Buffer.from(der).includes(Buffer.from(serialNumber, 'hex')));
  await assert.rejects(revoke(world, certificates[1]), IssuerRefusal);
  // Those that ended more than a week ago are on no list any more.
  world.pass({ days: 9 });
  await revoke(world, certificates[1]);
});

test('a certificate is revoked once: later reasons change nothing', async () => {
  await using world = await openAuthority();
  const certificate = await issued(world, orderFor('EC_prime256v1', ['a.example']));
  await revoke(world, certificate, 1);
  const before = world.now;
  world.pass({ days: 1 });
  await revoke(world, certificate, 5);
  const marked = await world.store.db
    .selectFrom('ca_certificate')
    .select(['revoked_at', 'revocation_reason'])
    .where('revoked_at', 'is not', null)
    .execute();
  assert.deepEqual(
    marked.map((row) => [row.revoked_at, row.revocation_reason]),
    [[before.epochMilliseconds, 1]],
  );
});

test('nobody revokes what another authority has signed, not even beside his own', async () => {
  await using world = await openAuthority();
  await using other = await openAuthority();
  const own = await issued(world, orderFor('EC_prime256v1', ['a.example']));
  const foreign = await issued(other, orderFor('EC_prime256v1', ['a.example']));
  const pems = [own.certificatePem, foreign.certificatePem];
  await assert.rejects(
    world.as((call) => world.ca.revoker.revoke(call, pems, 0)),
    IssuerRefusal,
  );
  assert.equal(await world.ca.runDueCrls(world.now), 0);
});

test('every certificate is known before it is signed', async () => {
  await using world = await openAuthority();
  const { certificatePem } = await issued(world, orderFor('EC_prime256v1', ['a.example']));
  const rows = await world.store.db
    .selectFrom('ca_certificate')
    .select(['serial', 'subject'])
    .execute();
  assert.equal(rows.length, 4);
  const { serialNumber } = new X509Certificate(certificatePem);
  assert.ok(
    rows.some((row) => row.serial === serialNumber.toLowerCase() && row.subject === 'a.example'),
  );
});

test('a preparation that was changed is not signed', async () => {
  await using world = await openAuthority();
  const { issuer } = world.ca;
  const order = orderFor('EC_prime256v1', ['aaaa.example']);
  const { prepared } = await world.as((call) => issuer.prepare(call, order));
  const [caId = '', encoded = ''] = prepared.split(' ');
  const tbs = Buffer.from(encoded, 'base64');
  tbs.write('evil', tbs.lastIndexOf('aaaa'));
  const changed = `${caId} ${tbs.toString('base64')}`;
  await assert.rejects(issuer.sign(world.call(), changed), TamperedSet);
  assert.deepEqual(
    world.broken.map(({ kind }) => kind),
    ['ca-order'],
  );
});

test('each use of a key leaves its receipt', async () => {
  await using world = await openAuthority();
  const before = world.receipts.length;
  assert.deepEqual(world.receipts.map(({ operation }) => operation).toSorted(), [
    ...Array<string>(3).fill('GenerateCaKey'),
    ...Array<string>(3).fill('SignCertificate'),
    ...Array<string>(3).fill('SignCrl'),
  ]);
  await issued(world, orderFor('EC_prime256v1', ['a.example']));
  assert.equal(world.receipts.length, before + 1);
});

test("for forty years each leaf lives its whole life under an issuer that outlives it, and whoever has last year's roots takes it", async () => {
  await using world = await openAuthority();
  let lastYears = await world.ca.rootsPem();
  for (let year = 0; year < 40; year += 1) {
    world.pass({ years: 1 });
    await world.ca.ensureCa();
    for (const spec of ['EC_prime256v1', 'EC_secp384r1'] as const) {
      const { certificatePem, chainPem } = await issued(world, orderFor(spec, ['a.example']));
      const [leaf, intermediate] = [certificatePem, chainPem].map((pem) =>
        parseCertificate(new X509Certificate(pem).raw),
      );
      const root = certificatesOf(lastYears).find(({ subject }) =>
        isSame(subject.der, intermediate?.issuer.der),
      );
      assert.ok(leaf && intermediate && root, `year ${year}`);
      assert.equal(leaf.notBefore.until(leaf.notAfter).total('hours'), 198 * 24 - 1 / 3600);
      assert.ok(Temporal.Instant.compare(leaf.notAfter, intermediate.notAfter) < 0);
      assert.ok(Temporal.Instant.compare(intermediate.notAfter, root.notAfter) <= 0);
    }
    lastYears = await world.ca.rootsPem();
    assert.ok(certificatesOf(lastYears).length <= 3);
  }
  const made = (await authorities(world)).map(({ role, generation }) => `${role} ${generation}`);
  assert.ok(made.includes('root 5') && !made.includes('root 6'), made.join(', '));
  assert.deepEqual(
    world.announced.filter(({ role }) => role === 'root').map(({ generation }) => generation),
    [1, 2, 3, 4, 5],
  );
});

test(
  'before, while and after roots change openssl verifies, revocation lists of both included',
  { skip: !hasOpenssl },
  async () => {
    await using world = await openAuthority();
    const before = await issued(world, orderFor('RSA_2048', ['a.example']));
    await revoke(world, before);
    for (const years of [8, 1, 7]) {
      world.pass({ years, days: 1 });
      await world.ca.ensureCa();
      const certificate = await issued(world, orderFor('RSA_2048', ['a.example']));
      assert.match(await verify(world, certificate, 'a.example'), /OK/);
      await revoke(world, certificate);
      await world.ca.runDueCrls(world.now);
      await assert.rejects(verify(world, certificate, 'a.example'), /certificate revoked/);
    }
    const [first, second] = certificatesOf(await world.ca.rootsPem());
    assert.ok(first && second && Temporal.Instant.compare(first.notAfter, second.notAfter) < 0);
  },
);

test('an authority that has ended makes no more lists, and its root is trusted no more', async () => {
  await using world = await openAuthority();
  const [first] = certificatesOf(await world.ca.rootsPem());
  world.pass({ years: 9, days: 1 });
  await world.ca.ensureCa();
  assert.equal(certificatesOf(await world.ca.rootsPem()).length, 2);
  world.pass({ years: 11 });
  await world.ca.ensureCa();
  const roots = certificatesOf(await world.ca.rootsPem());
  assert.ok(first && roots.every(({ subject }) => !isSame(subject.der, first.subject.der)));
  assert.equal(await world.ca.runDueCrls(world.now), 0);
});

test('an installation that slept longer than its authorities lived has new ones', async () => {
  await using world = await openAuthority();
  world.pass({ years: 30 });
  await world.ca.ensureCa();
  const { certificatePem } = await issued(world, orderFor('EC_prime256v1', ['a.example']));
  const leaf = parseCertificate(new X509Certificate(certificatePem).raw);
  assert.equal(leaf.notBefore.until(leaf.notAfter).total('hours'), 198 * 24 - 1 / 3600);
  assert.equal(certificatesOf(await world.ca.rootsPem()).length, 1);
});

function certificatesOf(pem: string) {
  return readPemCertificates(Buffer.from(pem), 10).map(parseCertificate);
}

function isSame(a: Uint8Array, b: Uint8Array | undefined): boolean {
  return b !== undefined && Buffer.compare(a, b) === 0;
}

test(
  "the server's own certificate names its addresses and ends when it is told to",
  { skip: !hasOpenssl },
  async () => {
    await using world = await openAuthority();
    const { publicKey } = generateKeyPair('EC_prime256v1');
    const certificate = await world.ca.issueServerCertificate({
      names: ['localhost'],
      ips: ['127.0.0.1', '::1', '2001:db8::7:0:1'],
      publicKey: publicKey.export({ type: 'spki', format: 'der' }),
      notAfter: world.now.add({ hours: 720 }),
    });
    assert.match(await verify(world, certificate, 'localhost'), /OK/);
    const leaf = new X509Certificate(certificate.certificatePem);
    assert.deepEqual(parseCertificate(leaf.raw).ipAddresses, [
      '127.0.0.1',
      '::1',
      '2001:db8::7:0:1',
    ]);
    for (const address of ['127.0.0.1', '::1', '2001:db8::7:0:1']) assert.ok(leaf.checkIP(address));
    assert.equal(
      leaf.validToDate.getTime(),
      Math.floor(world.now.add({ hours: 720 }).epochMilliseconds / 1000) * 1000,
    );
  },
);
