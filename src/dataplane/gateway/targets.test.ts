import { systemClock } from '../../lib/clock.ts';
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import type { TargetStatus } from '../../aws/gateway-feed.ts';
import { freePort } from '../../../test/loopback.ts';
import { matchesCode } from './health-check.ts';
import { TargetGroup } from './targets.ts';
import { targetGroup, until } from './test-world.ts';

const checked = {
  HealthCheckEnabled: true,
  HealthCheckIntervalSeconds: 1,
  // Longer than AWS allows beside that interval: on a machine that is busy no answer is late.
  HealthCheckTimeoutSeconds: 60,
  HealthyThresholdCount: 2,
  UnhealthyThresholdCount: 2,
};

test('a target becomes healthy with one success, unhealthy after the threshold, and gets no request then', async (t) => {
  let status = 200;
  let checks = 0;
  const server = createServer((request, response) => {
    assert.equal(request.headers['user-agent'], 'ELB-HealthChecker/2.0');
    checks += 1;
    response.statusCode = status;
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const statuses: TargetStatus[] = [];
  const other = { Id: '127.0.0.1', Port: await freePort() };
  const group = new TargetGroup(targetGroup([{ Id: '127.0.0.1', Port: port }, other], checked), {
    isForbidden: () => false,
    clock: systemClock,
    onStatus: (each) => statuses.push(each),
  });
  t.after(() => (group.close(), server.close()));
  const stateOf = (wanted: number) => group.statuses().find(({ Port }) => Port === wanted);
  assert.equal(stateOf(port)?.Reason, 'Elb.InitialHealthChecking');
  await until(() => stateOf(port)?.State === 'healthy');
  assert.equal(checks, 1);
  for (let n = 0; n < 4; n += 1) assert.equal(group.next()?.port, port);
  await until(() => stateOf(other.Port)?.Reason === 'Target.FailedHealthChecks');
  status = 500;
  const before = checks;
  await until(() => stateOf(port)?.State === 'unhealthy');
  assert.equal(checks, before + 2);
  assert.equal(stateOf(port)?.Description, 'Health checks failed with these codes: [500]');
  const open = new Set([group.next()?.port, group.next()?.port]);
  assert.equal(open.size, 2, 'with no healthy target, all get requests');
});

test('a forbidden target is shown as unusable, and neither checked nor asked', async (t) => {
  let asked = 0;
  const server = createServer(() => (asked += 1)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const group = new TargetGroup(
    // Also when only the health check would go there.
    targetGroup([{ Id: '127.0.0.1', Port: 80 }], { ...checked, HealthCheckPort: String(port) }),
    { isForbidden: (_address, at) => at === port, clock: systemClock, onStatus: () => {} },
  );
  t.after(() => (group.close(), server.close()));
  assert.equal(group.statuses()[0]?.Reason, 'Target.IpUnusable');
  assert.equal(group.next(), undefined);
  assert.equal(asked, 0);
});

test('a matcher is a code, a list or a range', () => {
  assert.deepEqual(
    [199, 200, 204, 299, 300].map((status) => matchesCode('200-204,300', status)),
    [false, true, true, false, true],
  );
});
