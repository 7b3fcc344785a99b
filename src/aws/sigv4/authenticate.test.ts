import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Directory } from '../directory.ts';
import { requestHead, type HttpRequestLike } from '../http/messages.ts';
import { accessKeyId, sessionKeyId, sessionToken, signed } from '../test-edge.ts';
import { canonicalPath, canonicalQuery, canonicalRequest } from './canonical-request.ts';
import { SigningKeys } from './signing-keys.ts';
import { check, directoryWith, headerOf, now, plain, refused, withHeader } from './test-check.ts';

void suite('a signature', () => {
  void test('that is right tells the key, the Region and the service', async () => {
    const signer = await check(signed(plain, now));
    assert.equal(signer.credential.principal.accessKeyId, accessKeyId);
    assert.equal(signer.region, 'eu-west-1');
    assert.equal(signer.service, 'kms');
  });

  void test('is good for 15 minutes in both directions', async () => {
    await check(signed(plain, now), { at: now.add({ minutes: 15 }) });
    await check(signed(plain, now), { at: now.subtract({ minutes: 15 }) });
    await refused(
      signed(plain, now),
      'invalid-signature',
      /^Signature expired: 20261124T120000Z is now earlier than 20261124T120001Z \(20261124T121501Z - 15 min\.\)$/,
      { at: now.add({ minutes: 15, seconds: 1 }) },
    );
    await refused(
      signed(plain, now),
      'invalid-signature',
      /^Signature not yet current: 20261124T120000Z is still later than 20261124T115959Z \(20261124T114459Z \+ 15 min\.\)$/,
      { at: now.subtract({ minutes: 15, seconds: 1 }) },
    );
  });

  void test('covers the body, the target, the path, the method and the host', async () => {
    const request = signed(plain, now);
    const changed: HttpRequestLike[] = [
      { ...request, body: Buffer.from('{ }') },
      { ...request, target: '/?a=b' },
      { ...request, target: '/other' },
      { ...request, method: 'PUT' },
      withHeader(request, 'x-amz-target', 'TrentService.DisableKey'),
      withHeader(request, 'host', 'elsewhere'),
    ];
    for (const each of changed) await refused(each, 'invalid-signature', /does not match/);
  });

  void test('of another secret, or of an altered digit, is refused', async () => {
    await refused(
      signed({ ...plain, secretAccessKey: 'another' }, now),
      'invalid-signature',
      /does not match/,
    );
    const request = signed(plain, now);
    const authorization = headerOf(request, 'authorization').replace(/.$/, (digit) =>
      digit === '0' ? '1' : '0',
    );
    await refused(
      withHeader(request, 'authorization', authorization),
      'invalid-signature',
      /does not match/,
    );
  });

  void test('must cover host and everything named x-amz-', async () => {
    const request = signed(plain, now);
    const unsigned = withHeader(request, 'x-amz-security', 'x');
    await refused(unsigned, 'invalid-signature', /'x-amz-security' must be a 'SignedHeader'/);
    const authorization = headerOf(request, 'authorization').replace('host;', '');
    await refused(
      withHeader(request, 'authorization', authorization),
      'invalid-signature',
      /'Host' or ':authority' must be a 'SignedHeader'/,
    );
  });

  void test('with a payload hash has to have the body’s own', async () => {
    for (const hash of ['UNSIGNED-PAYLOAD', 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD', 'e3b0']) {
      const request = signed({ ...plain, headers: { 'x-amz-content-sha256': hash } }, now);
      await refused(request, 'invalid-signature', /does not match/);
    }
  });
});

void suite('a header that is not as it should be', () => {
  void test('is told what it lacks', async () => {
    const request = signed(plain, now);
    await refused(
      withHeader(request, 'authorization', undefined),
      'missing-authentication',
      /^Missing Authentication Token$/,
    );
    await refused(
      withHeader(signed({ service: 'iam', form: '' }, now), 'authorization', undefined),
      'missing-authentication',
      /^Request is missing Authentication Token$/,
    );
    await refused(
      withHeader(request, 'authorization', 'Basic aGk6aG8='),
      'incomplete-signature',
      /requires 'Credential' parameter\. .*'Signature' parameter\. .*'SignedHeaders' parameter\.$/,
    );
    await refused(
      withHeader(request, 'x-amz-date', undefined),
      'incomplete-signature',
      /'X-Amz-Date' or a 'Date' header/,
    );
    await refused(
      withHeader(withHeader(request, 'x-amz-date', undefined), 'date', 'Tue, 24 Nov 2026'),
      'invalid-signature',
      /Date in Credential scope does not match/,
    );
    await refused(
      withHeader(request, 'x-amz-date', '2026-11-24'),
      'invalid-signature',
      /Date in Credential scope does not match/,
    );
    await refused(
      withHeader(request, 'x-amz-date', '20261124T996600Z'),
      'incomplete-signature',
      /ISO-8601 'basic format'/,
    );
  });

  void test('has a scope that does not fit', async () => {
    const request = signed(plain, now);
    const scoped = (from: string | RegExp, to: string): HttpRequestLike =>
      withHeader(request, 'authorization', headerOf(request, 'authorization').replace(from, to));
    await refused(scoped('aws4_request', 'x'), 'invalid-signature', /valid terminator.*not 'x'/);
    await refused(scoped('eu-west-1', 'moon'), 'invalid-signature', /valid region/);
    await refused(
      scoped('/20261124/', '/20261123/'),
      'invalid-signature',
      /'20261123' != '20261124'/,
    );
    await refused(scoped('/kms/', '/'), 'incomplete-signature', /exactly 5 slash-delimited/);
    await refused(scoped(/Signature=.{3}/, 'Signature='), 'invalid-signature', /64 hexadecimal/);
  });
});

void suite('an access key', () => {
  void test('that is unknown, or has another token, reads the same', async () => {
    const text = /^The security token included in the request is invalid\.$/;
    await refused(signed({ ...plain, accessKeyId: 'AKIANOBODY' }, now), 'unknown-key', text);
    await refused(signed({ ...plain, sessionToken: 'x' }, now), 'unknown-key', text);
    const directory = directoryWith(sessionKeyId, { token: sessionToken });
    const session = { ...plain, accessKeyId: sessionKeyId };
    await check(signed({ ...session, sessionToken }, now), { directory });
    await refused(signed(session, now), 'unknown-key', text, { directory });
    await refused(signed({ ...session, sessionToken: 'x' }, now), 'unknown-key', text, {
      directory,
    });
  });

  void test('is refused from the instant it expires', async () => {
    const session = signed({ ...plain, accessKeyId: sessionKeyId, sessionToken }, now);
    const expiring = (at: Temporal.Instant): Directory =>
      directoryWith(sessionKeyId, { token: sessionToken, expiresAt: at });
    await check(session, { directory: expiring(now.add({ seconds: 1 })) });
    await refused(session, 'expired-token', /is expired$/, { directory: expiring(now) });
  });
});

void suite('signing keys', () => {
  const scope = { accessKeyId: 'A', date: '20261124', region: 'eu-west-1', service: 'kms' };

  void test('are overwritten when they leave, and when all is over', () => {
    const keys = new SigningKeys(2);
    const first = keys.of(scope, Buffer.from('s'));
    const second = keys.of({ ...scope, service: 'acm' }, Buffer.from('s'));
    assert.equal(keys.of(scope, Buffer.from('s')), first);
    keys.of({ ...scope, service: 'iam' }, Buffer.from('s'));
    assert.ok(second.every((byte) => byte === 0));
    assert.ok(first.some((byte) => byte !== 0));
    keys[Symbol.dispose]();
    assert.ok(first.every((byte) => byte === 0));
  });
});

void suite('the canonical request', () => {
  void test('resolves the path and encodes it once more', () => {
    const cases = {
      '/': '/',
      '': '/',
      '//': '/',
      '/a/../b/./c//d/': '/b/c/d/',
      '/../..': '/',
      '/a%2Fb': '/a%252Fb',
      '/a b': '/a%20b',
    };
    for (const [path, canonical] of Object.entries(cases))
      assert.equal(canonicalPath(path), canonical);
  });

  void test('takes only blanks out of headers', () => {
    const head = requestHead({
      method: 'GET',
      target: '/',
      rawHeaders: ['X', '  a \t b ', 'x', Buffer.from('à').toString('latin1')],
    });
    assert.equal(
      canonicalRequest(head, ['x'], 'hash'),
      `GET\n/\n\nx:a b,${Buffer.from('à').toString('latin1')}\n\nx\nhash`,
    );
    assert.equal(canonicalRequest(head, ['y'], 'hash'), undefined);
  });

  void test('sorts the query after it is encoded', () => {
    assert.equal(canonicalQuery('b=2&a=1&a=0&A'), 'A=&a=0&a=1&b=2');
    assert.equal(canonicalQuery('a=%2f+x%7e'), 'a=%2F%2Bx~');
    assert.equal(canonicalQuery('a=b=c'), 'a=b%3Dc');
  });
});
