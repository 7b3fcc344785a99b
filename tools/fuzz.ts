/**
 * `npm run fuzz -- TARGET --seconds N`: feeds a part of the product with random inputs, and looks whether every law holds.
 * What it finds is made small, written to a file, and can be replayed. See CONTRIBUTING.md.
 */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import type { FoundInput, Outcome } from './fuzz/campaign.ts';
import { corpusOf, hashOf, keepInCorpus, writeInput } from './fuzz/corpus.ts';
import { judged } from './fuzz/judge.ts';
import { targets } from './fuzz/targets/index.ts';
import { watchedCampaign } from './fuzz/watched-campaign.ts';
import { systemRandom } from '../src/lib/random.ts';

const usage = `usage: npm run fuzz -- TARGET… [options]
  TARGET            ${Object.keys(targets).join(' ')}, or all
  --list            what the targets are
  --seconds N       for each target (default 30)
  --executions N    ends earlier
  --seed N          repeats a run
  --replay FILE     takes one input, and says what is wrong with it
  --keep            adds inputs that reached new code to test/corpora/
`;

const findsFolder = 'fuzz-finds';

process.exitCode = await main();

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      list: { type: 'boolean' },
      seconds: { type: 'string', default: '30' },
      executions: { type: 'string' },
      seed: { type: 'string' },
      replay: { type: 'string' },
      keep: { type: 'boolean', default: false },
    },
  });
  if (values.list === true) return list();
  const names = positionals.includes('all') ? Object.keys(targets) : positionals;
  if (names.length === 0 || names.some((name) => targets[name] === undefined)) {
    process.stderr.write(usage);
    return 2;
  }
  if (values.replay !== undefined) return replay(names[0] ?? '', values.replay);
  const seed = Number(values.seed ?? Buffer.from(systemRandom.bytes(4)).readUInt32BE());
  const executions =
    values.executions === undefined ? {} : { executions: Number(values.executions) };
  let finds = 0;
  for (const name of names) {
    const options = { seed, seconds: Number(values.seconds), ...executions };
    finds += await fuzz(name, options, values.keep);
  }
  process.stdout.write(finds === 0 ? 'every law held\n' : `${finds} finds\n`);
  return finds === 0 ? 0 : 1;
}

function list(): number {
  for (const [name, { about }] of Object.entries(targets))
    process.stdout.write(`${name.padEnd(20)}${about}\n`);
  return 0;
}

/** @returns how many laws were broken */
async function fuzz(
  name: string,
  options: { readonly seed: number; readonly seconds: number; readonly executions?: number },
  isKept: boolean,
): Promise<number> {
  const target = targets[name];
  if (target === undefined) return 0;
  const corpus = [...corpusOf(name).values()];
  const module = new URL('fuzz/targets/index.ts', import.meta.url).href;
  const outcome = await watchedCampaign({ module, name, target }, { ...options, corpus });
  report(name, options.seed, outcome);
  for (const find of outcome.finds) reportFind(name, options.seed, find);
  if (isKept) keepInCorpus(name, outcome.kept);
  return outcome.finds.length;
}

function report(name: string, seed: number, outcome: Outcome): void {
  const { executions, seconds, reached, kept, heapGrowthBytes, finds } = outcome;
  const rate = seconds === 0 ? 0 : executions / seconds;
  const columns = [
    name.padEnd(20),
    `seed ${seed}`,
    `${executions} executions`,
    `${rate.toFixed(0)}/s`,
    `${reached} characters of code`,
    `${kept.length} new inputs`,
    `heap ${(heapGrowthBytes / 1024 / 1024).toFixed(1)} MiB`,
    `${finds.length} finds`,
  ];
  process.stdout.write(`${columns.join('  ')}\n`);
}

function reportFind(name: string, seed: number, { kind, text, input }: FoundInput): void {
  if (input.length === 0 && kind === 'memory') {
    process.stdout.write(`  FIND ${text}\n    npm run fuzz -- ${name} --seed ${seed}\n`);
    return;
  }
  const path = relative('.', writeInput(findsFolder, `${name}-${hashOf(input)}`, input));
  process.stdout.write(
    `  FIND ${text}, with ${input.length} bytes\n    npm run fuzz -- ${name} --replay ${path}\n`,
  );
}

async function replay(name: string, file: string): Promise<number> {
  const target = targets[name];
  if (target === undefined) return 2;
  await using subject = await target.start();
  const find = await judged(subject, readFileSync(file));
  process.stdout.write(find === undefined ? 'every law held\n' : `FIND ${find.text}\n`);
  return find === undefined ? 0 : 1;
}
