import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ImportCertificateCommand } from '@aws-sdk/client-acm';
import { CreateKeyCommand, GenerateRandomCommand } from '@aws-sdk/client-kms';
import { plantedKey } from '../../planted-key.ts';
import { apiProcessesOf, hasProcessTable, isAlive } from '../../process-table.ts';
import { clientsOf, type Clients } from '../../sdk-clients.ts';
import { until } from '../../until.ts';
import { startWorld, type World } from '../../world.ts';

// An API process that carried a private key is replaced: no client notices, whatever the moment.

const options = { skip: !hasProcessTable, timeout: 900_000 };
let world: World;
let clients: Clients;

before(async () => {
  world = await startWorld({ '--replace-api-within': '10' });
  // Without retries: a request that fails is seen.
  clients = clientsOf(world, { maxAttempts: 1 });
});
after(async () => {
  clients[Symbol.dispose]();
  await world[Symbol.asyncDispose]();
});

test(
  'an API process that carried a key is replaced under load, and no request fails',
  options,
  async () => {
    await using load = startLoad();
    for (let round = 0; round < 2; round++) {
      const [old = 0] = apiProcessesOf(world.pid);
      await importKey();
      await importKey();
      await until('it has ended', 120, async () => (isAlive(old) ? undefined : true));
      assert.equal(apiProcessesOf(world.pid).length, 1);
    }
    const { asked, failures } = await load.end();
    assert.deepEqual(failures, []);
    assert.ok(asked > 100);
    assert.doesNotMatch(world.log(), /"level":"error"/);
  },
);

test(
  'a body that is refused is a reason as well, and a call without a key is none',
  options,
  async () => {
    const [old = 0] = apiProcessesOf(world.pid);
    await clients.kms.send(new CreateKeyCommand({}));
    await sleep(7_500);
    assert.deepEqual(apiProcessesOf(world.pid), [old]);
    const { certificatePem } = plantedKey('ec');
    const { keyPem } = plantedKey('rsa');
    const PrivateKey = createPrivateKey(keyPem).export({ type: 'pkcs8', format: 'pem' });
    await assert.rejects(
      clients.acm.send(
        new ImportCertificateCommand({
          Certificate: certificatePem,
          PrivateKey: Buffer.from(PrivateKey),
        }),
      ),
      { name: 'ValidationException' },
    );
    await until('it has ended', 120, async () => (isAlive(old) ? undefined : true));
  },
);

for (const victim of ['spare', 'old'] as const) {
  test(`when the ${victim} one is killed meanwhile, the other one serves`, options, async () => {
    const [old = 0] = apiProcessesOf(world.pid);
    await importKey();
    const spare = await until('another one starts', 120, async () =>
      apiProcessesOf(world.pid).find((pid) => pid !== old),
    );
    process.kill(victim === 'spare' ? spare : old, 'SIGKILL');
    using patient = clientsOf(world);
    await patient.kms.send(new GenerateRandomCommand({ NumberOfBytes: 32 }));
    await until('the old one has ended', 120, async () => (isAlive(old) ? undefined : true));
    await until('one is left', 120, async () =>
      apiProcessesOf(world.pid).length === 1 ? true : undefined,
    );
    await patient.kms.send(new GenerateRandomCommand({ NumberOfBytes: 32 }));
  });
}

async function importKey(): Promise<void> {
  const { certificatePem, keyPem } = plantedKey('ec');
  await clients.acm.send(
    new ImportCertificateCommand({ Certificate: certificatePem, PrivateKey: keyPem }),
  );
}

/** Four callers on connections that are kept, each of which pauses now and then. */
function startLoad() {
  let asked = 0;
  let isOver = false;
  const failures: string[] = [];
  const caller = async (pauseMilliseconds: number): Promise<void> => {
    for (; !isOver; asked++) {
      await clients.kms
        .send(new GenerateRandomCommand({ NumberOfBytes: 32 }))
        .catch((error: unknown) => failures.push(String(error)));
      await sleep(pauseMilliseconds);
    }
  };
  const load = Promise.all([2, 5, 11, 230].map(caller));
  const end = async () => {
    isOver = true;
    await load;
    return { asked, failures };
  };
  return { end, [Symbol.asyncDispose]: async () => void (await end()) };
}
