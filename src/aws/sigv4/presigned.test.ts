import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { HttpRequestLike } from '../http/messages.ts';
import { accessKeyId, secretAccessKey, sessionKeyId, sessionToken } from '../test-edge.ts';
import { presign, type Presigning } from '../test-presign.ts';
import { check, directoryWith, now, refused, withHeader } from './test-check.ts';

function presigned(
  of: Omit<Presigning, 'query'> = {},
  id: { accessKeyId: string; sessionToken?: string } = { accessKeyId },
): Promise<HttpRequestLike> {
  const query = { Action: 'GetCallerIdentity', Version: '2011-06-15' };
  return presign({ query, ...of }, { ...id, secretAccessKey }, now);
}

function retargeted(request: HttpRequestLike, from: string | RegExp, to: string): HttpRequestLike {
  const target = request.target.replace(from, to);
  assert.notEqual(target, request.target);
  return { ...request, target };
}

void suite('a presigned request', () => {
  void test('tells the key, the Region and the service', async () => {
    const signer = await check(await presigned());
    assert.equal(signer.credential.principal.accessKeyId, accessKeyId);
    assert.equal(signer.region, 'eu-west-1');
    assert.equal(signer.service, 'sts');
  });

  void test('may have a body and headers, which it covers', async () => {
    const headers = { 'x-amz-target': 'TrentService.ListKeys', 'x-k8s-aws-id': 'cluster' };
    const request = await presigned({ method: 'POST', body: '{}', headers });
    await check(request);
    const changed = [
      { ...request, body: Buffer.from('{ }') },
      { ...request, method: 'GET' },
      withHeader(request, 'x-amz-target', 'TrentService.DisableKey'),
      withHeader(request, 'x-k8s-aws-id', 'another'),
      retargeted(request, 'GetCallerIdentity', 'GetSessionToken'),
      retargeted(request, 'X-Amz-Expires=60', 'X-Amz-Expires=61'),
      { ...request, target: `${request.target}&Name=x` },
    ];
    for (const each of changed) await refused(each, 'invalid-signature', /does not match/);
  });

  void test('must cover the headers that one signed by header must', async () => {
    const request = await presigned();
    await refused(
      withHeader(request, 'x-amz-target', 'TrentService.ListKeys'),
      'invalid-signature',
      /'x-amz-target' must be a 'SignedHeader'/,
    );
    await refused(
      retargeted(request, 'X-Amz-SignedHeaders=host', 'X-Amz-SignedHeaders=accept'),
      'invalid-signature',
      /'Host' or ':authority' must be/,
    );
  });

  void test('is good from 15 minutes before its date until it expires', async () => {
    const request = await presigned({ expiresIn: 3600 });
    await check(request, { at: now.subtract({ minutes: 15 }) });
    await check(request, { at: now.add({ hours: 1 }) });
    await refused(request, 'request-expired', /^Request has expired\.$/, {
      at: now.add({ hours: 1, seconds: 1 }),
    });
    await refused(request, 'invalid-signature', /^Signature not yet current: 20261124T120000Z/, {
      at: now.subtract({ minutes: 15, seconds: 1 }),
    });
  });

  void test('expires after a second at least, and after a week at most', async () => {
    await check(await presigned({ expiresIn: 604_800 }), { at: now.add({ hours: 168 }) });
    const request = await presigned();
    const cases = {
      '0': /at least 1/,
      '604801': /at most 604800/,
      '-1': /number/,
      '1.5': /number/,
    };
    for (const [seconds, text] of Object.entries({ ...cases, '': /number/ })) {
      const other = retargeted(request, /X-Amz-Expires=60/, `X-Amz-Expires=${seconds}`);
      await refused(other, 'incomplete-signature', text);
    }
  });

  void test('has the session token in its query, signed or added later', async () => {
    const directory = directoryWith(sessionKeyId, { token: sessionToken });
    const request = await presigned({}, { accessKeyId: sessionKeyId, sessionToken });
    await check(request, { directory });
    const without = retargeted(request, /&?X-Amz-Security-Token=[^&]*/, '');
    const inHeader = withHeader(without, 'x-amz-security-token', sessionToken);
    for (const each of [without, inHeader, retargeted(request, 'a-token', 'b-token')])
      await refused(each, 'unknown-key', /is invalid/, { directory });
  });

  void test('says each thing once, and nothing is missing', async () => {
    const request = await presigned();
    for (const name of [
      'Algorithm',
      'Credential',
      'Date',
      'Expires',
      'SignedHeaders',
      'Signature',
    ]) {
      const part = new RegExp(`&?X-Amz-${name}=([^&]*)`);
      await refused(
        retargeted(request, part, ''),
        'incomplete-signature',
        new RegExp(`must include 'X-Amz-${name}'`),
      );
      const twice = retargeted(request, part, `&X-Amz-${name}=$1&X%2DAmz-${name}=$1`);
      await refused(twice, 'incomplete-signature', /twice/);
    }
    await refused(
      retargeted(request, 'AWS4-HMAC-SHA256', 'AWS4-HMAC-SHA1'),
      'incomplete-signature',
      /only supports 'AWS4-HMAC-SHA256'/,
    );
  });

  void test('is not signed by header too', async () => {
    const request = withHeader(await presigned(), 'authorization', 'AWS4-HMAC-SHA256 Credential=A');
    await refused(request, 'incomplete-signature', /^Only one auth mechanism allowed/);
  });
});
