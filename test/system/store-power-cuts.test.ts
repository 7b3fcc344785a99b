import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { silentLog } from '../../src/lib/log.ts';
import { checkDatabase, openSqliteStore } from '../../src/store/sqlite/index.ts';
import { changes, FaultyDisk, noFaultyDisk, type Fault } from '../faulty-disk/faulty-disk.ts';
import { nothingSurvives, torn, type Survival } from '../faulty-disk/power-cut.ts';
import { entryMigrations, numbers, type EntryTables } from '../suites/store-entries.ts';
import { Control, type Mutation } from '../torture/control.ts';
import { seeded } from '../torture/seeded.ts';
import { until } from '../until.ts';

// The power goes in the middle of what the store writes. What it acknowledged is there, whatever of the rest survives.

const options = { skip: noFaultyDisk() ?? false, timeout: 900_000 };
const shredding = join(import.meta.dirname, '../faulty-disk/shredding.ts');
const committing = join(import.meta.dirname, '../faulty-disk/committing.ts');
const plainNode = [process.execPath];

/** A store on a disk, in one life after the other. */
class Lives implements AsyncDisposable {
  readonly disk: FaultyDisk;
  readonly #node: readonly string[];
  readonly #file: string;
  readonly #acknowledged: number[] = [];
  #next = 1;

  constructor(disk: FaultyDisk, node: readonly string[] = plainNode) {
    this.disk = disk;
    this.#node = node;
    this.#file = join(disk.root, 'test.db');
  }

  get count(): number {
    return this.#acknowledged.length;
  }

