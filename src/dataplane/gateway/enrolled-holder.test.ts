import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { test } from 'node:test';
import { systemClock } from '../../lib/clock.ts';
import { DerError } from '../../lib/der.ts';
import { systemRandom } from '../../lib/random.ts';
import { isSignedBy, readRecipientDocument } from '../../lib/recipient-document.ts';
import { envelopedData } from '../../vault/enveloped-data.ts';
import { createEnrolledHolder } from './enrolled-holder.ts';

const holder = await createEnrolledHolder(systemClock, systemRandom);
const identity = createPublicKey({
  key: Buffer.from(holder.publicKey),
  format: 'der',
  type: 'spki',
});

test('signs documents for its own ephemeral key, each with another nonce', () => {
  const documents = [holder.document(), holder.document()].map((text) =>
    Buffer.from(text, 'base64'),
  );
  for (const document of documents) assert.ok(isSignedBy(identity, document));
  const [first, second] = documents.map((document) => readRecipientDocument(document));
  assert.equal(first?.holderId, holder.holderId);
  assert.deepEqual(first?.publicKey, second?.publicKey);
  assert.notDeepEqual(first?.nonce, second?.nonce);
  assert.ok(
    Math.abs(
      systemClock
        .now()
        .since(first?.time ?? systemClock.now())
        .total('seconds'),
    ) < 5,
  );
});

test('a document changed anywhere is not signed any more', () => {
  const document = Buffer.from(holder.document(), 'base64');
  for (let at = 0; at < document.length; at += 1) {
    const changed = Buffer.from(document);
    changed[at] = (changed[at] ?? 0) ^ 1;
    assert.ok(!isSignedBy(identity, changed), `byte ${at}`);
  }
});

test('opens what was enveloped for it, and nothing else', async () => {
  const { publicKey } =
    readRecipientDocument(Buffer.from(holder.document(), 'base64')) ?? assert.fail();
  const plaintext = systemRandom.bytes(1217);
  const envelope = envelopedData(plaintext, publicKey, systemRandom);
  assert.deepEqual(holder.open(envelope), plaintext);
  const other = await createEnrolledHolder(systemClock, systemRandom);
  assert.throws(() => other.open(envelope));
  assert.throws(() => holder.open(envelope.subarray(0, -1)), DerError);
  assert.throws(() => holder.open(new Uint8Array(0)), DerError);
});
