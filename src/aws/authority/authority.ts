import type { Kysely } from 'kysely';
import { Recent } from '../../lib/recent.ts';
import { soon, type Soon } from '../../lib/soon.ts';
import type { Change } from '../../store/change.ts';
import { repeatedQuery } from '../../store/repeated-query.ts';
import type { Vault } from '../../vault-client/vault.ts';
import { CommonError, unavailable } from '../errors.ts';
import { internalFailure } from '../protocols/wire-errors.ts';
import { type AuthoritySet, type Row, type SetOwner, type SetRow } from './authority-set.ts';
import { SetMacs } from './set-macs.ts';
import { SetRecords, type SetRecord } from './set-records.ts';
import { EditedRows, readRows, rowsOf, tableNamed } from './set-rows.ts';
import type { AuthorityTables } from './schema.ts';

/** A set that is not as the vault authenticated it. */
export interface BrokenSet extends SetOwner {
  readonly kind: string;
}

/** Answered as an internal error that names nothing; the alarm says the rest. */
export class TamperedSet extends CommonError {
  constructor() {
    super('internal', internalFailure().message);
  }
}

export interface AuthorityPorts {
  readonly vault: Pick<Vault, 'authenticateRows'>;
  /** Another number after each commit: see Store. When absent, every question is a query. */
  readonly changed?: () => number;
  /** Told once of each broken set, and again when it has changed. It must not throw. */
  alarm(broken: BrokenSet): void;
}

/** Notes what a Change does to the rows of one set. The statements themselves are the caller's. */
export interface SetEdits {
  /** A row that is inserted, or takes the place of one with the same key. */
  put(table: string, row: object): void;
  /** A row that stays as it is if there is one with the same key. */
  putIfAbsent(table: string, row: object): void;
  /** @param key the columns of the primary key */
  update(table: string, key: object, values: object): void;
  remove(table: string, key: object): void;
}

interface Kept {
  /** Of the kind, when the value was last known to be up to date. */
  clock: number | undefined;
  readonly record: SetRecord;
  readonly rows: readonly SetRow[];
  /** What they say, once somebody has asked. */
  value?: unknown;
}

type AuthorityClock = Readonly<AuthorityTables['authority_clock']>;

interface PendingSet {
  readonly set: AuthoritySet<unknown>;
  readonly owner: SetOwner;
  readonly edits: ((rows: EditedRows) => void)[];
}

interface Verified {
  readonly record: SetRecord;
  readonly rows: readonly SetRow[];
}

/** As many certificates as a gateway may be told of in one answer. */
const maxKept = 12_288;
const maxAbsent = 4_096;
/** So often a set may be changed by others while it is read. */
const maxReads = 20;

/**
 * The rows that confer authority, believed only as the vault authenticated them. Verified sets are kept in memory; a
 * change by this or another process, or by foreign hands, is seen at the next call after its commit.
 */
export class Authority {
  readonly #db: Kysely<any>;
  readonly #records: SetRecords;
  readonly #macs: SetMacs;
  readonly #ports: AuthorityPorts;
  readonly #kept = new Recent<Kept>(maxKept);
  /**
   * Sets without rows, with the clock of the kind at that time: who asks for what is not his learns nothing from how
   * long it takes. They put no other set out of memory, however many are asked for.
   */
  readonly #absent = new Recent<number>(maxAbsent);
  readonly #found = new Recent<{ clock: number; found: unknown }>(maxKept);
  readonly #told = new Recent<string>(maxKept);
  readonly #pending = new WeakMap<Change, Map<string, PendingSet>>();
  readonly #readClocks: () => Soon<readonly AuthorityClock[]>;
  #clocks: Soon<ReadonlyMap<string, number>> | undefined;
  readonly #readTicks: () => Soon<readonly { readonly ticks: unknown }[]>;
  /** The last that were read, and what all of them were together just before. */
  #known: { readonly ticks: unknown; readonly clocks: ReadonlyMap<string, number> } | undefined;
  /** What `changed` said when they were read. */
  #clocksAsOf: number | undefined;

  /** @param db of a store with the tables of the sets, and `authorityMigrations` */
  constructor(db: Kysely<any>, ports: AuthorityPorts) {
    this.#db = db;
    this.#records = new SetRecords(db);
    this.#macs = new SetMacs(ports.vault);
    this.#ports = ports;
    const tables: Kysely<AuthorityTables> = db;
    const query = repeatedQuery(tables, () =>
      tables.selectFrom('authority_clock').select(['kind', 'n']),
    );
    this.#readClocks = () => query({});
    const sum = repeatedQuery(tables, () =>
      tables.selectFrom('authority_clock').select(({ fn }) => fn.sum('n').as('ticks')),
    );
    this.#readTicks = () => sum({});
  }

