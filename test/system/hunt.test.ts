import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { ImportCertificateCommand } from '@aws-sdk/client-acm';
import { mayHold } from '../hunt/expectation.ts';
import { formsInProcess } from '../hunt/process-memory.ts';
import { plantedKey, secretForms, type SecretForms } from '../planted-key.ts';
import { apiProcessesOf, hasProcessTable, isAlive, processesOf } from '../process-table.ts';
import { clientsOf, type Clients } from '../sdk-clients.ts';
import { until } from '../until.ts';
import { startWorld, type World } from '../world.ts';

// Known keys are looked for in core dumps of every process. What is expected is the table in SECURITY.md.

const isRoot = process.getuid?.() === 0;
const options = {
  skip: !hasProcessTable || !isRoot ? 'reads memory as root' : false,
  timeout: 120_000,
};
let world: World;
let clients: Clients;

before(async () => {
  world = await startWorld({ '--replace-api-within': '10' });
  clients = clientsOf(world);
});
after(async () => {
  clients[Symbol.dispose]();
  await world[Symbol.asyncDispose]();
});

test(
  'an imported key is where SECURITY.md says, and in no process once the API was replaced',
  options,
  async (t) => {
    const keys = [plantedKey('rsa'), plantedKey('ec')];
    const [old = 0] = apiProcessesOf(world.pid);
    for (const { certificatePem, keyPem } of keys)
      await clients.acm.send(
        new ImportCertificateCommand({ Certificate: certificatePem, PrivateKey: keyPem }),
      );
    const forms: SecretForms = new Map(
      keys.flatMap((key, at) => [...key.forms].map(([name, form]) => [`${at} ${name}`, form])),
    );
    hunt('after an import', forms, t.diagnostic.bind(t));
    await until('the API was replaced', 40, async () => (isAlive(old) ? undefined : true));
    hunt('after the replacement', forms, t.diagnostic.bind(t));
  },
);

test('the root key is where SECURITY.md says, and in the vault', options, (t) => {
  const seal = readFileSync(join(dirname(world.dataDirectory), 'world.seal'));
  const forms = secretForms('root key', seal.subarray(32, 64));
  hunt('root key', forms, t.diagnostic.bind(t));
  assert.notDeepEqual(formsInProcess(processesOf(world.pid).get('vault') ?? 0, forms), []);
});

test('a buffer that was kept on purpose is found', options, async () => {
  const { keyPem, forms } = plantedKey('rsa');
  const script = `process.stdin.once('data', (kept) => { globalThis.kept = kept; console.log('kept'); })`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'pipe', 'ignore'] });
  child.stdin.write(keyPem);
  await once(child.stdout, 'data');
  assert.notDeepEqual(formsInProcess(child.pid ?? 0, forms), []);
  child.kill('SIGKILL');
});

/** In every process, the supervisor included. */
function hunt(moment: string, forms: SecretForms, say: (text: string) => void): void {
  const wrong: string[] = [];
  for (const [name, pid] of [['supervisor', world.pid] as const, ...processesOf(world.pid)]) {
    const found = formsInProcess(pid, forms);
    say(`${moment}: ${name}: ${found.length} forms`);
    if (found.length > 0 && !mayHold(name, moment)) wrong.push(`${name}: ${found.join(', ')}`);
  }
  assert.deepEqual(wrong, [], moment);
}
