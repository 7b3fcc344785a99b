import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DecryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { signRequest } from './sign.ts';

test('it signs a request as the AWS SDK does', async () => {
  const credentials = {
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
    sessionToken: 'a/long+token==',
  };
  const sent = Promise.withResolvers<{ headers: Record<string, string>; body: Uint8Array }>();
  const client = new KMSClient({
    endpoint: 'https://127.0.0.1:4566',
    region: 'eu-north-1',
    credentials,
    maxAttempts: 1,
    requestHandler: {
      handle: (request: any) => {
        sent.resolve(request);
        return Promise.reject(new Error('seen enough'));
      },
    },
  });
  await client.send(new DecryptCommand({ CiphertextBlob: new Uint8Array([1]) })).catch(() => {});
  const { headers: theirs, body } = await sent.promise;
  const authorization = theirs['authorization'] ?? '';
  const signedHeaders = /SignedHeaders=([^,]*)/.exec(authorization)?.[1]?.split(';') ?? [];
  const date = theirs['x-amz-date']?.replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z');
  const ours = signRequest(
    {
      method: 'POST',
      host: theirs['host'] ?? '',
      headers: Object.fromEntries(signedHeaders.map((name) => [name, theirs[name] ?? ''])),
      body,
    },
    { region: 'eu-north-1', service: 'kms' },
    credentials,
    Temporal.Instant.from(date ?? ''),
  );
  assert.ok(signedHeaders.includes('x-amz-security-token'));
  assert.equal(ours['authorization'], authorization);
});
