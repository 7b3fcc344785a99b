import type { Soon } from '../../../lib/soon.ts';
import type { Change } from '../../../store/change.ts';
import type { SessionTable } from '../schema.ts';
import { iamOwner } from '../sets/owner.ts';
import { sessionSet, type SessionSet } from '../sets/sessions.ts';
import type { StorePorts } from './users.ts';

/** Temporary credentials of service-linked roles. */
export class SessionStore {
  readonly #ports: StorePorts;

  constructor(ports: StorePorts) {
    this.#ports = ports;
  }

  /** Expired ones too, for as long as they are kept. */
  find(account: string, accessKeyId: string): Soon<SessionSet | undefined> {
    return this.#ports.authority.load(sessionSet, iamOwner(account, accessKeyId));
  }

  expired(before: Temporal.Instant, limit: number) {
    return this.#ports.db
      .selectFrom('iam_session')
      .select(['account', 'access_key_id'])
      .where('expires_at', '<', before.epochMilliseconds)
      .orderBy('expires_at')
      .limit(limit)
      .execute();
  }

  insert(change: Change, row: SessionTable): void {
    this.#ports.rows.insert(change, of(row), 'iam_session', row);
  }

  delete(change: Change, key: Pick<SessionTable, 'account' | 'access_key_id'>): void {
    change.write(
      this.#ports.db
        .deleteFrom('iam_session')
        .where('account', '=', key.account)
        .where('access_key_id', '=', key.access_key_id),
    );
    this.#ports.authority.drop(change, sessionSet, of(key).owner);
  }
}

function of(key: Pick<SessionTable, 'account' | 'access_key_id'>) {
  return { set: sessionSet, owner: iamOwner(key.account, key.access_key_id) };
}
