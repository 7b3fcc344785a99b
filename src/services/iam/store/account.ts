import { soonAll, type Soon } from '../../../lib/soon.ts';
import type { Change } from '../../../store/change.ts';
import type { AccountTable, BackingKeyTable, CredentialReportTable } from '../schema.ts';
import {
  accountOwner,
  accountSet,
  accountSettingsSet,
  backingKeySet,
  oidcProviderSet,
  type AccountSettings,
  type OidcProvider,
  type PasswordPolicy,
} from '../sets/account.ts';
import { iamOwner, instant } from '../sets/owner.ts';
import type { StorePorts } from './users.ts';

/** Accounts, what holds for each as a whole, and holdfast's own keys. */
export class AccountStore {
  readonly #ports: StorePorts;

  constructor(ports: StorePorts) {
    this.#ports = ports;
  }

  /** The oldest first. */
  async all(): Promise<readonly AccountTable[]> {
    return (await this.#ports.authority.load(accountSet, accountOwner)) ?? [];
  }

  async createdAt(account: string): Promise<Temporal.Instant | undefined> {
    const found = (await this.all()).find((each) => each.account === account);
    return found && instant(found.created_at);
  }

  insert(change: Change, account: string, at: Temporal.Instant): void {
    const row = { account, created_at: at.epochMilliseconds };
    this.#ports.rows.insert(change, { set: accountSet, owner: accountOwner }, 'iam_account', row);
  }

  /** The Change only holds while there is no account at all. */
  requireNone(change: Change): void {
    change.write(this.#ports.db.selectFrom('iam_account').select('account').limit(1), { rows: 0 });
  }

  async settings(account: string): Promise<AccountSettings> {
    const found = await this.#ports.authority.load(accountSettingsSet, iamOwner(account, ''));
    return found ?? { alias: undefined, passwordPolicy: undefined };
  }

  async isAliasTaken(alias: string): Promise<boolean> {
    const query = this.#ports.db.selectFrom('iam_account_alias').select('account');
    return (await query.where('alias', '=', alias).executeTakeFirst()) !== undefined;
  }

  setAlias(change: Change, account: string, alias: string): void {
    this.#ports.rows.put(change, ofSettings(account), 'iam_account_alias', { account, alias });
  }

  removeAlias(change: Change, account: string): void {
    this.#ports.rows.remove(change, ofSettings(account), 'iam_account_alias', { account });
  }

  setPasswordPolicy(change: Change, account: string, policy: PasswordPolicy): void {
    const row = { account, policy: JSON.stringify(policy) };
    this.#ports.rows.put(change, ofSettings(account), 'iam_password_policy', row);
  }

  removePasswordPolicy(change: Change, account: string): void {
    this.#ports.rows.remove(change, ofSettings(account), 'iam_password_policy', { account });
  }

  report(account: string): Promise<CredentialReportTable | undefined> {
    return this.#ports.db
      .selectFrom('iam_credential_report')
      .selectAll()
      .where('account', '=', account)
      .executeTakeFirst();
  }

  keepReport(change: Change, row: CredentialReportTable): void {
    const { generated_at, content } = row;
    change.write(
      this.#ports.db
        .insertInto('iam_credential_report')
        .values(row)
        .onConflict((conflict) =>
          conflict.column('account').doUpdateSet({ generated_at, content }),
        ),
    );
  }

  oidcProvider(account: string, url: string): Soon<OidcProvider | undefined> {
    return this.#ports.authority.load(oidcProviderSet, iamOwner(account, url));
  }

  /** At most `limit`. */
  async oidcProviders(account: string, limit: number): Promise<OidcProvider[]> {
    const rows = await this.#ports.db
      .selectFrom('iam_oidc_provider')
      .select('provider_key')
      .where('account', '=', account)
      .orderBy('provider_key')
      .limit(limit)
      .execute();
    const found = await soonAll(rows.map((row) => this.oidcProvider(account, row.provider_key)));
    return found.filter((each) => each !== undefined);
  }

  insertOidcProvider(change: Change, provider: OidcProvider): void {
    this.#ports.rows.insert(change, ofProvider(provider), 'iam_oidc_provider', {
      account: provider.account,
      provider_key: provider.url,
      client_ids: JSON.stringify(provider.clientIds),
      thumbprints: JSON.stringify(provider.thumbprints),
      created_at: provider.createdAt.epochMilliseconds,
      tags: JSON.stringify(provider.tags),
      version: provider.version,
    });
  }

  updateOidcProvider(
    change: Change,
    provider: OidcProvider,
    values: Partial<Pick<OidcProvider, 'clientIds' | 'thumbprints' | 'tags'>>,
  ): void {
    const { clientIds, thumbprints, tags } = values;
    this.#ports.rows.update(change, ofProvider(provider), 'iam_oidc_provider', {
      key: { account: provider.account, provider_key: provider.url },
      values: {
        version: provider.version + 1,
        ...(clientIds === undefined ? {} : { client_ids: JSON.stringify(clientIds) }),
        ...(thumbprints === undefined ? {} : { thumbprints: JSON.stringify(thumbprints) }),
        ...(tags === undefined ? {} : { tags: JSON.stringify(tags) }),
      },
      still: { version: provider.version },
    });
  }

  deleteOidcProvider(change: Change, provider: OidcProvider): void {
    this.#ports.rows.drop(
      change,
      ofProvider(provider),
      { account: provider.account, provider_key: provider.url },
      { table: 'iam_oidc_provider', values: { version: provider.version } },
    );
  }

  backingKey(purpose: string): Soon<BackingKeyTable | undefined> {
    return this.#ports.authority.load(backingKeySet, iamOwner('', purpose));
  }

  insertBackingKey(change: Change, row: BackingKeyTable): void {
    const of = { set: backingKeySet, owner: iamOwner('', row.purpose) };
    this.#ports.rows.insert(change, of, 'iam_backing_key', row);
  }
}

function ofSettings(account: string) {
  return { set: accountSettingsSet, owner: iamOwner(account, '') };
}

function ofProvider({ account, url }: OidcProvider) {
  return { set: oidcProviderSet, owner: iamOwner(account, url) };
}
