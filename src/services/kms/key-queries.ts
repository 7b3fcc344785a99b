import type { Kysely } from 'kysely';
import { repeatedQuery } from '../../store/repeated-query.ts';
import type { KmsTables } from './schema.ts';

// Types and not interfaces: only those count as records of values.
type OfGrantees = {
  readonly account: string;
  readonly region: string;
  readonly keyId: string;
  readonly grantees: readonly string[];
  readonly rules: readonly string[];
};

/** Which grants may cover a use of a key; what they say is for their sets to tell. */
export function grantsForQuery(db: Kysely<KmsTables>) {
  return repeatedQuery(db, ({ account, region, keyId, grantees, rules }: OfGrantees) =>
    db
      .selectFrom('kms_grant')
      .select('grant_id')
      .where('account', '=', account)
      .where('region', '=', region)
      .where('key_id', '=', keyId)
      .where('grantee_principal', 'in', grantees)
      .where('context_rule', 'in', rules),
  );
}
