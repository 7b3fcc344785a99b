import { createPublicKey } from 'node:crypto';
import { DerReader, derTag } from '../../src/lib/der.ts';
import { extensionId, keyPurposeId } from '../../src/lib/oids.ts';
import { parseCertificate, type CertificateFields } from '../../src/lib/x509.ts';

/**
 * What RFC 5280 and the CA/Browser Forum's Baseline Requirements (BR, 2.1) ask of certificates, as far as it can be seen
 * in one and its issuer's. Left out is what only a publicly trusted CA has: a verified country in its name, policies,
 * certificate transparency and the address of its own certificate.
 */

export type Role = 'root' | 'intermediate' | 'leaf';

interface Extension {
  readonly critical: boolean;
  readonly value: Uint8Array;
}

interface Subject extends CertificateFields {
  readonly role: Role;
  readonly issuedBy: CertificateFields;
  readonly byId: ReadonlyMap<string, Extension>;
  readonly tbs: TbsParts;
  /** When it was signed. */
  readonly signedAt: Temporal.Instant;
}

interface Rule {
  readonly clause: string;
  /** All when absent. */
  readonly of?: readonly Role[];
  readonly holds: (certificate: Subject) => boolean;
}

/** The clauses that a certificate breaks. @param issuer DER; its own for a root */
export function brokenClauses(
  der: Uint8Array,
  issuer: Uint8Array,
  { role, signedAt }: { readonly role: Role; readonly signedAt: Temporal.Instant },
): string[] {
  const subject: Subject = {
    ...parseCertificate(der),
    issuedBy: parseCertificate(issuer),
    byId: extensionsOf(der),
    tbs: tbsOf(der),
    role,
    signedAt,
  };
  return rules
    .filter(({ of = [role], holds }) => of.includes(role) && !holds(subject))
    .map(({ clause }) => clause);
}

const authority = ['root', 'intermediate'] as const;
const issued = ['intermediate', 'leaf'] as const;
const day = 24;

