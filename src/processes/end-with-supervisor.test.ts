import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';

/** Its exit handlers never come to an end, as the writing of a compile cache does not for seconds. */
const source = `
  import { endWithSupervisor } from ${JSON.stringify(new URL('./end-with-supervisor.ts', import.meta.url).href)};
  endWithSupervisor();
  process.on('exit', () => { for (;;); });
  setInterval(() => {}, 1000);
  process.send('started');
`;

test('a process ends when its supervisor is gone, whatever its own end would still do', async (t) => {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', source], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  t.after(() => child.kill('SIGKILL'));
  await once(child, 'message');
  const ended = once(child, 'exit', { signal: AbortSignal.timeout(60_000) });
  child.disconnect();
  assert.deepEqual(await ended, [null, 'SIGKILL']);
});
