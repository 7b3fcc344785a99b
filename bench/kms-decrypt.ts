/**
 * KMS Decrypt with everything on (TLS, signature, policy, grants, vault, durable record), against a bare server that
 * checks the signature and decrypts by itself. Both on the same core, in turns; the clients on the others.
 *
 *   node bench/kms-decrypt.ts [seconds [clients]]
 */
import { fork, type ChildProcess } from 'node:child_process';
import { createCipheriv, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { CreateKeyCommand, EncryptCommand } from '@aws-sdk/client-kms';
import { testTls } from '../src/aws/test-edge.ts';
import { clientsOf } from '../test/sdk-clients.ts';
import { startWorld, type World } from '../test/world.ts';
import type { BareKmsSettings } from './bare-kms-server.ts';
import { cores, pin } from './cores.ts';
import { constellationUnder, cpuMilliseconds, processesUnder } from './cpu-time.ts';
import { run, startGenerator, type Load, type LoadResult } from './load.ts';
import { median, row, rowText, type Row, type RowOptions } from './row.ts';
import { signedRequest } from './signed-request.ts';

const rounds = 3;
const plaintext = Buffer.from('a secret of sixty-four bytes, as long as most data keys are now!');

/** One side of the comparison. */
interface Side {
  readonly load: Omit<Load, 'seconds' | 'clients'>;
  readonly pids: ReadonlyMap<string, number>;
}

interface Measured extends LoadResult {
  /** Microseconds of CPU time for an answer, of each process. */
  readonly cpu: Readonly<Record<string, number>>;
}

export async function kmsDecrypt({ seconds, clients }: RowOptions): Promise<Row[]> {
  await using world = await startWorld();
  const generator = startGenerator();
  const bare = fork(join(import.meta.dirname, 'bare-kms-server.ts'));
  try {
    const sides = [await constellation(world), await bareServer(bare, world)] as const;
    const place = cores();
    pin([...constellationUnder(world.pid), bare.pid ?? 0], place?.measured);
    pin([generator.pid ?? 0], place?.clients);
    const results: [Measured[], Measured[]] = [[], []];
    for (let round = 0; round <= rounds; round++) {
      for (const [index, side] of sides.entries()) {
        const measured = await measure(generator, side, { seconds, clients });
        // The first round is for warming up: V8 compiles what is hot only after thousands of calls.
        if (round > 0) results[index]?.push(measured);
      }
    }
    return rowsOf(clients, results);
  } finally {
    generator.kill();
    bare.kill();
  }
}

function rowsOf(clients: number, [ours, bare]: readonly [Measured[], Measured[]]): Row[] {
  const name = `KMS Decrypt, ${clients} clients`;
  const baselineName = 'bare node:https with SigV4 and AES-GCM';
  const both = (figure: (each: Measured) => number) => ({
    baselineName,
    figure: median(ours, figure),
    baselineFigure: median(bare, figure),
    raw: { ours, bare },
  });
  return [
    row({
      name,
      unit: 'calls/s',
      goal: { of: 'ratio', atLeast: 0.7 },
      ...both(({ perSecond }) => perSecond),
    }),
    row({
      name: `${name}, p99`,
      unit: 'ms',
      goal: { of: 'ratio', atMost: 2 },
      ...both(({ p99 }) => p99),
    }),
    row({
      name: `${name}, CPU of all processes`,
      unit: 'µs/call',
      goal: { of: 'ratio', atMost: 2 },
      ...both(({ cpu }) => Object.values(cpu).reduce((sum, each) => sum + each, 0)),
    }),
  ];
}

/** Warms up for a third of the time. */
async function measure(
  generator: ChildProcess,
  { load, pids }: Side,
  { seconds, clients }: RowOptions,
): Promise<Measured> {
  await run(generator, { ...load, clients, seconds: seconds / 3 });
  const before = new Map([...pids].map(([name, pid]) => [name, cpuMilliseconds(pid)]));
  const result = await run(generator, { ...load, clients, seconds });
  const cpu = [...pids].map(([name, pid]) => {
    const spent = cpuMilliseconds(pid) - (before.get(name) ?? 0);
    return [name, (spent * 1000) / result.answers] as const;
  });
  return { ...result, cpu: Object.fromEntries(cpu) };
}

async function constellation(world: World): Promise<Side> {
  using clients = clientsOf(world);
  const { KeyMetadata } = await clients.kms.send(new CreateKeyCommand({}));
  const { CiphertextBlob = new Uint8Array(0) } = await clients.kms.send(
    new EncryptCommand({ KeyId: KeyMetadata?.KeyId, Plaintext: plaintext }),
  );
  return {
    load: {
      port: Number(new URL(world.endpoint).port),
      caPem: world.caPem,
      requests: [decryptRequest(world, CiphertextBlob)],
    },
    pids: new Map([['supervisor', world.pid], ...processesUnder(world.pid)]),
  };
}

async function bareServer(child: ChildProcess, world: World): Promise<Side> {
  const key = randomBytes(32);
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const blob = Buffer.concat([iv, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  child.send({
    tls: testTls,
    ...world.credentials,
    key: key.toString('base64'),
  } satisfies BareKmsSettings);
  const [port] = (await once(child, 'message')) as [number];
  return {
    load: { port, caPem: testTls.cert, requests: [decryptRequest(world, blob)] },
    pids: new Map([['bare', child.pid ?? 0]]),
  };
}

function decryptRequest(world: World, blob: Uint8Array): string {
  const CiphertextBlob = Buffer.from(blob).toString('base64');
  return signedRequest(world, 'kms', 'TrentService.Decrypt', { CiphertextBlob });
}

if (import.meta.main) {
  const [seconds = 3, clients = 64] = process.argv.slice(2).map(Number);
  for (const each of await kmsDecrypt({ seconds, clients })) {
    process.stdout.write(`${rowText(each)}\n`);
  }
}