const rules: readonly Rule[] = [
  { clause: 'RFC 5280 §4.1.2.1: version 3', holds: ({ version }) => version === 3 },
  {
    clause: 'RFC 5280 §4.1.2.2: a positive serial of at most 20 octets',
    holds: ({ tbs: { serial } }) => serial.length <= 20 && (serial[0] ?? 0x80) < 0x80,
  },
  { clause: 'BR §7.1: a serial of 64 bits or more', holds: ({ serial }) => serial.length >= 8 },
  {
    clause: 'BR §7.1.4.1: the issuer is named byte for byte as it names itself',
    holds: ({ issuer, issuedBy }) => isSame(issuer.der, issuedBy.subject.der),
  },
  {
    clause: 'RFC 5280 §4.1.2.5: UTCTime until 2049, then GeneralizedTime',
    holds: ({ tbs }) =>
      tbs.times.every(({ tag, at }) => (tag === derTag.utcTime) === yearOf(at) < 2050),
  },
  {
    clause: 'RFC 5280 §6.1.3: it ends when its issuer does, or before',
    holds: ({ notAfter, issuedBy }) => Temporal.Instant.compare(notAfter, issuedBy.notAfter) <= 0,
  },
  {
    clause: 'BR §7.1.2: it begins within 48 hours of its signature',
    holds: ({ notBefore, signedAt }) => Math.abs(notBefore.until(signedAt).total('hours')) <= 48,
  },
  {
    clause: 'BR §7.1.3.2: the algorithm fits the key of the issuer',
    holds: ({ tbs, issuedBy }) => tbs.algorithm === algorithms[keyName(issuedBy)],
  },
  {
    clause:
      'BR §6.1.5, §6.1.6: RSA of 2048 bits or more in eights, exponent 65537 or more, or a NIST curve',
    holds: (certificate) => isAllowedKey(certificate),
  },
  {
    clause: 'RFC 5280 §4.2.1.2: a subject key identifier, not critical',
    of: authority,
    holds: (each) => isPlain(each, 'subjectKeyIdentifier'),
  },
  {
    clause: "RFC 5280 §4.2.1.1: the issuer's key identifier, not critical",
    of: issued,
    holds: (each) =>
      isPlain(each, 'authorityKeyIdentifier') &&
      isSame(each.authorityKeyIdentifier, each.issuedBy.subjectKeyIdentifier),
  },
  {
    clause: 'RFC 5280 §4.2.1.3: key usage is critical',
    holds: (each) => isCritical(each, 'keyUsage'),
  },
  {
    clause: 'RFC 5280 §4.2.1.9: an authority says that it is one, critically',
    of: authority,
    holds: (each) => isCritical(each, 'basicConstraints') && each.basicConstraints.isCa,
  },
  {
    clause: 'BR §7.1.2.1.2: a root has no path length, and no purposes',
    of: ['root'],
    holds: ({ basicConstraints, extendedKeyUsages }) =>
      basicConstraints.pathLength === undefined && extendedKeyUsages === undefined,
  },
  {
    clause: 'BR §7.1.2.1.1: a root lives 8 to 25 years',
    of: ['root'],
    holds: (each) => hoursOf(each) >= 2922 * day && hoursOf(each) <= 9132 * day,
  },
  {
    clause: 'BR §7.1.2.10.7: authorities sign certificates and lists, nothing else',
    of: authority,
    holds: ({ keyUsages }) => keyUsages?.join() === 'keyCertSign,cRLSign',
  },
  {
    clause: 'BR §7.1.2.10.2: authorities have an organization and a common name',
    of: authority,
    holds: ({ subject }) =>
      ['2.5.4.10', '2.5.4.3'].every((type) =>
        subject.attributes.some((each) => each.type === type),
      ),
  },
  {
    clause: 'BR §7.1.2.6: an intermediate above leaves only',
    of: ['intermediate'],
    holds: ({ basicConstraints }) => basicConstraints.pathLength === 0,
  },
  {
    clause: 'BR §7.1.2.10.6, §7.1.2.7.10: for TLS servers alone, not critical',
    of: issued,
    holds: (each) =>
      isPlain(each, 'extendedKeyUsage') &&
      each.extendedKeyUsages?.join() === keyPurposeId.serverAuth,
  },
  {
    clause: 'BR §7.1.2.11.2: one http address of a list, not critical',
    of: issued,
    holds: (each) =>
      isPlain(each, 'crlDistributionPoints') &&
      each.crlUrls.length === 1 &&
      each.crlUrls[0]?.startsWith('http://') === true,
  },
  {
    clause: 'BR §7.1.2.7.8: a leaf is no authority, critically',
    of: ['leaf'],
    holds: (each) =>
      isCritical(each, 'basicConstraints') &&
      !each.basicConstraints.isCa &&
      each.basicConstraints.pathLength === undefined,
  },
  {
    clause: 'BR §7.1.2.7.11: a leaf signs, and with RSA takes keys in; nothing else',
    of: ['leaf'],
    holds: (each) =>
      each.keyUsages?.join() ===
      (keyName(each).startsWith('RSA') ? 'digitalSignature,keyEncipherment' : 'digitalSignature'),
  },
  {
    clause: 'BR §6.3.2: from 15 March 2026 a leaf lives 200 days at most',
    of: ['leaf'],
    // RFC 5280 §4.1.2.5: both ends belong to it.
    holds: (each) => hoursOf(each) + 1 / 3600 <= 200 * day,
  },
  {
    clause: 'RFC 5280 §4.2.1.6: names, critical exactly where the subject is empty',
    of: ['leaf'],
    holds: (each) =>
      each.dnsNames.length + each.ipAddresses.length > 0 &&
      each.byId.get(extensionId.subjectAltName)?.critical ===
        (each.subject.attributes.length === 0),
  },
  {
    clause: 'BR §7.1.2.7.2: the subject is a common name, or nothing',
    of: ['leaf'],
    holds: ({ subject }) =>
      subject.attributes.length <= 1 && subject.attributes.every(({ type }) => type === '2.5.4.3'),
  },
  {
    clause: 'BR §7.1.4.3: the common name is one of the names',
    of: ['leaf'],
    holds: ({ subject, dnsNames, ipAddresses }) =>
      subject.attributes.every(({ value }) => [...dnsNames, ...ipAddresses].includes(value)),
  },
  {
    clause: 'RFC 5280 appendix A: a common name has 64 characters at most',
    holds: ({ subject }) => subject.attributes.every(({ value }) => value.length <= 64),
  },
  {
    clause:
      'RFC 5280 §4.2.1.6, BR §7.1.2.7.12: names are host names in lower case, wildcards their whole first label',
    of: ['leaf'],
    holds: ({ dnsNames }) => dnsNames.every(isHostName),
  },
  {
    clause: 'RFC 5280 §7.2: names of other scripts are A-labels',
    of: ['leaf'],
    holds: ({ dnsNames }) =>
      dnsNames.every((name) =>
        name.split('.').every((label) => label.slice(2, 4) !== '--' || label.startsWith('xn--')),
      ),
  },
];

