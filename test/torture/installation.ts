import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, processesOf, processNames } from '../process-table.ts';
import { until } from '../until.ts';
import { startWorld, type World } from '../world.ts';
import type { FaultyDisk } from '../faulty-disk/faulty-disk.ts';
import { Control, type Armed, type Mutation, type Victim } from './control.ts';
import { powerCut, trouble } from './disk.ts';
import type { Kill } from './fault.ts';
import { seeded } from './seeded.ts';

/** An installation whose processes can be killed, and are brought back. */
export class Installation implements AsyncDisposable {
  readonly control: Control;
  readonly world: World;
  readonly #disk: FaultyDisk | undefined;
  #isKept = false;
  /** Between the moment at which the power goes off and the one at which it is there again. */
  #isOff = false;

  /** @param disk on which it lives, if not on a good one; it ends with the installation */
  static async start(
    mutations: readonly Mutation[] = [],
    disk?: FaultyDisk,
  ): Promise<Installation> {
    const control = new Control(mkdtempSync(join(tmpdir(), 'holdfast-torture-')));
    control.mutate(mutations);
    const command = disk?.command(control.command) ?? control.command;
    return new Installation(control, await startWorld(disk?.options, command), disk);
  }

  /** A first start during which a process is killed; tried again on what is there until it succeeds. */
  static async startKilledAt(at: Armed | undefined): Promise<Installation> {
    const control = new Control(mkdtempSync(join(tmpdir(), 'holdfast-torture-')));
    if (at === undefined) control.startCounting();
    else control.arm(at);
    const options = {
      '--data': join(control.folder, 'data'),
      '--seal': `file:${join(control.folder, 'seal')}`,
    };
    return new Installation(control, await retried(() => startWorld(options, control.command)));
  }

  private constructor(control: Control, world: World, disk?: FaultyDisk) {
    this.control = control;
    this.world = world;
    this.#disk = disk;
  }

  /** The moment decides what else is left to chance. @throws TypeError when there is no disk that can fail */
  async strike({ victim, milliseconds }: Kill): Promise<void> {
    if (victim !== 'disk' && victim !== 'power') return this.#kill(victim);
    if (this.#disk === undefined) throw new TypeError('this disk cannot fail');
    const random = seeded(milliseconds);
    if (victim === 'disk') return trouble(this.#disk, random);
    this.#isOff = true;
    await powerCut(this.#disk, random);
    this.#isOff = false;
  }

  /** At once; nothing happens when it does not run just now. */
  #kill(victim: Victim): void {
    const { pid } = this.world;
    const target = victim === 'supervisor' ? pid : processesOf(pid).get(victim);
    if (target !== undefined && isAlive(target)) process.kill(target, 'SIGKILL');
  }

  get isSupervised(): boolean {
    return isAlive(this.world.pid);
  }

  /** Starts the supervisor again when it is gone, until `stop` aborts: the rest comes back by itself. */
  async reviveUntil(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      if (!this.isSupervised && !this.#isOff) await retried(() => this.world.restart());
      await sleep(20);
    }
  }

  /** Resolves when everybody is there, and was a moment ago: who was just killed looks alive a little longer. */
  async settled(): Promise<void> {
    let before = '';
    await until('all processes run', 120, async () => {
      if (!this.isSupervised) await retried(() => this.world.restart());
      await sleep(100);
      const pids = [this.world.pid, ...processesOf(this.world.pid).values()];
      const isTheSame = pids.join() === before && pids.length === 1 + processNames.length;
      before = pids.join();
      return isTheSame && this.isSupervised ? true : undefined;
    });
  }

  /** Its data folder stays, for whoever wants to know what happened. */
  keep(): void {
    this.#isKept = true;
  }

  /** @returns the file in which everything stands that the processes logged */
  keepLog(): string {
    const file = join(this.control.folder, 'log');
    writeFileSync(file, this.world.log());
    return file;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isKept) await this.world.stop();
    else {
      await this.world[Symbol.asyncDispose]();
      rmSync(this.control.folder, { recursive: true, force: true });
      this.#disk?.[Symbol.dispose]();
    }
  }
}

/** A supervisor that is killed while it starts is started again. */
async function retried<T>(start: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await start();
    } catch (error) {
      if (tries === 5) throw error;
      await sleep(500);
    }
  }
}
