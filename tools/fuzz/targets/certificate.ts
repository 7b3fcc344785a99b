import { createPrivateKey, createPublicKey, sign, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import fc from 'fast-check';
import {
  bitString,
  boolean,
  DerReader,
  explicit,
  implicit,
  integer,
  objectIdentifier,
  octetString,
  printableString,
  sequence,
  set,
  time,
  utf8String,
} from '../../../src/lib/der.ts';
import { readPemCertificates } from '../../../src/lib/pem.ts';
import { writePem } from '../../../src/lib/pem-writer.ts';
import { parseCertificate } from '../../../src/lib/x509.ts';
import { ValidationException } from '../../../src/services/acm/errors.ts';
import { checkImport } from '../../../src/services/acm/import-checks.ts';
import type { Chance } from '../chance.ts';
import { mutated } from '../mutate.ts';
import { mutatedDer } from '../mutate-der.ts';
import { attempt, must, subject, type Target } from '../target.ts';
import { anyBytes, bytesOf } from './bytes.ts';

/** Certificate and chain in one: from the second block on it is the chain. */
export const certificateTarget: Target = {
  about: 'certificates and chains at import: nothing that OpenSSL refuses is taken',
  inputs: fc.oneof({ weight: 4, arbitrary: bytesOf(chains()) }, { weight: 1, arbitrary: anyBytes }),
  maxBytes: 16 * 1024,
  words: [
    '-----BEGIN CERTIFICATE-----',
    '-----END CERTIFICATE-----',
    '\n',
    '\r\n',
    '====',
    ' ',
    '-----',
    '-----BEGIN PRIVATE KEY-----',
    '-----BEGIN TRUSTED CERTIFICATE-----',
    'text\n',
    '\t',
  ],
  mutate: mutatedChain,
  async start() {
    return subject((bytes) => {
      const [certificate, chain] = split(bytes);
      const taken = attempt(() => checkImport({ certificate, chain, now }), [ValidationException]);
      if (taken !== undefined) judgeByOpenssl(certificate, chain, taken);
    });
  },
};

const now = Temporal.Instant.from('2026-11-24T12:00:00Z');

/** Known to everybody: for these certificates only. */
const keys = {
  leaf: createPrivateKey(`-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgRJiJxJjxXBF8dFIz
l1sfm2t266e0YEp75uh0KsesXEWhRANCAAQkxHCc4ZGU/ZPnTGhlv6bpXhvmojiM
v8qKxNdSyfhb0vsTLwP6ddGdj0Fnd675FadqvTQE+UIFf2rPID18mGJC
-----END PRIVATE KEY-----
`),
};
const spki = createPublicKey(keys.leaf).export({ type: 'spki', format: 'der' });
const ecdsaWithSha256 = sequence(objectIdentifier('1.2.840.10045.4.3.2'));

/** All keys are one key, so that whatever is changed can be signed anew. */
function signedAnew(tbs: Uint8Array): Uint8Array {
  return sequence(tbs, ecdsaWithSha256, bitString(sign('sha256', tbs, keys.leaf)));
}

function split(bytes: Uint8Array): [certificate: Uint8Array, chain: Uint8Array | undefined] {
  const text = Buffer.from(bytes);
  const second = text.indexOf('-----BEGIN', text.indexOf('-----BEGIN') + 1);
  return second < 1 ? [bytes, undefined] : [bytes.subarray(0, second), bytes.subarray(second)];
}

function judgeByOpenssl(
  certificate: Uint8Array,
  chain: Uint8Array | undefined,
  taken: ReturnType<typeof checkImport>,
): void {
  const [der] = readPemCertificates(certificate, 1);
  const fields = parseCertificate(der ?? new Uint8Array(0));
  const pem = readable(() => new X509Certificate(certificate), 'the certificate as PEM');
  must(Buffer.compare(pem.raw, fields.der) === 0, 'OpenSSL reads the same certificate');
  const path = [pem];
  if (chain !== undefined) {
    const authorities = readPemCertificates(chain, 100);
    path.push(...authorities.map((each) => readable(() => new X509Certificate(each), 'the chain')));
    readable(() => createSecureContext({ cert: chain as Buffer }), 'the chain as PEM');
  }
  for (const each of path) {
    must(!/bad/i.test(each.validFrom + each.validTo), 'OpenSSL reads the times');
    must(each.subject !== undefined && each.issuer !== undefined, 'OpenSSL reads the names');
  }
  // A leaf that signs itself although its key usage says no is taken by OpenSSL, but as the issuer of nothing.
  const mayNotSign = fields.keyUsages?.includes('keyCertSign') === false;
  for (const [index, each] of path.entries()) {
    const issuer = path[index + 1] ?? (chain === undefined ? each : undefined);
    must(
      issuer === undefined || each.checkIssued(issuer) || (issuer === each && mayNotSign),
      'OpenSSL sees who issued it',
    );
    must(issuer === undefined || each.verify(issuer.publicKey), 'OpenSSL verifies the signature');
    must(index === 0 || each.ca, 'OpenSSL takes the authority for one');
  }
  must(pem.validFromDate.getTime() === fields.notBefore.epochMilliseconds, 'the same beginning');
  must(pem.validToDate.getTime() === fields.notAfter.epochMilliseconds, 'the same end');
  const hasNames = fields.extensions.includes('2.5.29.17');
  must(!hasNames || pem.subjectAltName !== undefined, 'OpenSSL reads the alternative names');
  for (const name of taken.names.filter((each) => fields.dnsNames.includes(each)))
    must(pem.subjectAltName?.includes(name) === true, 'OpenSSL sees the same DNS names');
  readable(() => createSecureContext({ cert: certificate as Buffer }), 'the certificate to serve');
}

function readable<T>(read: () => T, what: string): T {
  try {
    return read();
  } catch {
    must(false, `OpenSSL takes ${what}`);
  }
}

/** A structural change somewhere in one of the certificates, signed anew, so that the checks behind it are reached. */
function mutatedChain(input: Uint8Array, chance: Chance): Uint8Array {
  const ders = attempt(() => readPemCertificates(input, 5), [Error]);
  if (ders === undefined)
    return mutated(input, { others: [], words: [], maxBytes: 16 * 1024 }, chance);
  const place = chance.below(ders.length);
  const changed = ders.map((der, index) => {
    if (index !== place) return der;
    if (chance.oneIn(4)) return mutatedDer(der, chance);
    const tbs = attempt(() => new DerReader(der).readSequence().next().raw, [Error]);
    return tbs === undefined ? der : signedAnew(mutatedDer(tbs, chance));
  });
  return Buffer.from(changed.map((der) => writePem('CERTIFICATE', der)).join(''));
}

interface Made {
  readonly name: string;
  readonly authority: string | undefined;
  readonly extensions: readonly Uint8Array[];
  readonly serial: number;
}

function chains(): fc.Arbitrary<string> {
  const leaf = fc.record({
    name: fc.constantFrom('a.example', 'b.example', '*.a.example', '192.0.2.1', 'Ä'),
    authority: fc.constantFrom(undefined, undefined, 'root', 'intermediate'),
    extensions: extensions(leafExtensions()),
    serial: fc.nat(),
  });
  const authority = fc.record({
    name: fc.constantFrom('root', 'intermediate'),
    authority: fc.constantFrom(undefined, 'root'),
    extensions: extensions(authorityExtensions()),
    serial: fc.nat(),
  });
  return fc
    .tuple(leaf, fc.array(authority, { maxLength: 2 }))
    .map(([first, rest]) => [first, ...rest].map(certificate).join(''));
}

function certificate({ name, authority, extensions: list, serial }: Made): string {
  const tbs = sequence(
    explicit(0, integer(2)),
    integer(serial),
    ecdsaWithSha256,
    nameOf(authority ?? name),
    sequence(time(now.subtract({ hours: 24 })), time(now.add({ hours: 24 * 90 }))),
    nameOf(name),
    spki,
    ...(list.length === 0 ? [] : [explicit(3, sequence(...list))]),
  );
  return writePem('CERTIFICATE', signedAnew(tbs));
}

function nameOf(name: string): Uint8Array {
  return sequence(
    set(sequence(objectIdentifier('2.5.4.6'), printableString('DE'))),
    set(sequence(objectIdentifier('2.5.4.3'), utf8String(name))),
  );
}

function extensions(from: readonly fc.Arbitrary<Uint8Array>[]): fc.Arbitrary<Uint8Array[]> {
  return fc
    .tuple(...from.map((each) => fc.option(each, { nil: undefined })))
    .map((all) => all.filter((each) => each !== undefined));
}

function extension(id: string, value: Uint8Array, isCritical = false): Uint8Array {
  const critical = isCritical ? [boolean(true)] : [];
  return sequence(objectIdentifier(id), ...critical, octetString(value));
}

function leafExtensions(): fc.Arbitrary<Uint8Array>[] {
  const dnsName = fc
    .oneof(fc.constantFrom('a.example', '*.b.example', 'xn--4ca.example', ''), fc.string())
    .map((name) => implicit(2, Buffer.from(name)));
  const address = fc
    .oneof(...[4, 16, 5].map((length) => fc.uint8Array({ minLength: length, maxLength: length })))
    .map((bytes) => implicit(7, bytes));
  const other = fc.constantFrom(
    implicit(1, Buffer.from('a@example')),
    implicit(6, Buffer.from('https://a.example/')),
    explicit(4, nameOf('a')),
    implicit(8, Uint8Array.of(0x2a, 3)),
  );
  const names = fc.array(fc.oneof(dnsName, address, other), { maxLength: 4 });
  const purposes = fc.array(
    fc.constantFrom('1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2', '2.5.29.37.0'),
  );
  return [
    names.map((each) => extension('2.5.29.17', sequence(...each))),
    fc.uint8Array({ maxLength: 3 }).map((bits) => extension('2.5.29.15', bitString(bits), true)),
    purposes.map((each) => extension('2.5.29.37', sequence(...each.map(objectIdentifier)))),
    fc.constantFrom(
      extension('2.5.29.19', sequence()),
      extension('2.5.29.19', sequence(boolean(true)), true),
      extension('2.5.29.19', sequence(boolean(false), integer(0))),
    ),
    ...keyIdentifiers(),
    fc.constantFrom(
      extension(
        '1.3.6.1.5.5.7.1.1',
        sequence(
          sequence(
            objectIdentifier('1.3.6.1.5.5.7.48.1'),
            implicit(6, Buffer.from('http://ocsp.example/')),
          ),
        ),
      ),
      extension(
        '2.5.29.31',
        sequence(
          sequence(explicit(0, explicit(0, implicit(6, Buffer.from('http://crl.example/'))))),
        ),
      ),
      extension(
        '2.5.29.30',
        sequence(explicit(0, sequence(sequence(implicit(2, Buffer.from('a')))))),
      ),
      extension('2.5.29.36', sequence(explicit(0, integer(0)))),
      extension('1.2.3.4', Uint8Array.of(1), true),
    ),
  ];
}

function authorityExtensions(): fc.Arbitrary<Uint8Array>[] {
  const limit = fc.option(fc.nat({ max: 2 }));
  return [
    limit.map((most) =>
      extension(
        '2.5.29.19',
        sequence(boolean(true), ...(most === null ? [] : [integer(most)])),
        true,
      ),
    ),
    fc
      .constantFrom(0x06, 0x04, 0x02, 0x80)
      .map((bits) => extension('2.5.29.15', bitString(Uint8Array.of(bits)), true)),
    ...keyIdentifiers(),
  ];
}

function keyIdentifiers(): fc.Arbitrary<Uint8Array>[] {
  const id = fc.constantFrom('one', 'two').map((text) => Buffer.from(text));
  return [
    id.map((each) => extension('2.5.29.14', octetString(each))),
    id.map((each) => extension('2.5.29.35', sequence(implicit(0, each)))),
  ];
}
