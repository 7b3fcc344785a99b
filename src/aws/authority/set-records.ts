import type { Kysely } from 'kysely';
import type { Soon } from '../../lib/soon.ts';
import type { Compilable } from '../../store/change.ts';
import { repeatedQuery, repeatedStatement } from '../../store/repeated-query.ts';
import type { AuthoritySet, SetOwner } from './authority-set.ts';
import type { AuthoritySetTable, AuthorityTables } from './schema.ts';

/** What the table `authority_set` says of a set. */
export type SetRecord = Pick<AuthoritySetTable, 'generation' | 'row_count' | 'mac' | 'touched'>;

type Set = Pick<AuthoritySet<unknown>, 'kind'>;
// A type and not an interface: only those count as records of values.
type Name = {
  readonly kind: string;
  readonly account: string;
  readonly region: string;
  readonly owner: string;
};

/** Queries and statements over `authority_set`. */
export class SetRecords {
  readonly #statements: ReturnType<typeof statements>;
  readonly #record: (name: Name) => Soon<SetRecord[]>;

  constructor(db: Kysely<AuthorityTables>) {
    this.#statements = statements(db);
    this.#record = repeatedQuery(db, ({ kind, account, region, owner }: Name) =>
      db
        .selectFrom('authority_set')
        .select(['generation', 'row_count', 'mac', 'touched'])
        .where('kind', '=', kind)
        .where('account', '=', account)
        .where('region', '=', region)
        .where('owner', '=', owner),
    );
  }

  async of(set: Set, owner: SetOwner): Promise<SetRecord | undefined> {
    const [record] = await this.#record(nameOf(set, owner));
    return record && readable(record);
  }

  /** Breaks the primary key when somebody else was faster. */
  insertion(set: Set, owner: SetOwner, record: SetRecord): Compilable {
    return this.#statements.insertion({ ...nameOf(set, owner), ...record });
  }

  /** Touches one row if the set is still as it was read. */
  update(set: Set, owner: SetOwner, before: SetRecord, after: SetRecord): Compilable {
    return this.#statements.update({ ...nameOf(set, owner), ...after, ...oldOf(before) });
  }

  /** @param before with it, one row is touched if the set is still as it was read */
  deletion(set: Set, owner: SetOwner, before?: SetRecord): Compilable {
    return before === undefined
      ? this.#statements.deletion(nameOf(set, owner))
      : this.#statements.guardedDeletion({ ...nameOf(set, owner), ...oldOf(before) });
  }
}

interface Old {
  readonly old_generation: number;
  readonly old_mac: Uint8Array;
}

function oldOf({ generation, mac }: SetRecord): Old {
  return { old_generation: generation, old_mac: mac };
}

function statements(db: Kysely<AuthorityTables>) {
  const deletion = ({ kind, account, region, owner }: Name) =>
    db
      .deleteFrom('authority_set')
      .where('kind', '=', kind)
      .where('account', '=', account)
      .where('region', '=', region)
      .where('owner', '=', owner);
  return {
    insertion: repeatedStatement((row: AuthoritySetTable) =>
      db.insertInto('authority_set').values(row),
    ),
    update: repeatedStatement((row: AuthoritySetTable & Old) =>
      db
        .updateTable('authority_set')
        .set({
          generation: row.generation,
          row_count: row.row_count,
          mac: row.mac,
          touched: row.touched,
        })
        .where('kind', '=', row.kind)
        .where('account', '=', row.account)
        .where('region', '=', row.region)
        .where('owner', '=', row.owner)
        .where('generation', '=', row.old_generation)
        .where('mac', '=', row.old_mac),
    ),
    deletion: repeatedStatement(deletion),
    guardedDeletion: repeatedStatement((named: Name & Old) =>
      deletion(named)
        .where('generation', '=', named.old_generation)
        .where('mac', '=', named.old_mac),
    ),
  };
}

function nameOf({ kind }: Set, { account, region, owner }: SetOwner): Name {
  return { kind, account, region, owner };
}

/** Foreign hands may have put values of other types in; none of them is ever right. */
function readable(record: SetRecord): SetRecord {
  return {
    generation: numberOf(record.generation),
    row_count: numberOf(record.row_count),
    mac: record.mac instanceof Uint8Array ? record.mac : new Uint8Array(0),
    touched: numberOf(record.touched),
  };
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : -1;
}
