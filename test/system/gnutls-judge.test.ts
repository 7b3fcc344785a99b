import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import fc from 'fast-check';
import { openAuthority } from '../../src/issuance/private-ca/test-authority.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { writePem } from '../../src/lib/pem-writer.ts';
import { issued, orderFor } from '../suites/issuer.ts';
import { leafNames, leafSpecs } from '../suites/leaf-orders.ts';
import { OpensslFolder } from '../suites/openssl.ts';

const hasCerttool = spawnSync('certtool', ['--version']).status === 0;

test(
  'GnuTLS verifies leaves and lists of the private authority',
  { skip: hasCerttool ? false : 'certtool (gnutls-bin) is not installed', timeout: 600_000 },
  async () => {
    await using world = await openAuthority();
    // certtool knows no other time than that of the machine.
    world.now = systemClock.now();
    await world.ca.ensureCa();
    using folder = new OpensslFolder();
    const root = folder.write('root.pem', await world.rootPem());
    const certtool = (file: string, trusted: string, ...args: readonly string[]): string => {
      const trust = ['--load-ca-certificate', trusted, '--infile', file];
      const { status, stdout } = spawnSync('certtool', [...args, ...trust], { encoding: 'utf8' });
      assert.equal(status, 0, stdout);
      return stdout;
    };
    await fc.assert(
      fc.asyncProperty(leafNames, leafSpecs, async ([first = '', ...others], algorithm) => {
        const certificate = await issued(world, orderFor(algorithm, [first, ...others]));
        const chain = folder.write('chain.pem', certificate.certificatePem + certificate.chainPem);
        const asked = ['--verify-hostname', first.replace('*', 'any')];
        const purpose = ['--verify-purpose', '1.3.6.1.5.5.7.3.1'];
        assert.match(
          certtool(chain, root, '--verify', ...asked, ...purpose),
          /Verified\. The certificate/,
        );
      }),
      { numRuns: 25 },
    );
    const authorities = await world.store.db
      .selectFrom('ca_authority')
      .select(['certificate', 'crl'])
      .execute();
    for (const { certificate, crl } of authorities) {
      assert.ok(certificate && crl);
      const issuer = folder.write('issuer.pem', writePem('CERTIFICATE', certificate));
      const list = folder.write('list.pem', writePem('X509 CRL', crl));
      assert.match(certtool(list, issuer, '--verify-crl'), /Verification output: Verified/);
    }
  },
);
