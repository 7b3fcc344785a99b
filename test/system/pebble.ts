import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testTls } from '../../src/aws/test-edge.ts';
import { freePort } from '../loopback.ts';
import { until } from '../until.ts';

/** Let's Encrypt's small CA for tests, as Debian packages it. */
export const hasPebble = spawnSync('pebble', ['-h']).error === undefined;

/** A CA in a process of its own: with refused nonces, and sleeps before it looks at a challenge, as by default. */
export interface Pebble extends AsyncDisposable {
  readonly directoryUrl: string;
  rootPem(): Promise<string>;
  /** `Valid` or `Revoked`. @param serial as X509Certificate has it */
  statusOf(serial: string): Promise<string>;
  log(): string;
}

/** What `outbound` of the configuration file has to say for it to be asked. @param folder for the file */
export function outboundToPebble(folder: string): object {
  const roots = join(folder, 'pebble-tls.pem');
  writeFileSync(roots, testTls.cert);
  return { allow: ['127.0.0.1/32'], trustedRoots: roots };
}

/** @param dnsPort of the name server on 127.0.0.1 that it asks for everything */
export async function startPebble(dnsPort: number): Promise<Pebble> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-pebble-'));
  const [port, managementPort] = [await freePort(), await freePort()];
  const [certificate, privateKey, config] = ['cert.pem', 'key.pem', 'config.json'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  writeFileSync(certificate, testTls.cert);
  writeFileSync(privateKey, testTls.key);
  const pebble = {
    listenAddress: `127.0.0.1:${port}`,
    managementListenAddress: `127.0.0.1:${managementPort}`,
    certificate,
    privateKey,
    httpPort: 5002,
    tlsPort: 5001,
  };
  writeFileSync(config, JSON.stringify({ pebble }));
  const child = spawn('pebble', ['-config', config, '-dnsserver', `127.0.0.1:${dnsPort}`]);
  const log: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => log.push(chunk.toString()));
  const management = `https://127.0.0.1:${managementPort}`;
  const rootUrl = `${management}/roots/0`;
  await until('pebble', 60, () => read(rootUrl).catch(() => undefined));
  return {
    directoryUrl: `https://127.0.0.1:${port}/dir`,
    rootPem: () => read(rootUrl),
    async statusOf(serial) {
      const url = `${management}/cert-status-by-serial/${serial.toLowerCase()}`;
      return (JSON.parse(await read(url)) as { Status: string }).Status;
    },
    log: () => log.join(''),
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

async function read(url: string): Promise<string> {
  const asked = get(url, { ca: testTls.cert });
  const [answer] = (await once(asked, 'response')) as [AsyncIterable<Buffer>];
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
