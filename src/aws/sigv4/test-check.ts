import assert from 'node:assert/strict';
import { Secret } from '../../lib/secret.ts';
import { accountId } from '../arn.ts';
import type { Directory } from '../directory.ts';
import { CommonError } from '../errors.ts';
import { requestHead, type HttpRequestLike } from '../http/messages.ts';
import { accessKeyId, secretAccessKey, type TestRequest } from '../test-edge.ts';
import { authenticate } from './authenticate.ts';
import { SigningKeys } from './signing-keys.ts';

export const now = Temporal.Instant.from('2026-11-24T12:00:00Z');

/** @param session with its token, for temporary credentials */
export function directoryWith(
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

export function check(
  request: HttpRequestLike,
  { at = now, directory = directoryWith(accessKeyId) } = {},
): ReturnType<typeof authenticate> {
  return authenticate(requestHead(request), request.body, {
    directory,
    keys: new SigningKeys(),
    clock: { now: () => at, monotonic: () => 0 },
  });
}

export const plain: TestRequest = { service: 'kms', target: 'TrentService.ListKeys', body: '{}' };

export function withHeader(
  request: HttpRequestLike,
  name: string,
  value: string | undefined,
): HttpRequestLike {
  const kept = request.rawHeaders.flatMap((each, index, all) =>
    index % 2 === 0 && each !== name ? [each, all[index + 1] ?? ''] : [],
  );
  return { ...request, rawHeaders: value === undefined ? kept : [...kept, name, value] };
}

export function headerOf(request: HttpRequestLike, name: string): string {
  return requestHead(request).headers.get(name) ?? '';
}

export async function refused(
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
