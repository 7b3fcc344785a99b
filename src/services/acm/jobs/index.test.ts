import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describe, prove, request, testRoom } from '../test-room.ts';

test('a name server that never answers holds up no other certificate', async () => {
  const room = await testRoom();
  const silence = Promise.withResolvers<void>();
  room.nameServers.set('silent.example', silence.promise);
  const waiting = await request(room, { DomainName: 'silent.example' });
  const stuck = await room.startDueJobs();
  assert.equal(stuck.length, 1);

  const other = await request(room, { DomainName: 'b.example' });
  await prove(room, other);
  await room.work();
  assert.equal((await describe(room, other)).Status, 'ISSUED');
  assert.equal((await describe(room, waiting)).Status, 'PENDING_VALIDATION');

  silence.resolve();
  await Promise.all(stuck);
});
