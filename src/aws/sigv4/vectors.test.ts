import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { requestHead, type HttpRequestLike } from '../http/messages.ts';
import { parseAuthorization } from './authorization.ts';
import { canonicalRequest } from './canonical-request.ts';
import { check, directoryWith } from './test-check.ts';

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
    for (const place of ['header', 'query'])
      void test(`${name}, in the ${place}`, async () => {
        const request = parseHttp(read(`${place}-signed-request.txt`));
        const { token } = context.credentials;
        const at = Temporal.Instant.from(context.timestamp);
        const session =
          token === undefined ? undefined : { token, expiresAt: at.add({ hours: 1 }) };
        const directory = directoryWith(context.credentials.access_key_id, session);
        await check(request, { directory, at });
        const canonical = read(`${place}-canonical-request.txt`);
        const signedHeaders = canonical.split('\n').at(-2)!.split(';');
        const hash = canonical.split('\n').at(-1)!;
        const head = requestHead(request);
        const { signedQueries } = parseAuthorization(head);
        const ours = signedQueries.map((query) =>
          canonicalRequest(head, signedHeaders, hash, query),
        );
        assert.ok(ours.includes(canonical), ours.join('\n\n'));
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
