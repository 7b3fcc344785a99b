import { fakeCaVault } from '../../../test/fakes/ca-vault.ts';
import { MemoryStore } from '../../../test/fakes/memory-store.ts';
import { FakePipeline } from '../../../test/fakes/pipeline.ts';
import { account } from '../../../test/fakes/principals.ts';
import { rowAuthority } from '../../../test/fakes/row-authority.ts';
import type { IssuerUnderTest } from '../../../test/suites/issuer.ts';
import type { BrokenSet } from '../../aws/authority/authority.ts';
import { authorityMigrations } from '../../aws/authority/schema.ts';
import type { Principal } from '../../aws/principal.ts';
import { writePem } from '../../lib/pem-writer.ts';
import { createPrivateCa, type PrivateCa } from './index.ts';
import type { AuthorityNews, PrivateCaPorts } from './ports.ts';
import { privateCaMigrations, type PrivateCaTables } from './schema.ts';

/** A private authority on a store of its own, with a clock that stands. */
export class TestAuthority extends FakePipeline implements AsyncDisposable {
  override now = Temporal.Instant.from('2026-11-24T12:00:00.5Z');
  override principal: Principal = { type: 'service', name: 'acm.eu-west-1.amazonaws.com', account };
  /** Nothing here is to ask for a permission. */
  override denied = (): boolean => true;
  readonly ran: string[] = [];
  readonly announced: AuthorityNews[] = [];
  readonly broken: BrokenSet[] = [];
  readonly store: MemoryStore<PrivateCaTables>;
  readonly vault: PrivateCaPorts['vault'];
  readonly ca: PrivateCa;

  static async open(vault: PrivateCaPorts['vault'] = fakeCaVault()): Promise<TestAuthority> {
    return new TestAuthority(
      await MemoryStore.open({ ...authorityMigrations, ...privateCaMigrations }),
      vault,
    );
  }

  private constructor(store: MemoryStore<PrivateCaTables>, vault: PrivateCaPorts['vault']) {
    super(store);
    this.store = store;
    this.vault = vault;
    this.ca = this.process();
  }

  /** The authority as another process sees it. */
  process(): PrivateCa {
    return createPrivateCa(this.store.db, {
      vault: this.vault,
      authority: rowAuthority(this.store.db, this.broken),
      clock: this.clock,
      crlBaseUrl: 'http://127.0.0.1:4580/crl',
      announce: (news) => this.announced.push(news),
      run: (eventName, work) => {
        this.ran.push(eventName);
        return this.as(work);
      },
    });
  }

  /** The present revocation lists, DER; that of the intermediate for elliptic curves is the first. */
  async lists(): Promise<Uint8Array[]> {
    const rows = await this.store.db
      .selectFrom('ca_authority')
      .select('ca_id')
      .orderBy('role')
      .orderBy('family')
      .orderBy('generation')
      .execute();
    const found = await Promise.all(rows.map(async ({ ca_id }) => (await this.ca.crl(ca_id))?.der));
    return found.filter((each) => each !== undefined);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.store.database.close();
  }
}

/** One that issues, with what the suite of issuers needs. */
export async function openAuthority(
  vault?: PrivateCaPorts['vault'],
): Promise<TestAuthority & IssuerUnderTest> {
  const authority = await TestAuthority.open(vault);
  await authority.ca.ensureCa();
  return Object.assign(authority, {
    issuer: authority.ca.issuer,
    rootPem: () => authority.ca.rootsPem(),
    crlsPem: async () => (await authority.lists()).map((der) => writePem('X509 CRL', der)).join(''),
  });
}
