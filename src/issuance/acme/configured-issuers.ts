import type { Kysely } from 'kysely';
import type { Authority } from '../../aws/authority/authority.ts';
import { AwsError } from '../../aws/errors.ts';
import { liesUnder } from '../../lib/domain-name.ts';
import type { Change } from '../../store/change.ts';
import { issuerOwner, issuerSet } from './authority-sets.ts';
import type { AcmeTables, IssuerTable } from './schema.ts';

/** An issuer that cannot be added, removed or asked; the message is one line for the operator, the code stands on record. */
export class IssuerConfigurationRefused extends AwsError {
  constructor(message: string) {
    super('IssuerConfigurationRefused', message);
  }
}

export const everyAccount = '*';

/** The CAs that the operator has named, and for whom. */
export class ConfiguredIssuers {
  readonly #db: Kysely<AcmeTables>;
  readonly #authority: Authority;

  constructor(db: Kysely<AcmeTables>, authority: Authority) {
    this.#db = db;
    this.#authority = authority;
  }

  /** In the order in which they are preferred. */
  async list(): Promise<readonly IssuerTable[]> {
    return (await this.#authority.load(issuerSet, issuerOwner)) ?? [];
  }

  async named(name: string): Promise<IssuerTable | undefined> {
    return (await this.list()).find((each) => each.name === name);
  }

  /** Those that sign for the account and all names, the preferred one first; none where the private authority does. */
  async candidatesFor(account: string, names: readonly string[]): Promise<readonly string[]> {
    const issuers = await this.list();
    return issuers
      .filter((each) => each.account === everyAccount || each.account === account)
      .filter((each) => names.every((name) => isFor(each, name)))
      .map(({ name }) => name);
  }

  /** @throws IssuerConfigurationRefused */
  async add(change: Change, row: IssuerTable): Promise<void> {
    if ((await this.named(row.name)) !== undefined)
      throw new IssuerConfigurationRefused(`there is an issuer ${row.name} already`);
    change.write(this.#db.insertInto('acme_issuer').values(row));
    this.#authority.edit(change, issuerSet, issuerOwner).put('acme_issuer', row);
  }

  /** @throws IssuerConfigurationRefused */
  async remove(change: Change, name: string): Promise<void> {
    if ((await this.named(name)) === undefined)
      throw new IssuerConfigurationRefused(`there is no issuer ${name}`);
    change.write(this.#db.deleteFrom('acme_issuer').where('name', '=', name), { rows: 1 });
    this.#authority.edit(change, issuerSet, issuerOwner).remove('acme_issuer', { name });
  }
}

function isFor({ domains }: IssuerTable, name: string): boolean {
  const base = name.replace(/^\*\./, '');
  return domains.split(' ').some((domain) => domain === '*' || liesUnder(base, domain));
}
