import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { test } from 'node:test';
import { SignatureV4 } from '@smithy/signature-v4';
import { signRequest } from './sigv4-sign.ts';

test('it signs as the AWS SDK does', async () => {
  const credentials = {
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
    sessionToken: 'a/long+token==',
  };
  const now = Temporal.Instant.from('2026-11-25T01:02:03Z');
  const body = Buffer.from('{"Cursor":"1"}');
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'HoldfastGateway.WatchConfiguration',
  };
  const host = '127.0.0.1:4566';
  const ours = signRequest(
    { method: 'POST', host, headers, body },
    { region: 'eu-north-1', service: 'holdfast' },
    credentials,
    now,
  );
  class Sha256 {
    readonly #hash;
    constructor(secret?: any) {
      this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret);
    }
    update(data: any): void {
      this.#hash.update(data);
    }
    digest(): Promise<Uint8Array> {
      return Promise.resolve(this.#hash.digest());
    }
    reset(): void {}
  }
  const signer = new SignatureV4({
    credentials,
    region: 'eu-north-1',
    service: 'holdfast',
    sha256: Sha256,
    applyChecksum: false,
  });
  const theirs = await signer.sign(
    {
      method: 'POST',
      protocol: 'https:',
      hostname: '127.0.0.1',
      path: '/',
      query: {},
      headers: { ...headers, host },
      body,
    },
    { signingDate: new Date(now.epochMilliseconds) },
  );
  assert.equal(ours['authorization'], theirs.headers['authorization']);
});
