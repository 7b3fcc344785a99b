import type { Kysely } from 'kysely';
import type { Authority } from '../../aws/authority/authority.ts';
import type { Change } from '../../store/change.ts';
import { targetOwner, targetSet } from './authority-sets.ts';
import { EventTargetRefused } from './errors.ts';
import type { EventTables, SealingKeyTable, TargetTable } from './schema.ts';

export const fileTarget = 'file';
export const everyAccount = '*';

/** Each event is kept once for each target. */
const maxTargets = 20;

/** Who hears of events, as the vault authenticated them. */
export class Targets {
  readonly #db: Kysely<EventTables>;
  readonly #authority: Authority;

  constructor(db: Kysely<EventTables>, authority: Authority) {
    this.#db = db;
    this.#authority = authority;
  }

  /** The oldest first. */
  async list(): Promise<readonly TargetTable[]> {
    return (await this.#authority.load(targetSet, targetOwner))?.targets ?? [];
  }

  /** @throws EventTargetRefused */
  async named(id: string): Promise<TargetTable> {
    const found = (await this.list()).find((each) => each.id === id);
    if (found === undefined) throw new EventTargetRefused('there is no such target of events');
    return found;
  }

  /** @throws EventTargetRefused */
  async add(change: Change, row: TargetTable): Promise<void> {
    if ((await this.list()).length >= maxTargets)
      throw new EventTargetRefused(`there are ${maxTargets} targets already`);
    change.write(this.#db.insertInto('event_target').values(row));
    this.#authority.edit(change, targetSet, targetOwner).put('event_target', row);
    change.write(
      this.#db.insertInto('event_progress').values({
        target_id: row.id,
        attempts: 0,
        next_try_at: 0,
        last_failure: null,
        dropped: 0,
      }),
    );
  }

  /** Holds only while the secret is the one that was read. */
  replaceSecret(
    change: Change,
    { id, secret: previous_secret }: TargetTable,
    secret: NonNullable<TargetTable['secret']>,
  ): void {
    change.write(
      this.#db
        .updateTable('event_target')
        .set({ secret, previous_secret })
        .where('id', '=', id)
        .where('secret', '=', previous_secret),
      { rows: 1 },
    );
    this.#authority
      .edit(change, targetSet, targetOwner)
      .update('event_target', { id }, { secret, previous_secret });
    change.shred();
  }

  /** With all that waits for it. */
  remove(change: Change, id: string): void {
    change.write(this.#db.deleteFrom('event_target').where('id', '=', id), { rows: 1 });
    this.#authority.edit(change, targetSet, targetOwner).remove('event_target', { id });
    change.write(this.#db.deleteFrom('event_progress').where('target_id', '=', id));
    change.write(this.#db.deleteFrom('event_delivery').where('target_id', '=', id));
    change.shred();
  }

  async sealingKey(): Promise<SealingKeyTable | undefined> {
    return (await this.#authority.load(targetSet, targetOwner))?.sealingKey;
  }

  keepSealingKey(change: Change, row: SealingKeyTable): void {
    change.write(this.#db.insertInto('event_sealing_key').values(row));
    this.#authority.edit(change, targetSet, targetOwner).put('event_sealing_key', row);
  }
}
