import { hash } from 'node:crypto';
import * as v from 'valibot';
import { readPemCertificates } from '../../lib/pem.ts';
import { parseCertificate } from '../../lib/x509.ts';
import type { RenewalAdvice } from '../issuer.ts';
import type { AcmeConnection } from './connection.ts';
import { readMessage } from './messages.ts';
import { AcmeProtocolError } from './protocol-error.ts';

const time = v.pipe(v.string(), v.isoTimestamp());

/** @see RFC 9773 §4.2 */
const renewalInfoShape = v.object({ suggestedWindow: v.object({ start: time, end: time }) });

/** Until the CA is asked again, where it does not say. @see RFC 9773 §4.3.3 */
const hoursToNextLook = 6;

/**
 * The name of a certificate in a CA's renewal information: key identifier of its issuer and serial number, as they stand
 * in DER. Undefined for one that does not name its issuer's key.
 * @see RFC 9773 §4.1
 */
export function certificateId(certificatePem: string): string | undefined {
  const [der = new Uint8Array(0)] = readPemCertificates(Buffer.from(certificatePem), 1);
  const { authorityKeyIdentifier, serial } = parseCertificate(der);
  if (authorityKeyIdentifier === undefined) return undefined;
  // An INTEGER whose first bit is set has a zero before it.
  const isNegative = (serial[0] ?? 0) >= 0x80;
  const number = isNegative ? Buffer.concat([Uint8Array.of(0), serial]) : Buffer.from(serial);
  return `${Buffer.from(authorityKeyIdentifier).toString('base64url')}.${number.toString('base64url')}`;
}

/**
 * When the CA wants the certificate to be renewed: an instant by chance in its window, the same one as long as the window
 * is. Undefined where the CA has no such information.
 * @throws AcmeProblem, AcmeProtocolError
 * @see RFC 9773 §4.2
 */
export async function renewalAdvice(
  connection: AcmeConnection,
  certificatePem: string,
  now: Temporal.Instant,
): Promise<RenewalAdvice | undefined> {
  const { renewalInfo } = await connection.directory();
  const id = certificateId(certificatePem);
  if (renewalInfo === undefined || id === undefined) return undefined;
  const { body, retryAt } = await connection.get(`${renewalInfo.replace(/\/$/, '')}/${id}`);
  const { suggestedWindow } = readMessage(renewalInfoShape, body, 'renewal information');
  const start = Temporal.Instant.from(suggestedWindow.start);
  const end = Temporal.Instant.from(suggestedWindow.end);
  if (Temporal.Instant.compare(start, end) >= 0)
    throw new AcmeProtocolError('the window for a renewal ends before it begins');
  const chance =
    parseInt(hash('sha256', `${id} ${start.toString()} ${end.toString()}`).slice(0, 8), 16) /
    2 ** 32;
  const milliseconds = Math.floor(start.until(end).total('milliseconds') * chance);
  return {
    renewAt: start.add({ milliseconds }),
    askAgainAt: retryAt ?? now.add({ hours: hoursToNextLook }),
  };
}