type ExtensionName = Exclude<keyof typeof extensionId, 'crlNumber' | 'reasonCode'>;

function isCritical({ byId }: Subject, name: ExtensionName): boolean {
  return byId.get(extensionId[name])?.critical === true;
}

function isPlain({ byId }: Subject, name: ExtensionName): boolean {
  return byId.get(extensionId[name])?.critical === false;
}

/** RFC 1034 §3.5, RFC 1123 §2.1; a name has 253 characters at most, a label 63. */
function isHostName(name: string): boolean {
  return (
    name.length <= 253 &&
    /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$|^localhost$/.test(
      name,
    )
  );
}

/** Of a key that signs, what it signs with: DER AlgorithmIdentifier, hex. @see BR §7.1.3.2.1, §7.1.3.2.2 */
const algorithms: Readonly<Record<string, string>> = {
  'RSA 2048': '300d06092a864886f70d01010b0500',
  'RSA 3072': '300d06092a864886f70d01010b0500',
  'RSA 4096': '300d06092a864886f70d01010b0500',
  'EC prime256v1': '300a06082a8648ce3d040302',
  'EC secp384r1': '300a06082a8648ce3d040303',
  'EC secp521r1': '300a06082a8648ce3d040304',
};

function keyName({ publicKey }: CertificateFields): string {
  const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
  return key.asymmetricKeyType === 'rsa' ? `RSA ${modulusLength}` : `EC ${namedCurve}`;
}

function isAllowedKey(certificate: CertificateFields): boolean {
  const { publicKey } = certificate;
  const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  const { modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType !== 'rsa') return keyName(certificate) in algorithms;
  return modulusLength >= 2048 && modulusLength % 8 === 0 && publicExponent >= 65_537n;
}

interface TbsParts {
  /** As it stands there, with a leading zero if there is one. */
  readonly serial: Uint8Array;
  /** DER, hex. */
  readonly algorithm: string;
  readonly times: readonly { readonly tag: number | undefined; readonly at: Temporal.Instant }[];
}

function tbsOf(der: Uint8Array): TbsParts {
  const tbs = new DerReader(der).readSequence().readSequence();
  tbs.readConstructed(0xa0);
  const serial = tbs.readInteger();
  const algorithm = Buffer.from(tbs.next().raw).toString('hex');
  tbs.next();
  const validity = tbs.readSequence();
  const times = [0, 1].map(() => ({ tag: validity.peekTag(), at: validity.readTime() }));
  return { serial, algorithm, times };
}

function extensionsOf(der: Uint8Array): Map<string, Extension> {
  const tbs = new DerReader(der).readSequence().readSequence();
  while (tbs.peekTag() !== 0xa3) tbs.next();
  const list = tbs.readConstructed(0xa3).readSequence();
  const found = new Map<string, Extension>();
  while (list.peekTag() !== undefined) {
    const extension = list.readSequence();
    const id = extension.readObjectIdentifier();
    const critical = extension.peekTag() === derTag.boolean && extension.readBoolean();
    found.set(id, { critical, value: extension.readOctetString() });
  }
  return found;
}

function hoursOf({ notBefore, notAfter }: CertificateFields): number {
  return notBefore.until(notAfter).total('hours');
}

function yearOf(instant: Temporal.Instant): number {
  return instant.toZonedDateTimeISO('UTC').year;
}

function isSame(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a !== undefined && b !== undefined && Buffer.compare(a, b) === 0;
}
