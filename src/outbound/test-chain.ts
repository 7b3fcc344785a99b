import {
  createPublicKey,
  generateKeyPairSync,
  sign,
  X509Certificate,
  type KeyObject,
} from 'node:crypto';
import {
  bitString,
  explicit,
  implicit,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  set,
  time,
  utf8String,
} from '../lib/der.ts';
import { writePem } from '../lib/pem-writer.ts';

/** A certificate with its key, for tests only. */
export interface TestCertificate {
  readonly name: string;
  readonly privateKey: KeyObject;
  readonly pem: string;
  /** SHA-1, as IAM has it. */
  readonly thumbprint: string;
}

let serial = 1;

/** Signed by `issuer`, or by itself; an authority, or one for `localhost`. */
export function testCertificate(
  name: string,
  as: {
    readonly issuer?: TestCertificate;
    readonly isCa: boolean;
    readonly notAfter?: Temporal.Instant;
  },
): TestCertificate {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const now = Temporal.Now.instant();
  const ecdsaWithSha256 = sequence(objectIdentifier('1.2.840.10045.4.3.2'));
  const issuer = as.issuer ?? { name, privateKey };
  serial += 1;
  const body = sequence(
    explicit(0, integer(2)),
    integer(serial),
    ecdsaWithSha256,
    commonName(issuer.name),
    sequence(time(now.subtract({ hours: 48 })), time(as.notAfter ?? now.add({ hours: 24 }))),
    commonName(name),
    createPublicKey(privateKey).export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(as.isCa ? authority() : localhost())),
  );
  const signature = bitString(sign('sha256', body, issuer.privateKey));
  const pem = writePem('CERTIFICATE', sequence(body, ecdsaWithSha256, signature));
  const thumbprint = new X509Certificate(pem).fingerprint.replaceAll(':', '');
  return { name, privateKey, pem, thumbprint };
}

function commonName(text: string): Uint8Array {
  return sequence(set(sequence(objectIdentifier('2.5.4.3'), utf8String(text))));
}

/** Basic constraints: cA. */
function authority(): Uint8Array {
  const isTrue = Uint8Array.of(1, 1, 0xff);
  return sequence(objectIdentifier('2.5.29.19'), isTrue, octetString(sequence(isTrue)));
}

/** Subject alternative name. */
function localhost(): Uint8Array {
  const names = sequence(implicit(2, Buffer.from('localhost')));
  return sequence(objectIdentifier('2.5.29.17'), octetString(names));
}
