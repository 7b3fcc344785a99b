import {
  constants,
  createDecipheriv,
  generateKeyPair,
  privateDecrypt,
  type KeyObject,
} from 'node:crypto';
import { promisify } from 'node:util';
import type { Clock } from '../../lib/clock.ts';
import { DerError, DerReader, derTag, joined } from '../../lib/der.ts';
import type { Random } from '../../lib/random.ts';
import { signRecipientDocument } from '../../lib/recipient-document-signature.ts';
import type { Holder } from './holder.ts';

export interface EnrolledHolder extends Holder {
  /** DER SubjectPublicKeyInfo (Ed25519): what the vault must know before it believes a document of this holder. */
  readonly publicKey: Uint8Array;
}

/** Makes the two keys of this process, on other threads: some 50 ms for the RSA key. */
export async function createEnrolledHolder(clock: Clock, random: Random): Promise<EnrolledHolder> {
  const [identity, ephemeral] = await Promise.all([
    promisify(generateKeyPair)('ed25519'),
    promisify(generateKeyPair)('rsa', { modulusLength: 2048 }),
  ]);
  const holderId = random.uuid();
  const ephemeralPublicKey = ephemeral.publicKey.export({ type: 'spki', format: 'der' });
  return {
    holderId,
    publicKey: identity.publicKey.export({ type: 'spki', format: 'der' }),
    document() {
      const signed = signRecipientDocument(
        { holderId, publicKey: ephemeralPublicKey, time: clock.now(), nonce: random.bytes(16) },
        identity.privateKey,
      );
      return Buffer.from(signed).toString('base64');
    },
    open: (envelope) => openEnvelope(envelope, ephemeral.privateKey),
  };
}

/**
 * Reads a CMS EnvelopedData (RFC 5652 §6) of one recipient, which is this key: RSAES-OAEP with SHA-256, AES-256-CBC.
 * The caller overwrites the result.
 * @throws DerError when it is something else
 */
export function openEnvelope(envelope: Uint8Array, privateKey: KeyObject): Uint8Array {
  const { encryptedKey, iv, content } = readEnvelope(envelope);
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const contentKey = privateDecrypt({ key: privateKey, padding, oaepHash: 'sha256' }, encryptedKey);
  const decipher = createDecipheriv('aes-256-cbc', contentKey, iv);
  contentKey.fill(0);
  const parts = [decipher.update(content), decipher.final()];
  const plaintext = joined(parts);
  for (const part of parts) part.fill(0);
  return plaintext;
}

function readEnvelope(envelope: Uint8Array): Record<'encryptedKey' | 'iv' | 'content', Uint8Array> {
  const contentInfo = new DerReader(envelope).readSequence();
  expectObject(contentInfo, '1.2.840.113549.1.7.3');
  const envelopedData = contentInfo.readConstructed(0xa0).readSequence();
  envelopedData.readSmallInteger();
  const recipients = envelopedData.readConstructed(derTag.set);
  const keyTransport = recipients.readSequence();
  recipients.end();
  keyTransport.readSmallInteger();
  keyTransport.read(0x80);
  expectObject(keyTransport.readSequence(), '1.2.840.113549.1.1.7');
  const encryptedKey = keyTransport.readOctetString();
  const encryptedContent = envelopedData.readSequence();
  expectObject(encryptedContent, '1.2.840.113549.1.7.1');
  const algorithm = encryptedContent.readSequence();
  expectObject(algorithm, '2.16.840.1.101.3.4.1.42');
  return { encryptedKey, iv: algorithm.readOctetString(), content: encryptedContent.read(0x80) };
}

function expectObject(reader: DerReader, objectIdentifier: string): void {
  if (reader.readObjectIdentifier() === objectIdentifier) return;
  throw new DerError('the envelope is of another kind');
}
