import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChangeResourceRecordSetsCommand } from '@aws-sdk/client-route-53';
import { createZone } from '../issued.ts';
import { freePort } from '../loopback.ts';
import { clientsOf, type Clients } from '../sdk-clients.ts';
import { startWorld } from '../world.ts';
import { until } from '../until.ts';
import { hasNamed, startNamed, type Named } from './named.ts';

const zone = 'hidden.test';

test(
  'BIND takes a zone from us, hears of each change, and answers with it; also after our restart',
  { skip: hasNamed ? false : 'needs named (bind9)', timeout: 600_000 },
  async () => {
    const port = await freePort();
    await using world = await startWorld({ '--allow-transfer': `127.0.0.1:${port}` });
    using clients = clientsOf(world);
    const zoneId = await createZone(clients, zone);
    await addAddresses(clients, zoneId, 'first', 700);

    await using secondary = startNamed({ port, primaryPort: world.dnsPort, zones: [zone] });
    await answers(secondary, 'first699.hidden.test', ['192.0.2.1']);
    const before = await serial(secondary);

    // Its SOA asks for a look every two hours: within seconds it knows only from NOTIFY.
    await addAddresses(clients, zoneId, '*.wild', 1);
    await answers(secondary, 'any.wild0.hidden.test', ['192.0.2.1']);
    const after = await serial(secondary);
    assert.ok(after > before, `${after} after ${before}`);

    await world.restart();
    using again = clientsOf(world);
    await addAddresses(again, zoneId, 'last', 1);
    await answers(secondary, 'last0.hidden.test', ['192.0.2.1']);
    assert.ok((await serial(secondary)) > after);
  },
);

async function addAddresses(
  { route53 }: Pick<Clients, 'route53'>,
  HostedZoneId: string,
  label: string,
  count: number,
): Promise<void> {
  const Changes = Array.from({ length: count }, (_, n) => ({
    Action: 'CREATE' as const,
    ResourceRecordSet: {
      Name: `${label}${n}.${zone}`,
      Type: 'A' as const,
      TTL: 60,
      ResourceRecords: [{ Value: '192.0.2.1' }],
    },
  }));
  await route53.send(
    new ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch: { Changes } }),
  );
}

/** Waits until the secondary has these addresses. */
async function answers(
  { resolver }: Named,
  name: string,
  addresses: readonly string[],
): Promise<void> {
  const found = await until(`${name} at the secondary`, 120, () =>
    resolver.resolve4(name).catch(() => undefined),
  );
  assert.deepEqual(found, addresses);
}

async function serial({ resolver }: Named): Promise<number> {
  return (await resolver.resolveSoa(zone)).serial;
}
