import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { CreateKeyCommand, paginateListKeys } from '@aws-sdk/client-kms';
import { FaultyDisk, noFaultyDisk } from '../faulty-disk/faulty-disk.ts';
import { clientsOf, type Clients } from '../sdk-clients.ts';
import { startWorld } from '../world.ts';

// A disk without room: at each step of a first start, and, really full, under a server that runs.

const options = { skip: noFaultyDisk() ?? false, timeout: 900_000 };
const main = join(import.meta.dirname, '../../src/main.ts');

for (const [writes, file] of [
  [0, 'seals/seal'],
  [1, 'data/installation.json'],
  [2, 'data/holdfast.db'],
  [40, 'data/holdfast.db'],
] as const)
  test(
    `a first start names ${file} when the disk is full after ${writes} writes, and the next one succeeds`,
    options,
    async () => {
      using disk = new FaultyDisk();
      const holdfast = disk.command([process.execPath, main]);
      disk.fail({ error: 'ENOSPC', calls: ['write'], passes: writes });
      const message = new RegExp(`\\nholdfast: .*${join(disk.root, file)}.* (cannot be|ENOSPC)`);
      await assert.rejects(startWorld(disk.options, holdfast), message);
      disk.heal();
      await using _world = await startWorld(disk.options, holdfast);
    },
  );

test(
  'a file system that is really full refuses for now, and loses nothing',
  { timeout: 900_000 },
  async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-small-disk-'));
    const size = ['-o', 'size=24m'];
    const mounted = spawnSync('mount', ['-t', 'tmpfs', ...size, 'holdfast-test', folder]);
    t.after(() => {
      if (mounted.status === 0) spawnSync('umount', [folder]);
      rmSync(folder, { recursive: true });
    });
    if (mounted.status !== 0) return t.skip('nothing can be mounted here');
    await using world = await startWorld({ '--data': join(folder, 'data') });
    using clients = clientsOf(world, { maxAttempts: 1 });
    using patient = clientsOf(world);
    const acknowledged = new Set([await createKey(clients)]);
    const ballast = join(folder, 'ballast');
    fill(ballast);
    let refusal: { $metadata?: { httpStatusCode?: number } } | undefined;
    for (let n = 0; n < 1_000 && refusal === undefined; n++)
      await createKey(clients).then(
        (id) => acknowledged.add(id),
        (error: typeof refusal) => (refusal = error),
      );
    assert.equal(refusal?.$metadata?.httpStatusCode, 500, 'DependencyTimeoutException: try again');
    rmSync(ballast);
    acknowledged.add(await createKey(patient));
    assert.deepEqual(await keysOf(patient), acknowledged);
    await world.restart('SIGKILL');
    assert.deepEqual(await keysOf(patient), acknowledged);
  },
);

async function createKey({ kms }: Clients): Promise<string> {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  return KeyMetadata?.KeyId ?? '';
}

async function keysOf({ kms }: Clients): Promise<Set<string>> {
  const pages = await Array.fromAsync(paginateListKeys({ client: kms }, {}));
  return new Set(pages.flatMap(({ Keys = [] }) => Keys.map(({ KeyId = '' }) => KeyId)));
}

/** Until not a byte more can be written. */
function fill(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (let bytes = 1 << 20; bytes > 0; bytes >>= 1) fillWith(file, Buffer.alloc(bytes));
  } finally {
    closeSync(file);
  }
}

function fillWith(file: number, piece: Buffer): void {
  try {
    while (writeSync(file, piece) > 0);
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC');
  }
}
