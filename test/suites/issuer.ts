import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import type { Call } from '../../src/aws/call.ts';
import {
  IssuerRefusal,
  type IssuedCertificate,
  type Issuer,
  type Order,
} from '../../src/issuance/issuer.ts';
import type { PrivateKeySpec } from '../../src/vault-client/vault.ts';
import { generateKeyPair, signedWhole } from '../fakes/ca-vault.ts';
import { hasOpenssl, OpensslFolder } from './openssl.ts';
import { hasPyca, pathLengthByPyca } from './pyca.ts';

/** An issuer with what its suite needs around it. */
export interface IssuerUnderTest extends AsyncDisposable {
  readonly issuer: Issuer;
  readonly now: Temporal.Instant;
  /** Runs a step and commits its Change. */
  as<T>(work: (call: Call) => Promise<T>): Promise<T>;
  call(): Call;
  rootPem(): Promise<string>;
  /** The present revocation lists of all who sign, as PEM. */
  crlsPem(): Promise<string>;
}

/** What every issuer must show. */
export function issuerSuite(name: string, open: () => Promise<IssuerUnderTest>): void {
  const specs = ['EC_prime256v1', 'EC_secp384r1', 'EC_secp521r1', 'RSA_2048'] as const;
  for (const spec of specs) {
    test(`${name}: a certificate for ${spec} is what clients accept`, async () => {
      await using world = await open();
      const { certificatePem } = await issued(
        world,
        orderFor(spec, ['www.a.example', '*.a.example']),
      );
      const leaf = new X509Certificate(certificatePem);
      assert.equal(leaf.subject, 'CN=www.a.example');
      assert.equal(leaf.subjectAltName, 'DNS:www.a.example, DNS:*.a.example');
      assert.ok(leaf.checkHost('www.a.example') && leaf.checkHost('b.a.example'));
      assert.equal(leaf.checkHost('a.example'), undefined);
      assert.equal(leaf.ca, false);
      assert.deepEqual(leaf.keyUsage, ['1.3.6.1.5.5.7.3.1']);
      assert.ok(BigInt(`0x${leaf.serialNumber}`) >= 2n ** 64n);
    });
    test(
      `${name}: openssl verifies it strictly, revocation lists included, for ${spec}`,
      { skip: !hasOpenssl },
      async () => {
        await using world = await open();
        const order = orderFor(spec, ['www.a.example']);
        assert.match(
          await verify(world, await issued(world, order), 'www.a.example'),
          /leaf.pem: OK/,
        );
      },
    );
  }

  test(
    `${name}: a name that is too long for a subject stands in the critical SAN alone`,
    { skip: !hasOpenssl },
    async () => {
      await using world = await open();
      const long = `${'a'.repeat(60)}.a.example`;
      const certificate = await issued(world, orderFor('EC_prime256v1', [long]));
      assert.match(await verify(world, certificate, long), /leaf.pem: OK/);
      const printed = print(certificate.certificatePem);
      assert.match(printed, /Subject: *\n/);
      assert.match(printed, /Subject Alternative Name: critical/);
    },
  );

  test(`${name}: a verifier without OpenSSL takes it as well`, { skip: !hasPyca }, async () => {
    await using world = await open();
    for (const spec of ['EC_prime256v1', 'RSA_2048'] as const) {
      const host = 'www.a.example';
      const { certificatePem, chainPem } = await issued(world, orderFor(spec, [host]));
      const at = Math.floor(world.now.epochMilliseconds / 1000);
      const pems = { leaf: certificatePem, chain: chainPem, root: await world.rootPem() };
      assert.equal(pathLengthByPyca({ ...pems, host, at }), 3);
    }
  });

  test(`${name}: a certificate holds 198 days, and began less than an hour ago`, async () => {
    await using world = await open();
    const { certificatePem } = await issued(world, orderFor('EC_prime256v1', ['a.example']));
    const { validFromDate, validToDate } = new X509Certificate(certificatePem);
    const began = world.now.epochMilliseconds - validFromDate.getTime();
    assert.ok(began >= 0 && began <= 3_600_000);
    assert.equal(validToDate.getTime() - validFromDate.getTime(), (198 * 86_400 - 1) * 1000);
  });

  test(`${name}: what was prepared once is signed again under the same serial`, async () => {
    await using world = await open();
    const { prepared } = await world.as((call) =>
      world.issuer.prepare(call, orderFor('EC_prime256v1', ['a.example'])),
    );
    const serials = new Set<string>();
    for (let times = 0; times < 3; times += 1) {
      const { certificatePem } = await signed(world, prepared);
      serials.add(new X509Certificate(certificatePem).serialNumber);
    }
    assert.equal(serials.size, 1);
  });

  test(`${name}: nothing is signed whose preparation was not kept`, async () => {
    await using world = await open();
    const { prepared } = await world.issuer.prepare(
      world.call(),
      orderFor('EC_prime256v1', ['a.example']),
    );
    await assert.rejects(world.issuer.sign(world.call(), prepared));
  });

  test(`${name}: a request that another key signed is refused`, async () => {
    await using world = await open();
    const { signRequest } = orderFor('EC_prime256v1', ['a.example']);
    const order = { ...orderFor('EC_prime256v1', ['a.example']), signRequest };
    await assert.rejects(world.issuer.prepare(world.call(), order), IssuerRefusal);
  });

  test(`${name}: a request for other names than were asked for is refused`, async () => {
    await using world = await open();
    const order = orderFor('EC_prime256v1', ['a.example']);
    let other: Uint8Array | undefined;
    await world.issuer.prepare(world.call(), {
      ...order,
      names: ['b.example'],
      signRequest: async (info) => (other = await order.signRequest(info)),
    });
    await assert.rejects(
      world.issuer.prepare(world.call(), {
        ...order,
        signRequest: async () => other ?? new Uint8Array(0),
      }),
      IssuerRefusal,
    );
  });
}