  /**
   * What a set says, as of the last commit; undefined when it has no rows.
   * @throws TamperedSet, VaultUnavailable
   */
  load<Value>(set: AuthoritySet<Value>, owner: SetOwner): Soon<Value | undefined> {
    return soon(this.#clockOf(set.kind), (clock) => {
      const name = nameOf(set, owner);
      const kept = this.#kept.find(name);
      if (kept?.clock === clock) return kept.value as Value;
      return this.#absent.find(name) === clock ? undefined : this.#loadAsOf(clock, set, owner);
    });
  }

  /**
   * What a query over rows of this kind finds, which is remembered until a row of the kind is written. It says where to
   * look, and is believed in nothing: rights come from `load`.
   * @param name tells the query from all others of this kind
   */
  lookUp<Found>(
    { kind }: AuthoritySet<unknown>,
    name: string,
    query: () => Soon<Found>,
  ): Soon<Found> {
    return soon(this.#clockOf(kind), (clock) => {
      const lookUp = `${kind} ${name}`;
      const known = this.#found.find(lookUp);
      if (known?.clock === clock) return known.found as Found;
      return soon(query(), (found) => {
        this.#found.set(lookUp, { clock, found });
        return found;
      });
    });
  }

  /** Notes that `change` edits the set: its new MAC is made, and kept, with the same commit. */
  edit(change: Change, set: AuthoritySet<unknown>, owner: SetOwner): SetEdits {
    const { edits } = this.#pendingOf(change, set, owner);
    const table = (name: string) => tableNamed(set, name);
    return {
      put: (name, row) => edits.push((rows) => rows.put(table(name), row as Row)),
      putIfAbsent: (name, row) => edits.push((rows) => rows.putIfAbsent(table(name), row as Row)),
      update: (name, key, values) =>
        edits.push((rows) => rows.update(table(name), key as Row, values as Row)),
      remove: (name, key) => edits.push((rows) => rows.remove(table(name), key as Row)),
    };
  }

  /** Notes that `change` deletes all rows of the set, which needs no proof: it takes rights away only. */
  drop(change: Change, set: AuthoritySet<unknown>, owner: SetOwner): void {
    this.#pending.get(change)?.delete(nameOf(set, owner));
    change.write(this.#records.deletion(set, owner));
  }

  /** The rows of a set, read now. @throws TamperedSet, VaultUnavailable */
  async verified(set: AuthoritySet<unknown>, owner: SetOwner): Promise<Verified | undefined> {
    return this.#verifiedBy(await this.#records.of(set, owner), set, owner);
  }

  /** @param record read just before */
  async #verifiedBy(
    record: SetRecord | undefined,
    set: AuthoritySet<unknown>,
    owner: SetOwner,
  ): Promise<Verified | undefined> {
    for (let reads = 0; reads < maxReads; reads++) {
      const rows = await readRows(this.#db, set, owner);
      if (record === undefined && rows.length === 0) return undefined;
      if (
        record !== undefined &&
        (await this.#macs.isRight({ kind: set.kind, ...owner }, record, rows))
      ) {
        this.#told.delete(nameOf(set, owner));
        return { record, rows };
      }
      // A commit may have come between the two queries.
      const now = await this.#records.of(set, owner);
      if (isSame(record, now)) this.#broken(set, owner, record);
      record = now;
    }
    throw unavailable('The resource is being changed by others. Try again.');
  }

  /**
   * Raises the alarm, once for each state of what is broken: also for rows that are checked in another way than by a MAC.
   * @throws TamperedSet
   */
  refuse(broken: BrokenSet, state = ''): never {
    const name = nameOf(broken, broken);
    if (this.#told.find(name) !== state) {
      this.#told.set(name, state);
      this.#ports.alarm(broken);
    }
    throw new TamperedSet();
  }

  /** Authenticates rows for which nobody answers yet: once, when a data folder of an earlier version is taken over. */
  async adopt(change: Change, set: AuthoritySet<unknown>, owner: SetOwner): Promise<void> {
    const rows = await readRows(this.#db, set, owner);
    const mac = await this.#macs.of({ kind: set.kind, ...owner, generation: 1 }, rows);
    change.write(
      this.#records.insertion(set, owner, {
        generation: 1,
        row_count: rows.length,
        mac,
        touched: 0,
      }),
    );
  }

  async #loadAsOf<Value>(
    clock: number,
    set: AuthoritySet<Value>,
    owner: SetOwner,
  ): Promise<Value | undefined> {
    const current = await this.#current(await this.#records.of(set, owner), set, owner);
    if (current === undefined) {
      this.#absent.set(nameOf(set, owner), clock);
      return undefined;
    }
    current.clock = clock;
    current.value ??= set.read(rowsOf(current.rows), owner);
    return current.value as Value;
  }

  /**
   * As of the last commit, from memory if nobody has written to the set since.
   * @param record read just before
   */
  async #current(
    record: SetRecord | undefined,
    set: AuthoritySet<unknown>,
    owner: SetOwner,
  ): Promise<Kept | undefined> {
    const name = nameOf(set, owner);
    const kept = this.#kept.find(name);
    if (kept !== undefined && isSame(kept.record, record)) return kept;
    const verified = await this.#verifiedBy(record, set, owner);
    if (verified === undefined) {
      this.#kept.delete(name);
      return undefined;
    }
    const current: Kept = { clock: undefined, ...verified };
    this.#kept.set(name, current);
    return current;
  }

  #pendingOf(change: Change, set: AuthoritySet<unknown>, owner: SetOwner): PendingSet {
    let ofChange = this.#pending.get(change);
    if (ofChange === undefined) {
      const all = new Map<string, PendingSet>();
      ofChange = all;
      this.#pending.set(change, all);
      change.beforeCommit(async () => {
        await Promise.all([...all.values()].map((each) => this.#authenticateEdits(change, each)));
        all.clear();
      });
    }
    const name = nameOf(set, owner);
    const pending = ofChange.get(name) ?? { set, owner, edits: [] };
    ofChange.set(name, pending);
    return pending;
  }

  async #authenticateEdits(change: Change, { set, owner, edits }: PendingSet): Promise<void> {
    // Rows without a record are no part of the set: if there are any, they break it once it has one.
    const old = await this.#records.of(set, owner);
    const before = old && (await this.#current(old, set, owner));
    const edited = new EditedRows(before?.rows ?? [], set);
    for (const edit of edits) edit(edited);
    const rows = edited.all();
    if (rows.length === 0) {
      if (before !== undefined)
        change.write(this.#records.deletion(set, owner, before.record), { rows: 1 });
      return;
    }
    const generation = (before?.record.generation ?? 0) + 1;
    const mac = await this.#macs.of({ kind: set.kind, ...owner, generation }, rows);
    const record = { generation, row_count: rows.length, mac, touched: 0 };
    if (before === undefined) change.write(this.#records.insertion(set, owner, record));
    else change.write(this.#records.update(set, owner, before.record, record), { rows: 1 });
    change.afterCommit(() =>
      this.#kept.set(nameOf(set, owner), { clock: undefined, record, rows }),
    );
  }

  /** @throws TamperedSet */
  #broken(set: AuthoritySet<unknown>, owner: SetOwner, record: SetRecord | undefined): never {
    this.#kept.delete(nameOf(set, owner));
    const { generation, touched, row_count, mac } = record ?? {};
    const state = [generation, touched, row_count, mac?.toHex()].join(' ');
    this.refuse({ kind: set.kind, ...owner }, state);
  }

  /** Read again once anybody has committed: a set is never older than what a call has read before. */
  #clockOf(kind: string): Soon<number> {
    const changed = this.#ports.changed?.();
    if (this.#clocks === undefined || changed === undefined || changed !== this.#clocksAsOf) {
      // Nothing is known of them should the query fail.
      this.#clocks = undefined;
      this.#clocks = this.#currentClocks();
      this.#clocksAsOf = changed;
    }
    return soon(this.#clocks, (clocks) => clocks.get(kind) ?? 0);
  }

  /** Most commits write to no set: all clocks together, which only go forward, tell it in one number. */
  #currentClocks(): Soon<ReadonlyMap<string, number>> {
    return soon(this.#readTicks(), ([sum]) => {
      const ticks = sum?.ticks;
      if (this.#known !== undefined && this.#known.ticks === ticks) return this.#known.clocks;
      return soon(this.#readClocks(), (all) => {
        this.#known = { ticks, clocks: new Map(all.map(({ kind, n }) => [kind, n])) };
        return this.#known.clocks;
      });
    });
  }
}

function nameOf({ kind }: { readonly kind: string }, { account, region, owner }: SetOwner): string {
  return `${kind} ${account} ${region} ${owner}`;
}

function isSame(a: SetRecord | undefined, b: SetRecord | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (
    a.generation === b.generation &&
    a.touched === b.touched &&
    a.row_count === b.row_count &&
    Buffer.compare(a.mac, b.mac) === 0
  );
}
