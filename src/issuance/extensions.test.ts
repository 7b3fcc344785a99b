import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { test } from 'node:test';
import fc from 'fast-check';
import { generateKeyPair, signedWhole } from '../../test/fakes/ca-vault.ts';
import { DerReader, explicit, integer, sequence, time } from '../lib/der.ts';
import { extensionId } from '../lib/oids.ts';
import { keyUsageBits, parseCertificate } from '../lib/x509.ts';
import { directoryName, extension, keyIdentifier, keyUsage, subjectAltName } from './extensions.ts';
import { signatureAlgorithmOf } from './private-ca/profile.ts';

const { publicKey, privateKey } = generateKeyPair('EC_prime256v1');
const spki = publicKey.export({ type: 'spki', format: 'der' });

function parsedWith(value: Uint8Array) {
  const now = Temporal.Instant.from('2026-11-24T00:00:00Z');
  const name = directoryName({ commonName: 'a.example' });
  const tbs = sequence(
    explicit(0, integer(2)),
    integer(1),
    signatureAlgorithmOf('EC_prime256v1'),
    name,
    sequence(time(now), time(now)),
    name,
    spki,
    explicit(3, sequence(value)),
  );
  return parseCertificate(signedWhole(tbs, 'EC_prime256v1', privateKey));
}

test('every set of key usages is read as it was written', () => {
  fc.assert(
    fc.property(fc.subarray([...keyUsageBits], { minLength: 1 }), (usages) => {
      const { keyUsages } = parsedWith(extension(extensionId.keyUsage, keyUsage(...usages)));
      assert.deepEqual(keyUsages, usages);
    }),
    { numRuns: 50 },
  );
});

test('every address is read as it was written, in its shortest form', () => {
  const addresses = fc.oneof(fc.ipV4(), fc.ipV6().filter(isIPv6));
  fc.assert(
    fc.property(addresses, (address) => {
      const names = subjectAltName({ dnsNames: [], ipAddresses: [address] });
      const { ipAddresses } = parsedWith(extension(extensionId.subjectAltName, names));
      const host = new URL(`http://${isIPv6(address) ? `[${address}]` : address}`).hostname;
      assert.deepEqual(ipAddresses, [host.replace(/[[\]]/g, '')]);
    }),
    { numRuns: 200 },
  );
  assert.throws(() => subjectAltName({ dnsNames: [], ipAddresses: ['a.example'] }), TypeError);
});

test('a key identifier is the beginning of the SHA-256 of the key itself', () => {
  const info = new DerReader(spki).readSequence();
  info.readSequence();
  const digest = createHash('sha256').update(info.readBitString().bytes).digest();
  assert.deepEqual(keyIdentifier(spki), digest.subarray(0, 20));
});
