import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { devNull, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { showIfFailed } from './last-words.ts';
import { freePort } from './loopback.ts';
import { processesOf } from './process-table.ts';

/** The whole constellation, as real processes, on a folder that is thrown away. */
export interface World extends AsyncDisposable {
  /** Of the supervisor. */
  readonly pid: number;
  /** `client.env`, as a user would source it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Everything that the processes logged so far. */
  log(): string;
  /** What the last start has told the operator. */
  told(): string;
  /** Ends it as the operator would. Resolves with the exit status, or null after a signal that it cannot handle. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** Starts it again on the same folder; ends it first, if it still runs. */
  restart(signal?: NodeJS.Signals): Promise<void>;
  readonly endpoint: string;
  readonly caPem: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly dnsPort: number;
  readonly plainPort: number;
  readonly dataDirectory: string;
  /** From the spawn to the line "is ready", in milliseconds. */
  readonly startMilliseconds: number;
}

const fromSource = [process.execPath, join(import.meta.dirname, '../src/main.ts')];

const patienceSeconds = 120;

/** Where a server reads what `passphrase` of `startWorld` holds. */
export const passphraseDescriptor = 4;

/**
 * @param holdfast the words with which the command begins
 * @param passphrase a file that every start gets open
 */
export async function startWorld(
  extraOptions: Readonly<Record<string, string>> = {},
  holdfast: readonly string[] = fromSource,
  passphrase = devNull,
): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-world-'));
  const dataDirectory = extraOptions['--data'] ?? join(folder, 'data');
  const [api, dns, plain] = [await freePort(), await freePort(), await freePort()];
  const options = {
    '--data': dataDirectory,
    '--seal': `file:${join(folder, 'world.seal')}`,
    '--listen': `127.0.0.1:${api}`,
    '--dns': `127.0.0.1:${dns}`,
    '--http': `127.0.0.1:${plain}`,
    // Only Linux has the whole of 127.0.0.0/8.
    ...(platform() === 'linux' ? {} : { '--gateway': '127.0.0.1' }),
    ...extraOptions,
  };
  const log: Buffer[] = [];
  showIfFailed(() => Buffer.concat(log).toString());
  const command = [...holdfast, 'serve', ...Object.entries(options).flat()];
  let { child, startMilliseconds, told } = await start(command, log, passphrase);
  const environment = readSettings(join(dataDirectory, 'client.env'));
  return {
    get pid() {
      return child.pid ?? 0;
    },
    get startMilliseconds() {
      return startMilliseconds;
    },
    log: () => Buffer.concat(log).toString(),
    told: () => told(),
    stop: (signal = 'SIGTERM') => end(child, signal),
    async restart(signal = 'SIGTERM') {
      await end(child, signal);
      ({ child, startMilliseconds, told } = await start(command, log, passphrase));
    },
    environment,
    endpoint: environment['AWS_ENDPOINT_URL'] ?? '',
    caPem: readFileSync(environment['AWS_CA_BUNDLE'] ?? '', 'utf8'),
    region: environment['AWS_REGION'] ?? '',
    credentials: {
      accessKeyId: environment['AWS_ACCESS_KEY_ID'] ?? '',
      secretAccessKey: environment['AWS_SECRET_ACCESS_KEY'] ?? '',
    },
    dnsPort: dns,
    plainPort: plain,
    dataDirectory,
    async [Symbol.asyncDispose]() {
      await end(child, 'SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function start(
  [program = '', ...args]: readonly string[],
  log: Buffer[],
  passphrase: string,
): Promise<{ child: ChildProcess; startMilliseconds: number; told: () => string }> {
  const startedAt = performance.now();
  const given = openSync(passphrase, 'r');
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc', given] });
  closeSync(given);
  child.stderr?.on('data', (chunk: Buffer) => log.push(chunk));
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const told = () => output;
  await ready(child, told, log);
  return { child, startMilliseconds: performance.now() - startedAt, told };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
  return child.exitCode;
}

async function ready(
  child: ChildProcess,
  told: () => string,
  log: readonly Buffer[],
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  child.stdout?.on('data', () => {
    if (told().includes('is ready')) resolve();
  });
  // Not at its exit: what it said last may still be on its way.
  child.once('close', () =>
    reject(new Error(`the server did not start:\n${Buffer.concat(log).toString()}`)),
  );
  const timer = setTimeout(() => {
    const running = [...processesOf(child.pid ?? 0).keys()].join(', ');
    child.kill('SIGKILL');
    const said = Buffer.concat(log).toString();
    reject(
      new Error(
        `the server is not ready after ${patienceSeconds} s; of its processes run: ${running}\n${said}`,
      ),
    );
  }, patienceSeconds * 1_000);
  await promise.finally(() => clearTimeout(timer));
}

/** The shell lines that a user would source. */
export function readSettings(file: string): Record<string, string> {
  const lines = readFileSync(file, 'utf8').matchAll(/^([A-Z_]+)='?([^'\n]*)'?$/gm);
  return Object.fromEntries([...lines].map(([, name = '', value = '']) => [name, value]));
}
