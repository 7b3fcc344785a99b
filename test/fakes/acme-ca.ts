import { X509Certificate } from 'node:crypto';
import {
  leafCertificate,
  rootCertificate,
  type IssuerFields,
} from '../../src/issuance/private-ca/profile.ts';
import { DerReader } from '../../src/lib/der.ts';
import { writePem } from '../../src/lib/pem-writer.ts';
import { systemRandom } from '../../src/lib/random.ts';
import { parseCertificate } from '../../src/lib/x509.ts';
import { generateKeyPair, signedWhole } from './ca-vault.ts';

/** A root that signs leaves itself. */
export class AcmeCa {
  readonly rootPem: string;
  readonly #keys = generateKeyPair('EC_prime256v1');
  readonly #issuer: IssuerFields;
  readonly #now: Temporal.Instant;

  constructor(now: Temporal.Instant, id = 'acmetest') {
    const publicKey = spki(this.#keys.publicKey);
    const moment = { now, random: systemRandom };
    const { der } = rootCertificate({ caId: id, spec: 'EC_prime256v1', publicKey }, moment);
    const root = signedWhole(der, 'EC_prime256v1', this.#keys.privateKey);
    const { subject, notAfter } = parseCertificate(root);
    this.rootPem = writePem('CERTIFICATE', root);
    this.#now = now;
    const crlUrl = 'http://ca.test/crl';
    this.#issuer = { spec: 'EC_prime256v1', name: subject.der, publicKey, notAfter, crlUrl };
  }

  get commonName(): string {
    return /CN=(.*)$/.exec(new X509Certificate(this.rootPem).subject)?.[1] ?? '';
  }

  /** A leaf and the root, as `application/pem-certificate-chain`. */
  chain(names: readonly string[], publicKey: Uint8Array, now = this.#now): string {
    const { der } = leafCertificate(
      { commonName: names[0], dnsNames: names, family: 'EC', publicKey },
      this.#issuer,
      { now, random: systemRandom },
    );
    const leaf = signedWhole(der, 'EC_prime256v1', this.#keys.privateKey);
    return writePem('CERTIFICATE', leaf) + this.rootPem;
  }
}

/** Of a DER CertificationRequest. */
export function requestedKey(csr: Uint8Array): Uint8Array {
  const info = new DerReader(csr).readSequence().readSequence();
  info.readInteger();
  info.next();
  return info.next().raw;
}

export function spki(key: ReturnType<typeof generateKeyPair>['publicKey']): Uint8Array {
  return Uint8Array.from(key.export({ type: 'spki', format: 'der' }));
}
