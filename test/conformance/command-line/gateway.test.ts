import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holdfast } from '../../command.ts';
import { hasProcessTable, isAlive, processesOf } from '../../process-table.ts';
import { until } from '../../until.ts';
import { startWorld } from '../../world.ts';

test('the operator has the gateway replaced', { skip: !hasProcessTable }, async () => {
  await using world = await startWorld();
  const command = ['gateway', 'replace', '--data', world.dataDirectory];
  const before = processesOf(world.pid).get('gateway') ?? 0;
  const { status, output, errors } = await holdfast(command);
  assert.deepEqual([status, errors], [0, '']);
  assert.match(output, /^Another gateway process serves now\.\n$/);
  await until('the one before has ended', 120, async () => (isAlive(before) ? undefined : true));
  const after = processesOf(world.pid).get('gateway');
  assert.ok(after !== undefined && after !== before);
  assert.ok(!world.log().includes('a process ended and is started again'));

  await world.stop();
  const refused = await holdfast(command);
  assert.equal(refused.status, 1);
  assert.match(refused.errors, /^holdfast: no server is running on .*\n$/);
});

test('what is no command of the gateway is answered with its use', async () => {
  for (const args of [['gateway'], ['gateway', 'reload'], ['gateway', 'replace', 'now']]) {
    const { status, errors } = await holdfast(args);
    assert.equal(status, 2);
    assert.match(errors, /^Usage: holdfast gateway replace /);
  }
});
