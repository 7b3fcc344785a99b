import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RenewedCredentials } from './renewed-credentials.ts';
import { TestClock } from './test-world.ts';

test('credentials are asked for after three quarters of their life, and again until they come', () => {
  const clock = new TestClock();
  let asked = 0;
  const credentials = (accessKeyId: string) => ({
    accessKeyId,
    secretAccessKey: 's',
    sessionToken: 't',
    expiresAt: clock.now().epochMilliseconds + 3_600_000,
  });
  const renewed = new RenewedCredentials(credentials('first'), () => (asked += 1), clock);
  clock.elapsed = 2_600_000;
  assert.equal(renewed.current().accessKeyId, 'first');
  assert.equal(asked, 0);
  clock.elapsed = 2_710_000;
  renewed.current();
  renewed.current();
  assert.equal(asked, 1);
  clock.elapsed = 2_716_000;
  renewed.current();
  assert.equal(asked, 2);
  renewed.replace(credentials('second'));
  clock.elapsed = 2_800_000;
  assert.equal(renewed.current().accessKeyId, 'second');
  assert.equal(asked, 2);
  renewed.refused();
  assert.equal(asked, 3);
});