/** An order by a new key of `spec`; the first name is the domain name. */
export function orderFor(spec: PrivateKeySpec, names: readonly [string, ...string[]]): Order {
  const { publicKey, privateKey } = generateKeyPair(spec);
  return {
    domainName: names[0],
    names,
    publicKey: Uint8Array.from(publicKey.export({ type: 'spki', format: 'der' })),
    signRequest: async (info) => signedWhole(info, spec, privateKey),
  };
}

export async function issued(world: IssuerUnderTest, order: Order): Promise<IssuedCertificate> {
  const { prepared } = await world.as((call) => world.issuer.prepare(call, order));
  return signed(world, prepared);
}

/** As the job does it: each step is kept before the next one. */
async function signed(world: IssuerUnderTest, prepared: string): Promise<IssuedCertificate> {
  for (let words = prepared; ;) {
    const answer = await world.as((call) => world.issuer.sign(call, words));
    if (!('prepared' in answer)) return answer;
    words = answer.prepared;
  }
}

/** What openssl says of a certificate as a server's, at the time of the world. @throws Error if it does not verify */
export async function verify(
  world: IssuerUnderTest,
  { certificatePem, chainPem }: IssuedCertificate,
  host: string,
): Promise<string> {
  using folder = new OpensslFolder();
  const at = String(Math.floor(world.now.epochMilliseconds / 1000));
  const trust = ['-CAfile', folder.write('root.pem', await world.rootPem())];
  const chain = ['-untrusted', folder.write('chain.pem', chainPem)];
  const lists = ['-crl_check_all', '-CRLfile', folder.write('crls.pem', await world.crlsPem())];
  const server = ['-x509_strict', '-purpose', 'sslserver', '-verify_hostname', host];
  const leaf = folder.write('leaf.pem', certificatePem);
  return folder.run('verify', '-attime', at, ...trust, ...chain, ...lists, ...server, leaf);
}

/** `openssl x509 -text`. */
export function print(certificatePem: string): string {
  using folder = new OpensslFolder();
  return folder.run('x509', '-noout', '-text', '-in', folder.write('leaf.pem', certificatePem));
}
