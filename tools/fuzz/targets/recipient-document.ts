import { createPrivateKey, createPublicKey } from 'node:crypto';
import fc from 'fast-check';
import { isSignedBy, readRecipientDocument } from '../../../src/lib/recipient-document.ts';
import { signRecipientDocument } from '../../../src/lib/recipient-document-signature.ts';
import { must, subject, type Target } from '../target.ts';
import { anyBytes } from './bytes.ts';

const holderKey = createPrivateKey(`-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f
-----END PRIVATE KEY-----
`);
const publicKey = createPublicKey(holderKey);

const document = fc
  .record({
    holderId: fc.string({ unit: 'grapheme' }),
    publicKey: fc.uint8Array({ maxLength: 300 }),
    time: fc.maxSafeInteger().map((each) => Math.abs(each) % 8_640_000_000_000_000),
    nonce: fc.oneof(fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.uint8Array()),
  })
  .map(({ time, ...rest }) => {
    const instant = Temporal.Instant.fromEpochMilliseconds(time);
    return signRecipientDocument({ ...rest, time: instant }, holderKey);
  });

export const recipientDocumentTarget: Target = {
  about: 'documents with which holders ask for plaintext',
  inputs: fc.oneof(document, anyBytes),
  maxBytes: 5_000,
  async start() {
    return subject((bytes) => {
      const read = readRecipientDocument(bytes);
      if (bytes.length >= 64) isSignedBy(publicKey, bytes);
      if (read === undefined) return;
      must(read.nonce.length === 16, 'a nonce has 16 bytes');
      const again = signRecipientDocument(read, holderKey);
      // Ed25519 gives one signature for one text: what is signed rightly is what we would have written.
      const isSame = Buffer.compare(again, bytes) === 0;
      must(isSame === isSignedBy(publicKey, bytes), 'a document has one form');
    });
  },
};
