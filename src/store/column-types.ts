import { sql, type RawBuilder } from 'kysely';

/** Column type for bytes. SQLite takes the name as BLOB affinity; the PostgreSQL store rewrites it to bytea. */
export const bytes: RawBuilder<unknown> = sql`blob`;
