import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Sealed } from '../lib/secret.ts';
import { ReadyKeys } from './ready-keys.ts';
import { VaultUnavailable, type PrivateKeySpec, type ReadyKey } from './vault.ts';

/** Time passes when somebody makes a key or rests. */
class FakeVault {
  now = 0;
  made = 0;
  isBusy = false;
  readonly rests: number[] = [];
  readonly stop = new AbortController();

  monotonic(): number {
    return this.now;
  }

  async generateReadyKey(spec: PrivateKeySpec): Promise<ReadyKey> {
    if (this.isBusy) throw new VaultUnavailable();
    this.now += 70;
    this.made += 1;
    const wrapped = Uint8Array.of(this.made) as Sealed<'ready-key'>;
    return { spec, wrapped, publicKey: Uint8Array.of(this.made) };
  }

  /** Rests `times`, and `between` each of them. */
  async run(keys: ReadyKeys, times: number, between: () => void = () => {}): Promise<void> {
    let rest = 0;
    await keys.keepFilled(this.stop.signal, async (milliseconds) => {
      this.rests.push(milliseconds);
      this.now += milliseconds;
      between();
      if (++rest === times) this.stop.abort();
    });
  }
}

function take(keys: ReadyKeys): number[] {
  const taken: number[] = [];
  for (let key = keys.take('RSA_2048'); key !== undefined; key = keys.take('RSA_2048'))
    taken.push(key.wrapped[0] ?? 0);
  return taken;
}

test('keeps so many ready, and gives each of them once', async () => {
  const vault = new FakeVault();
  const keys = new ReadyKeys(vault, 3, vault);
  const taken: number[] = [];
  await vault.run(keys, 30, () => {
    if (vault.rests.length % 10 === 0) taken.push(...take(keys));
  });
  taken.push(...take(keys));
  assert.deepEqual(taken, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  assert.equal(keys.take('RSA_2048'), undefined);
});

test('has nothing for who wants another kind', async () => {
  const vault = new FakeVault();
  const keys = new ReadyKeys(vault, 1, vault);
  await vault.run(keys, 3);
  assert.equal(keys.take('EC_prime256v1'), undefined);
  assert.equal(keys.take('RSA_4096'), undefined);
  assert.deepEqual(take(keys), [1]);
});

test('lets a start pass by, and spends at most a fifth of the time', async () => {
  const vault = new FakeVault();
  await vault.run(new ReadyKeys(vault, 4, vault), 5);
  assert.deepEqual(vault.rests, [2_000, 280, 280, 280, 280]);
});

test('gives way to a vault that is busy or away, and comes back', async () => {
  const vault = new FakeVault();
  vault.isBusy = true;
  const keys = new ReadyKeys(vault, 2, vault);
  await vault.run(keys, 6, () => (vault.isBusy = vault.rests.length < 4));
  assert.equal(vault.made, 2);
  assert.deepEqual(vault.rests.slice(0, 4), [2_000, 100, 100, 100]);
});

test('none is made when none is wanted', async () => {
  const vault = new FakeVault();
  await vault.run(new ReadyKeys(vault, 0, vault), 4);
  assert.equal(vault.made, 0);
});
