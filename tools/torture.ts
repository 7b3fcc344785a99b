import { parseArgs } from 'node:util';
import { FaultyDisk, noFaultyDisk } from '../test/faulty-disk/faulty-disk.ts';
import { parsePlace, placeName } from '../test/torture/control.ts';
import { faultText, isOfDisk, parseFault, type Fault } from '../test/torture/fault.ts';
import { diskFaults, matrix } from '../test/torture/matrix.ts';
import { placesAfterKills, points } from '../test/torture/points.ts';
import { firstStart, firstStartCut, placesOfFirstStart } from '../test/torture/first-starts.ts';
import { Torture, type RoundReport, type TortureOptions } from '../test/torture/rounds.ts';
import { seeded } from '../test/torture/seeded.ts';

/** Kills processes of an installation at each moment that matters, and compares what is left with what was acknowledged. */
const help = `Usage: npm run torture -- [options]

  --seed N          the first seed (1)
  --seeds N         how many seeds, one after the other (1)
  --rounds M        so many rounds of each seed (one for each place, and for moments of each process)
  --point NAME      only at this fault point
  --process NAME    only faults of this process: api, worker, vault, gateway, dns or supervisor
  --disk            on a disk that fails and loses its power: writes that no sync made durable are lost
  --fault FAULT     this one fault, --rounds times (1): how a failure is replayed; several with commas between them
  --first-starts    a new installation for each round, killed at a place of its first start;
                    with --disk the power goes off at a call of the disk that the seed chooses, 20 rounds
  --list            the places at which a process can be killed, and how often a life comes there
`;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    rounds: { type: 'string' },
    point: { type: 'string' },
    process: { type: 'string' },
    fault: { type: 'string' },
    disk: { type: 'boolean', default: false },
    'first-starts': { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** About as many calls make a first start. */
const callsOfFirstStart = 400;

let failures = 0;
let rounds = 0;
let notReached = 0;

if (values.help) process.stdout.write(help);
else if (values.point !== undefined && !(values.point in points))
  throw new TypeError(`there is no fault point ${values.point}: see --list`);
else if (values.list) await list();
else if (values['first-starts']) await (values.disk ? firstStartsCut() : firstStarts());
else if (values.fault === undefined) {
  const first = Number(values.seed);
  for (let seed = first; seed < first + Number(values.seeds); seed++)
    await (values.disk ? tortureOfDisk(seed) : tortureOf(seed));
} else {
  const faults = values.fault.split(',').map(parseFault);
  await using torture = await Torture.start(faults.some(isOfDisk) ? faultyDisk() : {});
  const all = Array<Fault[]>(Number(values.rounds ?? 1)).fill(faults);
  await run(torture, all.flat(), values.seed);
}

if (rounds > 0)
  console.log(`${rounds} rounds, ${failures} failed, ${notReached} places were not reached`);
process.exitCode = failures > 0 ? 1 : 0;

async function tortureOf(seed: number): Promise<void> {
  await using torture = await Torture.start();
  const places = await torture.countPlaces();
  const faults = matrix(seed, places, values);
  if (faults.length === 0) throw new TypeError('there is no such fault: see --list');
  const wanted = Number(values.rounds ?? faults.length);
  // More than there are: the same places once more, at other hits.
  for (let more = seed; faults.length < wanted;)
    faults.push(...matrix((more += 1_000), places, values));
  await run(torture, faults.slice(0, wanted), String(seed));
}

async function tortureOfDisk(seed: number): Promise<void> {
  await using torture = await Torture.start(faultyDisk());
  const faults = diskFaults(seed);
  await run(torture, faults.slice(0, Number(values.rounds ?? faults.length)), String(seed));
}

function faultyDisk(): TortureOptions {
  const reason = noFaultyDisk();
  if (reason !== undefined) throw new TypeError(reason);
  return { disk: new FaultyDisk({ losesWhatFailed: true }) };
}

async function run(torture: Torture, faults: readonly Fault[], seed: string): Promise<void> {
  for (const [at, fault] of faults.entries()) {
    const report = await torture.round(fault);
    tell(`seed ${seed} round ${at + 1}/${faults.length}  ${faultText(fault)}`, report);
    if (report.wrong.length === 0) continue;
    torture.installation.keep();
    // What a disk lost in a round may be missed only in the next one.
    const before = isOfDisk(fault) ? faults.slice(Math.max(0, at - 1), at) : [];
    const replayed = [...before, fault].map(faultText).join(',');
    console.log(`    replay: npm run torture -- --fault '${replayed}' --rounds 20`);
    console.log(`    data:   ${torture.installation.world.dataDirectory}`);
    console.log(`    log:    ${torture.installation.keepLog()}`);
  }
}

async function firstStarts(): Promise<void> {
  const random = seeded(Number(values.seed));
  const places = [...(await placesOfFirstStart())]
    .map(([place, count]) => ({ ...parsePlace(place), hit: 1 + Math.floor(random() * count) }))
    .filter(
      ({ point, process: victim }) =>
        [point, undefined].includes(values.point as typeof point) &&
        [victim, undefined].includes(values.process as typeof victim),
    );
  for (const at of places.slice(0, Number(values.rounds ?? places.length))) {
    tell(`first start  ${faultText({ at })}`, await firstStart(at));
  }
}

async function firstStartsCut(): Promise<void> {
  const random = seeded(Number(values.seed));
  for (let round = 0; round < Number(values.rounds ?? 20); round++) {
    const calls = Math.floor(random() * callsOfFirstStart);
    const startedAt = performance.now();
    const wrong = await firstStartCut(calls);
    tell(`first start  power after ${calls} calls`, {
      hasFired: wrong !== undefined,
      wrong: wrong ?? [],
      milliseconds: performance.now() - startedAt,
      calls: 0,
      inDoubt: 0,
    });
  }
}

function tell(round: string, { hasFired, wrong, milliseconds, calls, inDoubt }: RoundReport): void {
  rounds += 1;
  if (!hasFired) notReached += 1;
  if (wrong.length > 0) failures += 1;
  const verdict = wrong.length > 0 ? 'FAILED' : hasFired ? 'ok' : 'ok, not reached';
  console.log(
    `${round}  ${verdict}  ${milliseconds.toFixed(0)} ms, ${calls} calls, ${inDoubt} in doubt`,
  );
  for (const each of wrong) console.log(`    ${each}`);
}

async function list(): Promise<void> {
  await using torture = await Torture.start();
  for (const [place, count] of await torture.countPlaces()) console.log(`${place} ${count}`);
  for (const { killed, place } of placesAfterKills())
    console.log(
      `${placeName(place)}, after ${typeof killed === 'string' ? killed : `${killed.process} at ${killed.point}`} was killed`,
    );
}
