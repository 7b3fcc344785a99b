import { constants, createCipheriv, createHash, createPublicKey, publicEncrypt } from 'node:crypto';
import { DerReader } from '../lib/der-reader.ts';
import * as der from '../lib/der-writer.ts';
import type { Random } from '../lib/random.ts';
import { bufferOver } from './private-key.ts';
import { Refusal } from './refusal.ts';

const sha256 = der.sequence(der.objectIdentifier('2.16.840.1.101.3.4.2.1'), der.nullValue());
/** RSAES-OAEP with SHA-256 and MGF1 of SHA-256 (RFC 4055 §4.1). */
const rsaesOaepSha256 = der.sequence(
  der.objectIdentifier('1.2.840.113549.1.1.7'),
  der.sequence(
    der.explicit(0, sha256),
    der.explicit(1, der.sequence(der.objectIdentifier('1.2.840.113549.1.1.8'), sha256)),
  ),
);

/**
 * CMS EnvelopedData for one recipient, as AWS KMS answers in `CiphertextForRecipient` (RFC 5652 §6, RFC 3560).
 * @param publicKey DER SubjectPublicKeyInfo of an RSA key of 2048 to 4096 bits
 * @throws Refusal `recipient-refused` for other keys
 */
export function envelopedData(
  plaintext: Uint8Array,
  publicKey: Uint8Array,
  random: Random,
): Uint8Array {
  const key = recipientKey(publicKey);
  const contentKey = random.bytes(32);
  const iv = random.bytes(16);
  const cipher = createCipheriv('aes-256-cbc', contentKey, iv);
  const content = der.joined([cipher.update(plaintext), cipher.final()]);
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const encryptedKey = publicEncrypt({ key, padding, oaepHash: 'sha256' }, contentKey);
  contentKey.fill(0);
  const keyTransport = der.sequence(
    der.integer(2),
    der.implicit(0, subjectKeyIdentifier(publicKey)),
    rsaesOaepSha256,
    der.octetString(encryptedKey),
  );
  const encryptedContent = der.sequence(
    der.objectIdentifier('1.2.840.113549.1.7.1'),
    der.sequence(der.objectIdentifier('2.16.840.1.101.3.4.1.42'), der.octetString(iv)),
    der.implicit(0, content),
  );
  const recipients = der.tlv(der.derTag.set, keyTransport);
  const enveloped = der.sequence(der.integer(2), recipients, encryptedContent);
  return der.sequence(der.objectIdentifier('1.2.840.113549.1.7.3'), der.explicit(0, enveloped));
}

function recipientKey(spki: Uint8Array): ReturnType<typeof createPublicKey> {
  try {
    const key = createPublicKey({ key: bufferOver(spki), format: 'der', type: 'spki' });
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    if (key.asymmetricKeyType === 'rsa' && bits >= 2048 && bits <= 4096) return key;
  } catch {
    // Refused like any key that is not RSA.
  }
  throw new Refusal('recipient-refused', 'the public key is not RSA of 2048 to 4096 bits');
}

/** The leftmost 160 bits of SHA-256 of the key (RFC 7093 §2, method 1). */
function subjectKeyIdentifier(spki: Uint8Array): Uint8Array {
  const parts = new DerReader(spki).readSequence();
  parts.readSequence();
  return createHash('sha256').update(parts.readBitString().bytes).digest().subarray(0, 20);
}
