import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashPassword, isPasswordOf } from './password-hash.ts';
import { systemRandom } from './random.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('a hash is of its password only, and never twice the same', async () => {
  const [one, other] = await Promise.all(
    [1, 2].map(() => hashPassword(bytes('correct horse'), systemRandom)),
  );
  assert.match(
    one ?? '',
    /^\$argon2id\$v=19\$m=65536,t=3,p=4\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/,
  );
  assert.notEqual(one, other);
  assert.equal(await isPasswordOf(one ?? '', bytes('correct horse')), true);
  assert.equal(await isPasswordOf(one ?? '', bytes('correct horsf')), false);
  await assert.rejects(isPasswordOf('x', bytes('x')), TypeError);
});
