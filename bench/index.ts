/**
 * Prints one table of ratios, each against a named baseline of the same run, and keeps all raw figures in a file.
 *
 *   npm run bench -- [--only NAME[,NAME…]] [--seconds N] [--clients N] [--list]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gatewayCertificates } from './gateway-certificates.ts';
import { gateway } from './gateway.ts';
import { identities } from './identities.ts';
import { importCertificate } from './import.ts';
import { issuance } from './issuance.ts';
import { kmsDecrypt } from './kms-decrypt.ts';
import { memory } from './memory.ts';
import { readyKeysRows } from './ready-keys.ts';
import { headText, isReached, rowText, type Row, type RowOptions } from './row.ts';
import { sigv4 } from './sigv4.ts';
import { start } from './start.ts';
import { storedCertificates } from './stored-certificates.ts';

const benchmarks: Readonly<Record<string, (options: RowOptions) => Promise<Row[]>>> = {
  'kms-decrypt': kmsDecrypt,
  sigv4,
  identities,
  issuance,
  'ready-keys': readyKeysRows,
  import: importCertificate,
  'stored-certificates': storedCertificates,
  gateway,
  'gateway-certificates': gatewayCertificates,
  start,
  memory,
};

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    seconds: { type: 'string', default: '3' },
    clients: { type: 'string', default: '64' },
    list: { type: 'boolean', default: false },
  },
});

if (values.list) process.stdout.write(`${Object.keys(benchmarks).join('\n')}\n`);
else process.exitCode = (await runAll()) ? 0 : 1;

/** @returns whether every row could be measured; a goal that is missed is a result like others */
async function runAll(): Promise<boolean> {
  const names = values.only?.split(',') ?? Object.keys(benchmarks);
  const options = { seconds: Number(values.seconds), clients: Number(values.clients) };
  const startedAt = Temporal.Now.instant().toString({ smallestUnit: 'second' });
  const rows: Row[] = [];
  const failures: Record<string, string> = {};
  process.stdout.write(`${headText}\n`);
  for (const name of names) {
    try {
      const measure = benchmarks[name];
      if (measure === undefined) throw new Error('there is no such benchmark; see --list');
      for (const each of await measure(options)) {
        rows.push(each);
        process.stdout.write(`${rowText(each)}\n`);
      }
    } catch (error) {
      failures[name] = String(error);
      process.stdout.write(`${name} could not be measured: ${failures[name]}\n`);
    }
  }
  const goals = rows.map(isReached).filter((each) => each !== undefined);
  const file = keep({ startedAt, options, machine: machine(), rows, failures });
  process.stdout.write(
    `${goals.filter(Boolean).length} of ${goals.length} goals reached. Raw figures: ${file}\n`,
  );
  return Object.keys(failures).length === 0;
}

function machine() {
  const [cpu] = cpus();
  return {
    cpu: cpu?.model,
    cores: cpus().length,
    memoryMiB: Math.round(totalmem() / 2 ** 20),
    versions: process.versions,
  };
}

function keep(results: Readonly<Record<string, unknown>> & { readonly startedAt: string }): string {
  const folder = join(import.meta.dirname, 'results');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${results.startedAt.replaceAll(':', '-')}.json`);
  writeFileSync(file, `${JSON.stringify(results, undefined, 2)}\n`);
  return file;
}
