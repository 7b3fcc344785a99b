import assert from 'node:assert/strict';
import { test } from 'node:test';
import { silentLog } from '../../../lib/log.ts';
import { TestProvider } from '../test-provider.ts';
import { WebIdentities } from './identify.ts';

const now = Temporal.Instant.from('2026-11-24T12:00:00Z');
const throttled = { name: 'CommonError', kind: 'throttled' };

/** Accounts that all have a provider which answers when the test lets it. */
function scene() {
  const provider = new TestProvider();
  const gate = Promise.withResolvers<void>();
  const identities = new WebIdentities({
    identity: {
      oidcProvider: async (account, url) => ({
        arn: `arn:aws:iam::${account}:oidc-provider/${url}`,
        url,
        clientIds: ['sts.amazonaws.com'],
        thumbprints: [],
      }),
    },
    outbound: {
      send: async (request) => {
        await gate.promise;
        return provider.send(request);
      },
    },
    clock: { now: () => now, monotonic: () => 0 },
    log: silentLog,
  });
  const identify = (account: number, address: string) =>
    identities.identify(
      {
        RoleArn: `arn:aws:iam::${String(account).padStart(12, '1')}:role/deploy`,
        RoleSessionName: 's1',
        WebIdentityToken: provider.token(now),
      },
      address,
    );
  return { identify, answer: () => gate.resolve() };
}

test('while a provider is slow, neither one client nor one account takes the place of all', async () => {
  const { identify, answer } = scene();
  const waiting = Array.from({ length: 16 }, () => identify(1, '192.0.2.1'));
  await assert.rejects(identify(2, '192.0.2.1'), throttled);
  waiting.push(...Array.from({ length: 16 }, () => identify(1, '192.0.2.2')));
  await assert.rejects(identify(1, '192.0.2.3'), throttled);
  waiting.push(identify(2, '192.0.2.3'));
  for (let n = 0; n < 95; n += 1) waiting.push(identify(3 + (n % 4), `198.51.100.${n}`));
  await assert.rejects(identify(9, '203.0.113.1'), throttled);
  answer();
  const identified = await Promise.all(waiting);
  assert.equal(identified.length, 128);
  // Everything is given back.
  await Promise.all(Array.from({ length: 16 }, () => identify(1, '192.0.2.1')));
});
