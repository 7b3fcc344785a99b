import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { FaultyDisk, noFaultyDisk } from '../faulty-disk/faulty-disk.ts';
import { nothingSurvives, torn } from '../faulty-disk/power-cut.ts';

// The disk itself: what it keeps, what it loses, and what it refuses.

const options = { skip: noFaultyDisk() ?? false };
/** By whole paths, as the product does. */
const prelude = `
  const fs = require('node:fs');
  const { fsyncSync, ftruncateSync, renameSync, unlinkSync, writeSync } = fs;
  const path = (name) => process.cwd() + '/' + name;
  const write = (name, text, at = 0) => {
    const file = fs.openSync(path(name), fs.existsSync(name) ? 'r+' : 'w+');
    writeSync(file, text, at);
    return file;
  };
  const syncFolder = () => fsyncSync(fs.openSync(process.cwd(), 'r'));
`;

/** Runs the lines in the folder, each in a process of its own, the power on. */
function run(disk: FaultyDisk, ...lines: readonly string[]): string {
  const outputs = lines.map((line) => {
    const script = `process.chdir(${JSON.stringify(disk.root)}); ${prelude} ${line}`;
    const [node = '', ...words] = disk.command([process.execPath, '--eval', script]);
    const { stdout, stderr } = spawnSync(node, words, { encoding: 'utf8' });
    assert.equal(stderr, '');
    return stdout;
  });
  return outputs.join('');
}

function content(disk: FaultyDisk, name: string): string | undefined {
  const file = join(disk.root, name);
  return existsSync(file) ? readFileSync(file, 'latin1') : undefined;
}

void test(
  'a power cut takes what was written since the last sync, and no more',
  options,
  async () => {
    using disk = new FaultyDisk();
    run(
      disk,
      `fsyncSync(write('a', 'durable')); syncFolder();`,
      `write('a', 'changed, and longer'); write('a', 'more', 30);`,
      `write('b', 'new'); fsyncSync(write('c', 'of a name that was not synced'));`,
    );
    assert.equal(content(disk, 'a')?.length, 34);
    await disk.cutPower(nothingSurvives);
    assert.deepEqual(
      ['a', 'b', 'c'].map((name) => content(disk, name)),
      ['durable', undefined, undefined],
    );
  },
);

void test('so it does with lengths and names', options, async () => {
  using disk = new FaultyDisk();
  run(
    disk,
    `for (const name of ['a', 'b', 'c', 'd']) fsyncSync(write(name, name + '1')); syncFolder();`,
    `ftruncateSync(write('a', ''), 0); renameSync(path('b'), path('c')); unlinkSync(path('d')); write('b', '2');`,
  );
  await disk.cutPower(nothingSurvives);
  assert.deepEqual(
    ['a', 'b', 'c', 'd'].map((name) => content(disk, name)),
    ['a1', 'b1', 'c1', 'd1'],
  );
});

void test('each sector survives for itself', options, async () => {
  using disk = new FaultyDisk();
  run(
    disk,
    `fsyncSync(write('a', '0'.repeat(2048))); syncFolder();`,
    `write('a', '1'.repeat(2048)); write('a', '2'.repeat(1024), 512);`,
  );
  const chosen = [0.4, 0.9, 0.2, 0.9, 0.9];
  // The size, which did not change, then the sectors.
  await disk.cutPower(torn(() => chosen.pop() ?? 0));
  const sectors = content(disk, 'a')?.match(/.{512}/g) ?? [];
  assert.deepEqual(
    sectors.map((sector) => new Set(sector)),
    ['1', '0', '2', '0'].map((each) => new Set([each])),
  );
});

void test('a sync that lies keeps nothing', options, async () => {
  using disk = new FaultyDisk();
  run(disk, `fsyncSync(write('a', 'durable')); syncFolder();`);
  disk.lie(true);
  run(disk, `fsyncSync(write('a', 'changed'));`);
  await disk.cutPower(nothingSurvives);
  assert.equal(content(disk, 'a'), 'durable');
});

void test('what a failed sync has lost no later sync brings back', options, async () => {
  using disk = new FaultyDisk({ losesWhatFailed: true });
  run(disk, `fsyncSync(write('a', 'x'.repeat(1024))); syncFolder();`);
  disk.fail({ error: 'EIO', calls: ['sync'], failures: 1 });
  const output = run(
    disk,
    `const file = write('a', 'y'.repeat(1024));
     try { fsyncSync(file); } catch ({ code }) { console.log(code); }
     writeSync(file, 'z', 0); fsyncSync(file);`,
  );
  assert.equal(output, 'EIO\n');
  await disk.cutPower(nothingSurvives);
  assert.equal(content(disk, 'a'), `z${'y'.repeat(511)}${'x'.repeat(512)}`);
});

void test('calls fail as they are told, and only those', options, async () => {
  using disk = new FaultyDisk();
  run(disk, `write('a', ''); write('b', '');`);
  disk.fail({ error: 'ENOSPC', calls: ['write', 'open'], end: '/a', passes: 1, failures: 2 });
  const attempts = Array(4).fill(
    `try { write('a', '1'); console.log('done'); } catch ({ code }) { console.log(code); }`,
  );
  assert.equal(
    run(disk, `write('b', '');`, ...(attempts as string[])),
    'ENOSPC\nENOSPC\ndone\ndone\n',
  );
});
