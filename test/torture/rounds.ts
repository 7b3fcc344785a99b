import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultyDisk } from '../faulty-disk/faulty-disk.ts';
import type { Mutation } from './control.ts';
import type { Fault, Kill } from './fault.ts';
import { Caller } from './calls.ts';
import { makeFixtures, type Fixtures } from './fixtures.ts';
import { Installation } from './installation.ts';
import { Life, type Step } from './life.ts';
import { Model } from './model.ts';
import { letters } from './seeded.ts';
import { Trail } from './trail.ts';
import { verdict } from './verdict.ts';

export interface RoundReport {
  /** Whether the process was killed where it was to be. */
  readonly hasFired: boolean;
  /** What does not hold; empty when all does. */
  readonly wrong: readonly string[];
  readonly milliseconds: number;
  readonly calls: number;
  readonly inDoubt: number;
}

export interface TortureOptions {
  /** For faults of the disk and of the power. */
  readonly disk?: FaultyDisk;
  readonly mutations?: readonly Mutation[];
  /**
   * So long whatever has to be recovered may take, whatever else the machine does; 240 s when absent. The verdict waits for
   * a quarter of it, and has to outlast the gateway's poll of 20 s: that is on record when it is answered.
   */
  readonly patienceMilliseconds?: number;
}

/** An installation that lives through one fault after the other. */
export class Torture implements AsyncDisposable {
  readonly installation: Installation;
  readonly #fixtures: Fixtures;
  readonly #model = new Model();
  readonly #trail = new Trail();
  /** What was said before is not said again. */
  readonly #said = new Set<string>();
  readonly #patienceMilliseconds: number;
  #rounds = 0;

  static async start(options: TortureOptions = {}): Promise<Torture> {
    return Torture.of(await Installation.start(options.mutations, options.disk), options);
  }

  /** On an installation that runs already. */
  static async of(installation: Installation, options: TortureOptions = {}): Promise<Torture> {
    return new Torture(installation, await makeFixtures(installation.world), options);
  }

  private constructor(
    installation: Installation,
    fixtures: Fixtures,
    { patienceMilliseconds = 240_000 }: TortureOptions,
  ) {
    this.installation = installation;
    this.#fixtures = fixtures;
    this.#patienceMilliseconds = patienceMilliseconds;
  }

  /** How often each place is reached in a life in which nobody is killed. */
  async countPlaces(): Promise<ReadonlyMap<string, number>> {
    const { control } = this.installation;
    let places: ReadonlyMap<string, number> = new Map();
    control.startCounting();
    const { wrong } = await this.round({}, () => {
      places = control.endCounting();
    });
    if (wrong.length > 0) throw new Error(`without any fault: ${wrong.join('; ')}`);
    return places;
  }

  /** One life with one fault, and what it came to. */
  async round(fault: Fault, onLifeEnd = (): void => {}): Promise<RoundReport> {
    const startedAt = performance.now();
    const since = new Date(Date.now() - 1_000);
    const { installation } = this;
    const caller = new Caller(this.#patienceMilliseconds);
    const isOver = new AbortController();
    const revival = installation.reviveUntil(isOver.signal);
    // Waited for below, where a server that does not come back ends the round.
    revival.catch(() => {});
    const wrong: string[] = [];
    const killer = new Killer(installation, fault);
    try {
      await new Life(letters(this.#rounds++), {
        world: installation.world,
        fixtures: this.#fixtures,
        model: this.#model,
        caller,
        patienceSeconds: this.#patienceMilliseconds / 1_000,
        onStep: (step) => killer.begins(step),
      }).run();
    } catch (error) {
      wrong.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    onLifeEnd();
    await killer.end();
    const hasFired = killer.hasFired;
    // From here on nobody is killed any more.
    installation.control.disarm();
    isOver.abort();
    await revival;
    await installation.settled();
    wrong.push(
      ...caller.wrong,
      ...(await verdict(
        {
          world: installation.world,
          fixtures: this.#fixtures,
          model: this.#model,
          trail: this.#trail,
          acknowledged: caller.acknowledged,
          since,
          said: this.#said,
        },
        // By then all is there already; what is left to do is done every second.
        this.#patienceMilliseconds / 4,
      )),
    );
    for (const each of wrong) this.#said.add(each);
    return {
      hasFired,
      wrong,
      milliseconds: performance.now() - startedAt,
      calls: caller.acknowledged.length,
      inDoubt: caller.inDoubt,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#fixtures[Symbol.asyncDispose]();
    await this.installation[Symbol.asyncDispose]();
  }
}

/** So long what follows a kill may take. */
const aftermathMilliseconds = 3_000;

/** Sees to it that the fault happens. */
class Killer {
  readonly #installation: Installation;
  readonly #fault: Fault;
  #hasKilled = false;
  #killing: Promise<void> = Promise.resolve();

  constructor(installation: Installation, fault: Fault) {
    this.#installation = installation;
    this.#fault = fault;
    if (fault.at !== undefined) installation.control.arm(fault.at);
  }

  begins(step: Step): void {
    const { kill } = this.#fault;
    if (kill === undefined || kill.step !== step) return;
    this.#hasKilled = true;
    this.#killing = this.#kill(kill);
    // Waited for by `end`: a server that does not come back after it ends the round there.
    this.#killing.catch(() => {});
  }

  get hasFired(): boolean {
    return this.#fault.at === undefined ? this.#hasKilled : this.#installation.control.hasFired;
  }

  async #kill(kill: Kill): Promise<void> {
    await sleep(kill.milliseconds);
    await this.#installation.strike(kill);
  }

  /** Waits for the kill, and for a place that is reached only after it. */
  async end(): Promise<void> {
    await this.#killing;
    const { at, kill } = this.#fault;
    if (at === undefined || (kill === undefined && at.next === undefined)) return;
    for (let waited = 0; waited < aftermathMilliseconds && !this.hasFired; waited += 20)
      await sleep(20);
  }
}
