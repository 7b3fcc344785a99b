import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemRandom } from '../../lib/random.ts';
import { refuseAsUnavailable } from './refusals.ts';

function refusal(target: string, headers: readonly string[]) {
  const body = Buffer.from('-----BEGIN PRIVATE KEY-----');
  const answer = refuseAsUnavailable(
    {
      method: 'POST',
      target,
      rawHeaders: headers,
      body,
      remoteAddress: '127.0.0.1',
      tls: undefined,
      signal: new AbortController().signal,
    },
    systemRandom,
  );
  assert.ok(body.every((byte) => byte === 0));
  return { status: answer.status, text: Buffer.from(answer.body).toString() };
}

test('a request of each protocol is refused as unavailable in its form, and its body overwritten', () => {
  const json = refusal('/', ['X-Amz-Target', 'TrentService.Decrypt']);
  assert.equal(json.status, 503);
  assert.match(json.text, /"__type":"ServiceUnavailable"/);
  const query = refusal('/', ['Content-Type', 'application/x-www-form-urlencoded']);
  assert.equal(query.status, 503);
  assert.match(query.text, /<Code>ServiceUnavailable<\/Code>/);
  const rest = refusal('/2013-04-01/hostedzone', []);
  assert.equal(rest.status, 503);
  assert.match(rest.text, /<Code>ServiceUnavailable<\/Code>/);
});
