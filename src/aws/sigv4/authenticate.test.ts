import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { Secret } from '../../lib/secret.ts';
import { accountId } from '../arn.ts';
import { canonicalPath, canonicalQuery, canonicalRequest } from './canonical-request.ts';
import type { Directory } from '../directory.ts';
import { CommonError } from '../errors.ts';
import { requestHead, type HttpRequestLike } from '../http/messages.ts';
import { authenticate } from './authenticate.ts';
import { SigningKeys } from './signing-keys.ts';
import {
  accessKeyId,
  secretAccessKey,
  sessionKeyId,
  sessionToken,
  signed,
  type TestRequest,
} from '../test-edge.ts';

const now = Temporal.Instant.from('2026-11-24T12:00:00Z');

/** @param session with its token, for temporary credentials */
function directoryWith(
  id: string,
  session?: { readonly token: string; readonly expiresAt?: Temporal.Instant },
): Directory {
  const account = accountId('111122223333');
  return {
    credential: async (asked, token) =>
      asked === id && token === session?.token
        ? {
            principal: {
              type: 'root',
              account,
              arn: `arn:aws:iam::${account}:root`,
              principalId: account,
              accessKeyId: id,
            },
            secretAccessKey: new Secret(Buffer.from(secretAccessKey)),
            ...(session === undefined
              ? {}
              : {
                  session: {
                    issuedAt: now,
                    expiresAt: session.expiresAt ?? now.add({ hours: 1 }),
                    tags: [],
                    transitiveTagKeys: [],
                    isChained: false,
                  },
                }),
          }
        : undefined,
    policiesOf: async () => ({ identity: [] }),
  };
}

function check(
  request: HttpRequestLike,
  { at = now, directory = directoryWith(accessKeyId) } = {},
): ReturnType<typeof authenticate> {
  return authenticate(requestHead(request), request.body, {
    directory,
    keys: new SigningKeys(),
    clock: { now: () => at, monotonic: () => 0 },
  });
}

const plain: TestRequest = { service: 'kms', target: 'TrentService.ListKeys', body: '{}' };

function withHeader(
  request: HttpRequestLike,
  name: string,
  value: string | undefined,
): HttpRequestLike {
  const kept = request.rawHeaders.flatMap((each, index, all) =>
    index % 2 === 0 && each !== name ? [each, all[index + 1] ?? ''] : [],
  );
  return { ...request, rawHeaders: value === undefined ? kept : [...kept, name, value] };
}

function headerOf(request: HttpRequestLike, name: string): string {
  return requestHead(request).headers.get(name) ?? '';
}

async function refused(
  request: HttpRequestLike,
  kind: CommonError['kind'],
  text: RegExp,
  more: Parameters<typeof check>[1] = {},
): Promise<void> {
  await assert.rejects(check(request, more), (error) => {
    assert.ok(error instanceof CommonError);
    assert.equal(error.kind, kind);
    assert.match(error.message, text);
    return true;
  });
}

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
      /Missing Authentication Token|missing/i,
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

  void test('is not mixed with, nor replaced by, parameters of the URL', async () => {
    const request = signed(plain, now);
    const presigned = { ...request, target: '/?Action=X&X-Amz-Algorithm=AWS4-HMAC-SHA256' };
    await refused(presigned, 'incomplete-signature', /Only one auth mechanism/);
    await refused(
      withHeader(presigned, 'authorization', undefined),
      'incomplete-signature',
      /Presigned/,
    );
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

/**
 * The signing test suite in the form of awslabs/aws-c-auth, when its folder is named: per case the request,
 * its canonical form, and the signed request.
 */
const vectors = process.env['HOLDFAST_SIGV4_VECTORS'] ?? '';

void suite('the AWS signing test suite', { skip: !existsSync(vectors) }, () => {
  for (const name of existsSync(vectors) ? readdirSync(vectors) : []) {
    const read = (file: string): string => readFileSync(join(vectors, name, file), 'latin1');
    if (!existsSync(join(vectors, name, 'context.json'))) continue;
    const context = JSON.parse(read('context.json')) as {
      normalize: boolean;
      timestamp: string;
      credentials: { access_key_id: string; token?: string };
      sign_body: boolean;
    };
    // Only S3 leaves paths as they are.
    if (!context.normalize) continue;
    void test(name, async () => {
      const request = parseHttp(read('header-signed-request.txt'));
      const { token } = context.credentials;
      const at = Temporal.Instant.from(context.timestamp);
      const session = token === undefined ? undefined : { token, expiresAt: at.add({ hours: 1 }) };
      const directory = directoryWith(context.credentials.access_key_id, session);
      await check(request, { directory, at });
      const canonical = read('header-canonical-request.txt');
      const signedHeaders = canonical.split('\n').at(-2)!.split(';');
      const hash = canonical.split('\n').at(-1)!;
      assert.equal(canonicalRequest(requestHead(request), signedHeaders, hash), canonical);
    });
  }
});

function parseHttp(text: string): HttpRequestLike {
  const [top = '', ...body] = text.split('\n\n');
  const [line = '', ...headers] = top.replaceAll('\r', '').split('\n');
  const [, method = '', target = ''] = /^(\S+) (.*) HTTP\/1\.1$/.exec(line) ?? [];
  const rawHeaders: string[] = [];
  for (const header of headers) {
    const colon = header.indexOf(':');
    if (/^\s/.test(header)) rawHeaders[rawHeaders.length - 1] += ` ${header.trim()}`;
    else rawHeaders.push(header.slice(0, colon), header.slice(colon + 1));
  }
  return {
    method,
    target,
    rawHeaders,
    body: Buffer.from(body.join('\n\n'), 'latin1'),
    remoteAddress: '',
    signal: new AbortController().signal,
  };
}
