import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdtempDisposableSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { inspect } from 'node:util';
import { reveal, Secret } from '../../src/lib/secret.ts';
import { SealError } from '../../src/seals/seal-error.ts';
import { destroySealFile } from '../../src/seals/seal-file.ts';
import type { Seal } from '../../src/seals/seal.ts';

export const installationId = '3f1d2c4b-5a69-4788-9687-a5b4c3d2e1f0';
const otherInstallation = '00000000-0000-4000-8000-000000000000';

export const rootKey = (): Secret => new Secret(new Uint8Array(32).map((_, at) => 0xa0 ^ (at * 7)));

/** A place for a seal, in a folder that is not there yet. */
export function sealPath(t: TestContext): string {
  const folder = mkdtempDisposableSync(join(tmpdir(), 'holdfast-seal-'));
  t.after(() => folder.remove());
  return join(folder.path, 'keys', 'one.seal');
}

/** That it says no in one line, which holds nothing of the key. */
export async function refuses(opening: Promise<Secret>, why: RegExp): Promise<void> {
  const hex = Buffer.from(reveal(rootKey())).toString('hex');
  await assert.rejects(
    opening,
    (error) =>
      error instanceof SealError &&
      why.test(error.message) &&
      !error.message.includes('\n') &&
      !inspect(error).includes(hex),
  );
}

/** What every kind of seal must show. */
export function sealSuite(
  kind: string,
  sealOf: (path: string, installationId: string) => Seal,
): void {
  test(`${kind}: gives back the root key that it keeps, from a file for its owner only`, async (t) => {
    const path = sealPath(t);
    await sealOf(path, installationId).keep(rootKey());
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.equal(statSync(join(path, '..')).mode & 0o777, 0o700);
    using seal = sealOf(path, installationId);
    using opened = await seal.open();
    assert.deepEqual(reveal(opened), reveal(rootKey()));
  });

  test(`${kind}: can be opened again without asking anybody, each time as a key of its own`, async (t) => {
    const path = sealPath(t);
    using seal = sealOf(path, installationId);
    await seal.keep(rootKey());
    (await seal.open())[Symbol.dispose]();
    seal.reopen()[Symbol.dispose]();
    assert.deepEqual(reveal(seal.reopen()), reveal(rootKey()));
    assert.ok(!inspect(seal, { showHidden: true, depth: 9 }).includes('Uint8Array(32)'));
  });

  test(`${kind}: is never written over`, async (t) => {
    const path = sealPath(t);
    await sealOf(path, installationId).keep(rootKey());
    const before = readFileSync(path);
    await assert.rejects(
      sealOf(path, installationId).keep(new Secret(new Uint8Array(32))),
      new SealError(`the seal ${path} exists already`),
    );
    assert.deepEqual(readFileSync(path), before);
  });

  test(`${kind}: says in one line why it is of no use`, async (t) => {
    const path = sealPath(t);
    const open = (id = installationId): Promise<Secret> => sealOf(path, id).open();
    await refuses(open(), /is missing$/);
    await sealOf(path, installationId).keep(rootKey());
    await refuses(open(otherInstallation), /belongs to another installation$/);
    const whole = readFileSync(path);
    for (let at = 0; at < whole.length; at += 1) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ 0x40;
      writeFileSync(path, damaged);
      await refuses(open(), /is damaged/);
      writeFileSync(path, whole.subarray(0, at));
      await refuses(open(), /is damaged/);
    }
    writeFileSync(path, Buffer.concat([whole, Buffer.from('x')]));
    await refuses(open(), /is damaged$/);
    writeFileSync(path, whole);
    chmodSync(path, 0o640);
    await refuses(open(), /others may read the seal .*: chmod 600 it$/);
    chmodSync(path, 0o600);
    assert.deepEqual(reveal(await open()), reveal(rootKey()));
  });

  test(`${kind}: is destroyed whole or cut off, and only by its own installation`, async (t) => {
    const path = sealPath(t);
    await sealOf(path, installationId).keep(rootKey());
    const whole = readFileSync(path);
    destroySealFile(path, otherInstallation);
    assert.deepEqual(readFileSync(path), whole);
    for (const length of [whole.length, 40, 20, 3, 0]) {
      writeFileSync(path, whole.subarray(0, length), { mode: 0o600 });
      destroySealFile(path, installationId);
      assert.ok(!existsSync(path), `${length} bytes`);
    }
    writeFileSync(path, 'a letter', { mode: 0o600 });
    destroySealFile(path, installationId);
    assert.equal(readFileSync(path, 'utf8'), 'a letter');
  });
}
