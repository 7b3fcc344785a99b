import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FaultyDisk, noFaultyDisk } from '../faulty-disk/faulty-disk.ts';
import type { Mutation } from '../torture/control.ts';
import { faultText, parseFault } from '../torture/fault.ts';
import { firstStartCut } from '../torture/first-starts.ts';
import { diskFaults } from '../torture/matrix.ts';
import { Torture } from '../torture/rounds.ts';

// `npm run torture -- --disk` does the same at any length.

const seed = 1;
const options = { skip: noFaultyDisk() ?? false, timeout: 900_000 };

test('the disk fails and the power goes: what was acknowledged holds', options, async () => {
  await using torture = await Torture.start({ disk: new FaultyDisk({ losesWhatFailed: true }) });
  for (const fault of diskFaults(seed).slice(0, 6)) {
    const { wrong } = await torture.round(fault);
    assert.deepEqual(wrong, [], `npm run torture -- --disk --seed ${seed}: ${faultText(fault)}`);
  }
});

for (const calls of [8, 27, 140])
  test(`a first start may be cut off, after ${calls} calls of the disk`, options, async () => {
    assert.deepEqual(await firstStartCut(calls), []);
  });

test('it is noticed when the disk only says that it has synced', options, async (t) => {
  const disk = new FaultyDisk();
  await using torture = await Torture.start({ disk, patienceMilliseconds: 8_000 });
  disk.lie(true);
  // Either the start finds that commits are missing, and refuses, or the verdict.
  const wrong = await torture.round(parseFault('power@associate:100')).then(
    (report) => report.wrong,
    (error: unknown) => [String(error)],
  );
  assert.notDeepEqual(wrong, []);
  t.diagnostic(wrong[0]?.split('\n')[0] ?? '');
});

test(
  'it is noticed when uses of keys by calls that were refused are not recorded',
  options,
  async (t) => {
    const disk = new FaultyDisk();
    const mutations = [
      {
        file: 'src/aws/pipeline/settle.ts',
        replace: 'keeping.vault.abandon(receipts);',
        by: '',
      },
    ];
    await using torture = await Torture.start({ disk, mutations, patienceMilliseconds: 8_000 });
    for (let milliseconds = 1; milliseconds <= 10; milliseconds++) {
      const { wrong } = await torture.round(parseFault(`disk@associate:${milliseconds}`));
      if (wrong.length === 0) continue;
      t.diagnostic(wrong[0]?.split('\n')[0] ?? '');
      return;
    }
    assert.fail('nobody noticed');
  },
);

test('it is noticed when the name of a new seal is not durable', options, async () => {
  const mutation: Mutation = {
    file: 'src/seals/seal-file.ts',
    replace: '    closeSync(file);\n  }\n  syncFolder(dirname(path));',
    by: '    closeSync(file);\n  }',
  };
  for (let calls = 16; calls < 30; calls++) {
    const wrong = (await firstStartCut(calls, [mutation])) ?? [];
    if (wrong.length > 0) return assert.match(wrong.join(), /the seal .* is missing/);
  }
  assert.fail('nobody noticed');
});
