import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { duplexPair } from 'node:stream';
import { test, type TestContext } from 'node:test';
import { silentLog } from '../lib/log.ts';
import type { MessageFromProcess } from './messages.ts';
import { followVault } from './vault-channel.ts';

/** A process whose pipe to the vault can be closed and replaced. */
function follower(t: TestContext) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const told: MessageFromProcess[] = [];
  const channel = (): Socket => duplexPair()[0] as unknown as Socket;
  const first = channel();
  let give: (channel: Socket) => void = () => {};
  followVault({
    log: silentLog,
    tell: (message) => told.push(message),
    onVaultChannel(use) {
      give = use;
      use(first);
    },
  });
  return { first, told, give: () => give(channel()) };
}

test('a pipe that is gone, and that none replaces, is reported', async (t) => {
  const { first, told } = follower(t);
  first.destroy();
  await once(first, 'close');
  t.mock.timers.tick(1_999);
  assert.deepEqual(told, []);
  t.mock.timers.tick(1);
  assert.deepEqual(told, [{ type: 'vault-channel-lost' }]);
});

test('a pipe that another one replaced is not missed', async (t) => {
  const { first, told, give } = follower(t);
  first.destroy();
  await once(first, 'close');
  give();
  t.mock.timers.tick(60_000);
  assert.deepEqual(told, []);
});
