import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { isIP } from 'node:net';
import type { PrivateCa } from '../issuance/index.ts';
import type { Clock } from '../lib/clock.ts';
import type { ServerCertificate } from './messages.ts';

const lifetimeHours = 90 * 24;
/** Well before the end of the lifetime. */
export const replacedAfterHours = 60 * 24;

/** With a key that is on no disk. @param host as the server is told to listen on it; loopback names always belong to it */
export async function serverCertificate(
  privateCa: Pick<PrivateCa, 'issueServerCertificate'>,
  host: string,
  clock: Clock,
): Promise<ServerCertificate> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const isName = isIP(host) === 0;
  const addresses = new Set(['127.0.0.1', '::1', ...(isName || isUnspecified(host) ? [] : [host])]);
  const { certificatePem, chainPem } = await privateCa.issueServerCertificate({
    names: [...new Set(['localhost', ...(isName ? [host] : [])])],
    ips: [...addresses],
    publicKey: createPublicKey(publicKey).export({ type: 'spki', format: 'der' }),
    notAfter: clock.now().add({ hours: lifetimeHours }),
  });
  return { key: privateKey, cert: `${certificatePem}${chainPem}` };
}

function isUnspecified(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}
