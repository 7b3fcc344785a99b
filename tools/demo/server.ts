import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';

/** A holdfast of its own on a folder that is thrown away. */
export interface DemoServer extends AsyncDisposable {
  readonly endpoint: string;
  readonly caPem: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly dnsPort: number;
  readonly dataDirectory: string;
  /** From the spawn to the line "is ready", in milliseconds. */
  readonly startMilliseconds: number;
}

export async function startServer(): Promise<DemoServer> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-demo-'));
  const dataDirectory = join(folder, 'data');
  const [api, dns, plain] = [await freePort(), await freePort(), await freePort()];
  const options = {
    '--data': dataDirectory,
    '--seal': `file:${join(folder, 'demo.seal')}`,
    '--listen': `127.0.0.1:${api}`,
    '--dns': `127.0.0.1:${dns}`,
    '--http': `127.0.0.1:${plain}`,
    // Only Linux has the whole of 127.0.0.0/8.
    ...(platform() === 'linux' ? {} : { '--gateway': '127.0.0.1' }),
  };
  const args = ['serve', ...Object.entries(options).flat()];
  const startedAt = performance.now();
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../src/main.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const log: Buffer[] = [];
  child.stderr?.on('data', (chunk: Buffer) => log.push(chunk));
  await ready(child, log);
  const startMilliseconds = performance.now() - startedAt;
  const settings = readSettings(join(dataDirectory, 'client.env'));
  return {
    endpoint: settings['AWS_ENDPOINT_URL'] ?? '',
    caPem: readFileSync(settings['AWS_CA_BUNDLE'] ?? '', 'utf8'),
    region: settings['AWS_REGION'] ?? '',
    credentials: {
      accessKeyId: settings['AWS_ACCESS_KEY_ID'] ?? '',
      secretAccessKey: settings['AWS_SECRET_ACCESS_KEY'] ?? '',
    },
    dnsPort: dns,
    dataDirectory,
    startMilliseconds,
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      if (child.exitCode === null && child.kill('SIGTERM')) await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function ready(child: ChildProcess, log: readonly Buffer[]): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (output.includes('is ready')) resolve();
  });
  child.once('exit', () =>
    reject(new Error(`the server did not start:\n${Buffer.concat(log).toString()}`)),
  );
  await promise;
}

/** The shell lines that a user would source. */
function readSettings(file: string): Record<string, string> {
  const lines = readFileSync(file, 'utf8').matchAll(/^([A-Z_]+)='?([^'\n]*)'?$/gm);
  return Object.fromEntries([...lines].map(([, name = '', value = '']) => [name, value]));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
