import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GatewayLoadBalancer } from '../../aws/gateway-feed.ts';
import { TestLoad } from './test-load.ts';
import { testCertificate, type TestCertificate } from './test-certificates.ts';
import {
  TestWorld,
  closed,
  connectTls,
  loadBalancerArn,
  shakeHands,
  targetGroup,
  until,
} from './test-world.ts';

test('no request fails while certificates are replaced and listeners changed', async (t) => {
  await using world = await TestWorld.start();
  const load = TestLoad.start(world.port, 'shop.test');
  const change = async (
    state: GatewayLoadBalancer,
    isThere: () => boolean | Promise<boolean>,
  ): Promise<void> => {
    world.controlPlane.put(state);
    await until(isThere);
    const { http1, http2 } = load.counts;
    await until(() => load.counts.http1 > http1 + 30 && load.counts.http2 > http2 + 30);
  };
  const shows =
    (certificate: TestCertificate, servername = 'shop.test') =>
    async () =>
      (await shakeHands(world.port, 'TLSv1.3', { servername })).serialNumber ===
      certificate.serialNumber;

  const again = testCertificate(['shop.test']);
  await t.test('a certificate is imported again', async () => {
    world.associated = world.controlPlane.associate(again, loadBalancerArn, {
      certificateArn: world.associated.CertificateArn,
      grantId: world.associated.GrantId,
      revision: 2,
    });
    await change(world.state(), shows(again));
  });

  const other = testCertificate(['other.test']);
  const associated = world.controlPlane.associate(other, loadBalancerArn, { isDefault: false });
  await t.test('one is added to the list', async () => {
    await change(world.state([world.associated, associated]), shows(other, 'other.test'));
  });

  await t.test('another one becomes the default', async () => {
    const swapped = [
      { ...world.associated, IsDefault: false },
      { ...associated, IsDefault: true },
    ];
    await change(world.state(swapped), shows(other, ''));
  });

  await t.test('one is taken off the list', async () => {
    await change(world.state(), shows(again, 'other.test'));
  });

  for (const kind of ['ec', 'rsa'] as const)
    await t.test(
      `the only certificate is replaced by another one of the same name, ${kind}`,
      async () => {
        const next = testCertificate(['shop.test'], kind);
        world.controlPlane.revokeUnseen(world.associated.GrantId);
        world.associated = world.controlPlane.associate(next, loadBalancerArn);
        await change(world.state(), shows(next));
      },
    );

  await t.test('the security policy is another one', async () => {
    const state = world.state([world.associated], {
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06',
    });
    await change(state, () =>
      shakeHands(world.port, 'TLSv1.2').then(
        () => false,
        () => true,
      ),
    );
    await change(world.state(), () =>
      shakeHands(world.port, 'TLSv1.2').then(
        () => true,
        () => false,
      ),
    );
  });

  await t.test('the target is another one', async () => {
    const target = await countingTarget();
    const state = world.state();
    const moved = {
      ...state,
      TargetGroups: [targetGroup([{ Id: '127.0.0.1', Port: target.port }])],
    };
    await change(moved, () => target.asked > 20);
    await change(state, async () => {
      const { asked } = target;
      await shakeHands(world.port, 'TLSv1.3');
      return target.asked === asked;
    });
    target.server.close();
  });

  await t.test('attributes change', async () => {
    const state = { ...world.state(), Attributes: { 'idle_timeout.timeout_seconds': '10' } };
    await change(state, () => true);
  });

  // What was taken off is gone after a second, for who asks on.
  await sleep(1_200);
  const { failures, http1, http2 } = await load.end();
  t.diagnostic(`${http1} requests over HTTP/1.1, ${http2} over HTTP/2`);
  assert.deepEqual(failures, []);
});

test('a second after a certificate was taken off its listener nothing goes on under it', async () => {
  await using world = await TestWorld.start();
  const { session } = await shakeHands(world.port, 'TLSv1.3');
  const { socket } = await connectTls(world.port, 'TLSv1.3');
  const next = testCertificate(['shop.test']);
  const takenOff = closed(socket);
  world.controlPlane.put(world.state([world.controlPlane.associate(next, loadBalancerArn)]));
  await takenOff;
  const shaken = await shakeHands(world.port, 'TLSv1.3', { session });
  assert.deepEqual([shaken.isReused, shaken.serialNumber], [false, next.serialNumber]);
});

test('a certificate that was taken off is not waited for when what comes in its place has no key', async () => {
  await using world = await TestWorld.start();
  const next = world.controlPlane.associate(testCertificate(['shop.test']), loadBalancerArn);
  world.controlPlane.revokeUnseen(next.GrantId);
  world.controlPlane.put(world.state([next]));
  await until(() =>
    shakeHands(world.port, 'TLSv1.3').then(
      () => false,
      () => true,
    ),
  );
});

/** A target that counts what it is asked. */
async function countingTarget() {
  const target = { asked: 0, port: 0, server: createServer() };
  target.server.on('request', (_request, response) => {
    target.asked += 1;
    response.end('from another target');
  });
  target.server.listen(0, '127.0.0.1');
  await once(target.server, 'listening');
  target.port = (target.server.address() as AddressInfo).port;
  return target;
}
