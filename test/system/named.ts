import { spawn, spawnSync } from 'node:child_process';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { showIfFailed } from '../last-words.ts';

const env = { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin` };

/** Debian's BIND. */
export const hasNamed = spawnSync('named', ['-v'], { env }).status === 0;

/** A secondary of our server on 127.0.0.1, in a process of its own. */
export interface Named extends AsyncDisposable {
  /** Asks it, and nobody else. */
  readonly resolver: Resolver;
}

export interface NamedOptions {
  /** On which it listens. */
  readonly port: number;
  readonly primaryPort: number;
  /** What it takes from the primary. */
  readonly zones: readonly string[];
}

export function startNamed(options: NamedOptions): Named {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-named-'));
  const file = join(folder, 'named.conf');
  writeFileSync(file, configuration(folder, options));
  const child = spawn('named', ['-g', '-n', '1', '-c', file], { env });
  const log: Buffer[] = [];
  showIfFailed(() => Buffer.concat(log).toString());
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => log.push(chunk));
  const resolver = new Resolver({ timeout: 5_000, tries: 1 });
  resolver.setServers([`127.0.0.1:${options.port}`]);
  return {
    resolver,
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

function configuration(folder: string, { port, primaryPort, zones }: NamedOptions): string {
  const taken = zones.map(
    (zone) => `
zone "${zone}" {
  type secondary;
  primaries port ${primaryPort} { 127.0.0.1; };
  file "${zone}.db";
};`,
  );
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
  check-names secondary ignore;
  zero-no-soa-ttl no;
};
controls { };
${taken.join('')}
`;
}
