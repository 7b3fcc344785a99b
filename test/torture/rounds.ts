import type { Armed, Mutation, Place, Victim } from './control.ts';
import { placeName } from './control.ts';
import { Caller, type Acknowledged } from './calls.ts';
import { makeFixtures, type Fixtures } from './fixtures.ts';
import { Installation } from './installation.ts';
import { Life, steps, type Step } from './life.ts';
import { Model } from './model.ts';
import { letters, seeded } from './seeded.ts';
import { Trail } from './trail.ts';
import { verdict } from './verdict.ts';

/** What goes wrong in a round. */
export type Fault =
  | { readonly at: Armed; readonly after?: Victim | undefined }
  | { readonly kill: Victim; readonly step: Step; readonly milliseconds: number }
  | { readonly nothing: true };

export interface RoundReport {
  /** Whether the process was killed where it was to be. */
  readonly hasFired: boolean;
  /** What does not hold; empty when all does. */
  readonly wrong: readonly string[];
  readonly milliseconds: number;
  readonly calls: number;
  readonly inDoubt: number;
}

/** An installation that lives through one fault after the other. */
export class Torture implements AsyncDisposable {
  readonly installation: Installation;
  readonly #fixtures: Fixtures;
  readonly #model = new Model();
  readonly #trail = new Trail();
  readonly #acknowledged: Acknowledged[] = [];
  #rounds = 0;

  static async start(mutations: readonly Mutation[] = []): Promise<Torture> {
    const installation = await Installation.start(mutations);
    return new Torture(installation, await makeFixtures(installation.world));
  }

  private constructor(installation: Installation, fixtures: Fixtures) {
    this.installation = installation;
    this.#fixtures = fixtures;
  }

  /** How often each place is reached in a life in which nobody is killed. */
  async countPlaces(): Promise<ReadonlyMap<string, number>> {
    this.installation.control.startCounting();
    const { wrong } = await this.round({ nothing: true });
    if (wrong.length > 0) throw new Error(`without any fault: ${wrong.join('; ')}`);
    return this.installation.control.endCounting();
  }

  /** One life with one fault, and what it came to. @param seed decides whatever the fault leaves open */
  async round(fault: Fault, seed = 1): Promise<RoundReport> {
    const startedAt = performance.now();
    const { installation } = this;
    const caller = new Caller();
    const isOver = new AbortController();
    const revival = installation.reviveUntil(isOver.signal);
    const wrong: string[] = [];
    const killer = new Killer(installation, fault, seed);
    try {
      await new Life(letters(this.#rounds++), {
        world: installation.world,
        fixtures: this.#fixtures,
        model: this.#model,
        caller,
        onStep: (step) => killer.begins(step),
      }).run();
    } catch (error) {
      wrong.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    await killer.end();
    isOver.abort();
    await revival;
    await installation.settled();
    const hasFired = killer.hasFired;
    installation.control.disarm();
    this.#acknowledged.push(...caller.acknowledged);
    wrong.push(
      ...caller.wrong,
      ...(await verdict({
        world: installation.world,
        fixtures: this.#fixtures,
        model: this.#model,
        trail: this.#trail,
        acknowledged: caller.acknowledged,
      })),
    );
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

/** Sees to it that the fault happens. */
class Killer {
  readonly #installation: Installation;
  readonly #fault: Fault;
  readonly #moment: Step;
  readonly #timers: NodeJS.Timeout[] = [];
  #hasKilled = false;

  constructor(installation: Installation, fault: Fault, seed: number) {
    this.#installation = installation;
    this.#fault = fault;
    const random = seeded(seed);
    this.#moment = steps[Math.floor(random() * steps.length)] ?? 'request';
    if ('at' in fault) installation.control.arm(fault.at);
  }

  begins(step: Step): void {
    const { nothing, kill, after, ...more } = this.#fault as Partial<{
      nothing: true;
      kill: Victim;
      after: Victim;
      step: Step;
      milliseconds: number;
    }>;
    const victim = kill ?? after;
    const at = more.step ?? this.#moment;
    if (nothing === true || victim === undefined || step !== at || this.#hasKilled) return;
    this.#hasKilled = true;
    this.#timers.push(setTimeout(() => this.#installation.kill(victim), more.milliseconds ?? 20));
  }

  get hasFired(): boolean {
    return 'at' in this.#fault ? this.#installation.control.hasFired : this.#hasKilled;
  }

  async end(): Promise<void> {
    if (!('at' in this.#fault)) return;
    // What follows a kill may come later than the life's end.
    for (let waited = 0; waited < 3_000 && !this.hasFired; waited += 50) {
      if (this.#fault.after === undefined) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

export function faultName(fault: Fault): string {
  if ('nothing' in fault) return 'nobody is killed';
  if ('kill' in fault)
    return `${fault.kill} is killed ${fault.milliseconds.toFixed(0)} ms after the begin of ${fault.step}`;
  const after = fault.after === undefined ? '' : `, after ${fault.after} was killed`;
  return `${placeName(fault.at)}, hit ${fault.at.hit}${after}`;
}

export type { Place };
