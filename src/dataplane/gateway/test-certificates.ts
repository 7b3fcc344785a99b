import { generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import {
  bitString,
  explicit,
  implicit,
  integer,
  joined,
  objectIdentifier,
  octetString,
  sequence,
  set,
  time,
  utf8String,
} from '../../lib/der.ts';
import { writePem } from '../../lib/pem-writer.ts';

export interface TestCertificate {
  readonly pem: string;
  readonly privateKey: KeyObject;
  /** As `tls.PeerCertificate.serialNumber` shows it. */
  readonly serialNumber: string;
}

let serial = 0x10_00_00;

/** A certificate for `names` that signs itself, valid now. */
export function testCertificate(
  names: readonly string[],
  kind: 'ec' | 'rsa' = 'ec',
): TestCertificate {
  const { privateKey, publicKey } =
    kind === 'ec'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2048 });
  const algorithm = sequence(
    objectIdentifier(kind === 'ec' ? '1.2.840.10045.4.3.2' : '1.2.840.113549.1.1.11'),
  );
  const name = sequence(set(sequence(objectIdentifier('2.5.4.3'), utf8String(names[0] ?? ''))));
  const subjectAltName = sequence(
    ...names.map((each) =>
      /^[\d.]+$/.test(each)
        ? implicit(7, Buffer.from(each.split('.').map(Number)))
        : implicit(2, Buffer.from(each)),
    ),
  );
  const now = Temporal.Now.instant();
  serial += 1;
  const tbs = sequence(
    explicit(0, integer(2)),
    integer(serial),
    algorithm,
    name,
    sequence(time(now.subtract({ hours: 1 })), time(now.add({ hours: 48 }))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(sequence(objectIdentifier('2.5.29.17'), octetString(subjectAltName)))),
  );
  const der = sequence(tbs, algorithm, bitString(sign('sha256', joined([tbs]), privateKey)));
  return {
    pem: writePem('CERTIFICATE', der),
    privateKey,
    serialNumber: serial.toString(16).toUpperCase(),
  };
}
