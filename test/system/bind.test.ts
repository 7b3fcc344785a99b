import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ChangeResourceRecordSetsCommand } from '@aws-sdk/client-route-53';
import { createZone } from '../issued.ts';
import { showIfFailed } from '../last-words.ts';
import { freePort } from '../loopback.ts';
import { clientsOf, type Clients } from '../sdk-clients.ts';
import { until } from '../until.ts';
import { startWorld } from '../world.ts';

/** Debian's BIND, as secondary of our hidden primary. */
const env = { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin` };
const hasNamed = spawnSync('named', ['-v'], { env }).status === 0;
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

    await using secondary = await startNamed(port, world.dnsPort);
    await secondary.answers('first699.hidden.test', ['192.0.2.1']);
    const before = await secondary.serial();

    // Its SOA asks for a look every two hours: within seconds it knows only from NOTIFY.
    await addAddresses(clients, zoneId, '*.wild', 1);
    await secondary.answers('any.wild0.hidden.test', ['192.0.2.1']);
    const after = await secondary.serial();
    assert.ok(after > before, `${after} after ${before}`);

    await world.restart();
    using again = clientsOf(world);
    await addAddresses(again, zoneId, 'last', 1);
    await secondary.answers('last0.hidden.test', ['192.0.2.1']);
    assert.ok((await secondary.serial()) > after);
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

interface Secondary extends AsyncDisposable {
  /** Waits until the name has these addresses. */
  answers(name: string, addresses: readonly string[]): Promise<void>;
  serial(): Promise<number>;
}

/** Serves the zone on a port of 127.0.0.1, from what the primary on the other port gives. */
async function startNamed(port: number, primaryPort: number): Promise<Secondary> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-bind-'));
  const file = join(folder, 'named.conf');
  writeFileSync(file, configuration(folder, port, primaryPort));
  const child = spawn('named', ['-g', '-n', '1', '-c', file], { env });
  const log: Buffer[] = [];
  showIfFailed(() => Buffer.concat(log).toString());
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => log.push(chunk));
  const resolver = new Resolver({ timeout: 5_000, tries: 1 });
  resolver.setServers([`127.0.0.1:${port}`]);
  return {
    answers: async (name, addresses) => {
      const found = await until(`${name} at the secondary`, 120, () =>
        resolver.resolve4(name).catch(() => undefined),
      );
      assert.deepEqual(found, addresses);
    },
    serial: async () => (await resolver.resolveSoa(zone)).serial,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null) {
        const ended = once(child, 'exit');
        child.kill();
        await ended;
      }
      rmSync(folder, { recursive: true });
    },
  };
}

function configuration(folder: string, port: number, primaryPort: number): string {
  return `
options {
  directory "${folder}";
  listen-on port ${port} { 127.0.0.1; };
  listen-on-v6 { none; };
  pid-file none;
  session-keyfile none;
  recursion no;
  dnssec-validation no;
  notify no;
};
controls { };
zone "${zone}" {
  type secondary;
  primaries port ${primaryPort} { 127.0.0.1; };
  file "${zone}.db";
};
`;
}
