import type { Kysely } from 'kysely';
import type { Authority } from '../../aws/authority/authority.ts';
import type { Change } from '../../store/change.ts';
import { certificateOwner, certificateSet } from './authority-sets.ts';
import type { AcmTables, FormerTable } from './schema.ts';

const table = 'acm_former_certificate';

/** Certificates that still hold though others have taken their places. */
export class FormerWriter {
  readonly #db: Kysely<AcmTables>;
  readonly #authority: Authority;

  constructor(db: Kysely<AcmTables>, authority: Authority) {
    this.#db = db;
    this.#authority = authority;
  }

  keep(change: Change, row: FormerTable): void {
    change.write(this.#db.insertInto(table).values(row));
    this.#edit(change, row).put(table, row);
  }

  drop(change: Change, row: FormerTable): void {
    const { account, region, certificate_arn, serial } = row;
    change.write(
      this.#db
        .deleteFrom(table)
        .where('account', '=', account)
        .where('region', '=', region)
        .where('certificate_arn', '=', certificate_arn)
        .where('serial', '=', serial),
    );
    this.#edit(change, row).remove(table, { account, region, certificate_arn, serial });
  }

  #edit(change: Change, { account, region, certificate_arn: arn }: FormerTable) {
    return this.#authority.edit(change, certificateSet, certificateOwner({ account, region, arn }));
  }
}