  /** Lives until the power has gone. @returns what is wrong afterwards */
  async live(survival: Survival, meanwhile: () => Promise<void>): Promise<string[]> {
    const [node = '', ...words] = this.disk.command([...this.#node, committing]);
    const child = spawn(node, [...words, this.#file, String(this.#next)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'close');
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      this.#acknowledged.push(...linesOf(said));
      said = said.slice(said.lastIndexOf('\n') + 1);
    });
    await meanwhile();
    await this.disk.cutPower(survival);
    await ended;
    return this.#wrong().catch((error: unknown) => [String(error)]);
  }

  /** Resolves when an acknowledgement is read of what was begun later than this, after so many others. */
  async acknowledged(more: number): Promise<void> {
    const wanted = Math.max(this.#next - 1, this.#committed()) + more;
    await until(`${more} are acknowledged`, 120, async () =>
      (this.#acknowledged.at(-1) ?? 0) > wanted ? true : undefined,
    );
  }

  /** The last that is in the database just now: of it and those before the acknowledgements may be on their way. */
  #committed(): number {
    if (!existsSync(this.#file)) return 0;
    using database = new DatabaseSync(this.#file, { readOnly: true, timeout: 10_000 });
    const tables = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'entry'").all();
    if (tables.length === 0) return 0;
    return Number(database.prepare('SELECT max(n) AS n FROM entry').get()?.['n'] ?? 0);
  }

  async #wrong(): Promise<string[]> {
    if (!existsSync(this.#file) && this.count === 0) return [];
    const damage = checkDatabase(this.#file);
    if (damage.length > 0) return [...damage];
    await using store = await openSqliteStore<EntryTables>({
      file: this.#file,
      migrations: [entryMigrations],
      log: silentLog,
    });
    const there = new Set(await numbers(store.db));
    this.#next = Math.max(0, ...there, ...this.#acknowledged) + 1;
    const missing = this.#acknowledged.filter((n) => !there.has(n));
    return missing.length === 0 ? [] : [`${missing.length} of ${this.count} are missing`];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.disk.cutPower(nothingSurvives);
    this.disk[Symbol.dispose]();
  }
}

function linesOf(text: string): number[] {
  return text.split('\n').slice(0, -1).map(Number);
}

for (const seed of [1, 2, 3, 4, 5]) {
  test(`the power goes between any two writes, seed ${seed}`, options, async (t) => {
    await using lives = new Lives(new FaultyDisk());
    const random = seeded(seed);
    for (let life = 0; life < 4; life++) {
      const passes = Math.floor(random() ** 2 * 600);
      lives.disk.fail({ error: 'power-off', calls: changes, passes });
      const wrong = await lives.live(torn(random), () => isOff(lives));
      assert.deepEqual(wrong, [], `life ${life}, after ${passes} calls`);
    }
    t.diagnostic(`${lives.count} commits were acknowledged`);
  });
}

for (const end of ['.db', '.db-wal'])
  test(
    `nothing is taken for durable after a sync of the ${end} file that failed`,
    options,
    async (t) => {
      await using lives = new Lives(new FaultyDisk({ losesWhatFailed: true }));
      const random = seeded(end.length);
      for (let life = 0; life < 3; life++) {
        const wrong = await lives.live(nothingSurvives, async () => {
          await lives.acknowledged(10);
          for (let faults = 0; faults < 4; faults++) {
            const [passes, failures] = [Math.floor(random() * 4), 1 + Math.floor(random() * 2)];
            lives.disk.fail({ error: 'EIO', calls: ['sync'], end, passes, failures });
            await until('they failed', 120, async () => (lives.disk.isSpent ? true : undefined));
            await lives.acknowledged(10);
          }
        });
        assert.deepEqual(wrong, [], `life ${life}`);
      }
      t.diagnostic(`${lives.count} commits were acknowledged`);
    },
  );

test('what was shredded stays so', options, async () => {
  using disk = new FaultyDisk();
  const [file, secret] = [join(disk.root, 'test.db'), 'nobody may ever find this again'];
  const [node = '', ...words] = disk.command([process.execPath, shredding, file, secret]);
  const child = spawn(node, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  assert.equal(said.toString(), 'shredded\n');
  await disk.cutPower(nothingSurvives);
  for (const each of [file, `${file}-wal`])
    assert.ok(!existsSync(each) || !readFileSync(each).includes(secret), each);
});

test('it is noticed when the disk only says that it has synced', options, async () => {
  await using lives = new Lives(new FaultyDisk());
  const wrong = await lives.live(nothingSurvives, async () => {
    await lives.acknowledged(20);
    lives.disk.lie(true);
    await lives.acknowledged(20);
  });
  assert.notDeepEqual(wrong, []);
});

const mutations: Readonly<Record<string, Mutation & { readonly fault: Fault }>> = {
  'commits are not synced': {
    file: 'src/store/sqlite/connection.ts',
    replace: 'synchronous = FULL',
    by: 'synchronous = NORMAL',
    fault: { error: 'power-off', calls: ['write'], end: '-wal', passes: 100 },
  },
  'a commit that failed is acknowledged': {
    file: 'src/store/sqlite/group-commit.ts',
    replace: 'return batch.map(({ id }) => ({ id, failure }));',
    by: 'void failure; return batch.map(({ id }) => ({ id }));',
    fault: { error: 'EIO', calls: ['sync'], end: '-wal', failures: 3 },
  },
};

for (const [meaning, { fault, ...mutation }] of Object.entries(mutations))
  test(`it is noticed when ${meaning}`, options, async (t) => {
    const control = new Control(mkdtempSync(join(tmpdir(), 'holdfast-mutated-store-')));
    t.after(() => rmSync(control.folder, { recursive: true }));
    control.mutate([mutation]);
    await using lives = new Lives(new FaultyDisk(), control.node);
    let wrong: string[] = [];
    // Where the power goes just after a checkpoint, nothing is lost.
    for (let life = 0; life < 5 && wrong.length === 0; life++)
      wrong = await lives.live(nothingSurvives, async () => {
        await lives.acknowledged(10);
        lives.disk.fail(fault);
        await (fault.error === 'power-off' ? isOff(lives) : lives.acknowledged(30));
      });
    assert.notDeepEqual(wrong, []);
  });

async function isOff({ disk }: Lives): Promise<void> {
  await until('the power is off', 120, async () => (disk.isOff ? true : undefined));
}
