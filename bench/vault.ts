/**
 * What the boundary of the vault's process costs: `encrypt` of 64 bytes over the pipe, 64 requests in flight,
 * against the same work in this process. Prints the ratio.
 */
import { systemClock } from '../src/lib/clock.ts';
import { serializeEncryptionContext } from '../src/lib/encryption-context.ts';
import { systemRandom } from '../src/lib/random.ts';
import { Secret } from '../src/lib/secret.ts';
import { spawnVault } from '../src/processes/vault-process.ts';
import { connectVault } from '../src/vault-client/client.ts';
import { encryptUnder } from '../src/vault/ciphertext.ts';
import { VaultCore } from '../src/vault/core.ts';

const inFlight = 64;
const milliseconds = Number(process.argv[2] ?? 2000);
const rootKey = (): Uint8Array => new Uint8Array(32).fill(1);
const plaintext = systemRandom.bytes(64);
const context = { 'aws:acm:arn': 'arn:aws:acm:eu-west-1:111122223333:certificate/x' };
const claim = { principal: 'arn:aws:iam::111122223333:user/alice' };
const name = {
  account: '111122223333',
  region: 'eu-west-1',
  keyId: systemRandom.uuid(),
  backingKeyId: systemRandom.uuid(),
  spec: 'SYMMETRIC_DEFAULT',
  usage: 'encrypt-decrypt',
} as const;

const { child, channels } = spawnVault({ rootKey: new Secret(rootKey()), channels: ['api'] });
const { api } = channels;
if (api === undefined) throw new Error('the vault has no channel');
const client = connectVault(api);
const { wrapped } = await client.createBackingKey(name, claim);
const key = { ...name, wrapped };

const overPipe = await measured(async (isOver) => {
  let count = 0;
  const worker = async (): Promise<void> => {
    for (; !isOver(); count += 1) {
      const { receipt } = await client.encrypt(key, plaintext, context, claim);
      client.confirm([receipt]);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  return count;
});

const core = new VaultCore(rootKey(), systemClock, systemRandom);
const asker = {};
const inProcess = await measured(async (isOver) => {
  let count = 0;
  for (; !isOver(); count += 1) {
    const serialized = serializeEncryptionContext(context);
    encryptUnder(core, key, plaintext, serialized);
    const use = {
      operation: 'encrypt',
      keyId: key.keyId,
      context: serialized,
      recipient: undefined,
    };
    core.receipts.issue({ ...use, ...claim }, asker);
    core.receipts.confirm(core.receipts.epoch, count + 1);
  }
  return count;
});

console.log(`over the pipe  ${Math.round(overPipe)}/s`);
console.log(`in process     ${Math.round(inProcess)}/s`);
console.log(`ratio          ${(overPipe / inProcess).toFixed(2)}`);
child.kill();

/** Per second, after a tenth of the time to warm up. */
async function measured(run: (isOver: () => boolean) => Promise<number>): Promise<number> {
  const during = (time: number): Promise<number> => {
    const end = performance.now() + time;
    return run(() => performance.now() >= end);
  };
  await during(milliseconds / 10);
  const start = performance.now();
  return (await during(milliseconds)) / ((performance.now() - start) / 1000);
}
