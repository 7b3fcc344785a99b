import type { CreateTableBuilder, Kysely } from 'kysely';

/** A table whose rows belong to an account and a Region, and are told apart there by `key`: text columns. */
export function regionalTable(
  db: Kysely<any>,
  name: string,
  ...key: readonly string[]
): CreateTableBuilder<string, any> {
  const columns = ['account', 'region', ...key];
  return columns
    .reduce<CreateTableBuilder<string, any>>(
      (table, column) => table.addColumn(column, 'text', (each) => each.notNull()),
      db.schema.createTable(name),
    )
    .addPrimaryKeyConstraint(`${name}_pk`, columns);
}
