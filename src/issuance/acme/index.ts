import type { Kysely } from 'kysely';
import { principalName } from '../../aws/principal.ts';
import type { Issuer, RenewalAdvice } from '../issuer.ts';
import { AcmeAccount, type Registration } from './account.ts';
import { Challenges } from './challenges.ts';
import { ConfiguredIssuers, IssuerConfigurationRefused } from './configured-issuers.ts';
import { AcmeIssuer } from './issue.ts';
import { IssuerProblem } from './issuer-problem.ts';
import type { Directory } from './messages.ts';
import type { AcmeCall, AcmePorts } from './ports.ts';
import { eitherRevoker, sendRevocations } from './revoke.ts';
import type { Revoker } from '../revoker.ts';
import { SignedCertificates } from './signed-certificates.ts';
import { renewalAdvice } from './renewal-information.ts';
import type { AcmeTables, IssuerTable } from './schema.ts';

/** What the operator says of a CA. */
export type IssuerSettings = Pick<
  IssuerTable,
  'name' | 'account' | 'domains' | 'rank' | 'directory_url' | 'profile' | 'preferred_chain'
> & {
  /** E-mail addresses. */
  readonly contacts: readonly string[];
  readonly binding?: Registration['binding'];
};

interface CaaIdentity {
  readonly issuerDomains: readonly string[];
  /** Of our account. */
  readonly accountUri: string;
}

/** Certificates from CAs that speak ACME. @see RFC 8555 */
export interface Acme {
  readonly issuer: Issuer;
  readonly issuers: ConfiguredIssuers;
  /** Has CAs revoke what they have signed, and the own authority all else. */
  revoker(own: Revoker): Revoker;
  /**
   * How those CAs are named in CAA records (RFC 8659, RFC 8657) that sign for the account and all names. Undefined where
   * one of them does not say, or cannot be asked.
   */
  caaIdentities(
    account: string,
    names: readonly string[],
  ): Promise<readonly CaaIdentity[] | undefined>;
  /** Tells CAs what is revoked and they do not know yet; resolves with how many were to be told. */
  sendRevocations(): Promise<number>;
  /**
   * Makes an account key and an account with the CA, and names the CA from then on. The binding's key is used here and
   * not kept.
   * @throws IssuerConfigurationRefused, AcmeProblem, AcmeProtocolError, or what the connection throws
   */
  add(call: AcmeCall, settings: IssuerSettings): Promise<void>;
  /**
   * When the CA that signed a certificate wants it to be renewed; undefined where it does not say, or cannot be asked.
   * @param name of the issuer
   */
  renewalAdvice(name: string, certificatePem: string): Promise<RenewalAdvice | undefined>;
  /** Asks the CA for its directory and our account. @returns what the CA offers; throws as `add` */
  test(call: AcmeCall, name: string): Promise<{ readonly profiles: readonly string[] }>;
}

export function createAcme(db: Kysely<AcmeTables>, ports: AcmePorts): Acme {
  const issuers = new ConfiguredIssuers(db, ports.authority);
  const signed = new SignedCertificates(db);
  const issuer = new AcmeIssuer(ports, issuers, new Challenges(db), signed);
  return {
    issuer,
    issuers,
    revoker: (own) => eitherRevoker(own, signed),
    async caaIdentities(account, names) {
      const identities: CaaIdentity[] = [];
      for (const name of await issuers.candidatesFor(account, names)) {
        const known = await issuers.named(name);
        const said = known && (await directoryOf(issuer, known.directory_url));
        const issuerDomains = said?.meta.caaIdentities ?? [];
        if (known === undefined || issuerDomains.length === 0) return undefined;
        identities.push({ issuerDomains, accountUri: known.account_url });
      }
      return identities.length === 0 ? undefined : identities;
    },
    sendRevocations: () =>
      sendRevocations(signed, ports, async (call, name) => {
        const known = await issuers.named(name);
        return known && issuer.account(call, known).at(known.account_url);
      }),
    async add(call, settings) {
      const { contacts, binding, ...row } = settings;
      const connection = issuer.connection(row.directory_url);
      const { meta } = await connection.directory();
      if (row.profile !== null && meta.profiles?.[row.profile] === undefined)
        throw new IssuerConfigurationRefused(`the CA has no profile ${row.profile}`);
      const name = {
        caId: call.random.uuid(),
        role: 'acme-account',
        spec: 'EC_prime256v1',
      } as const;
      const claim = { principal: principalName(call.principal) };
      const { receipt, wrapped, publicKey } = await ports.vault.generateCaKey(name, claim);
      call.audit.receipt(receipt);
      const account = new AcmeAccount(
        connection,
        { ...name, wrapped, publicKey },
        ports.vault,
        call,
      );
      const account_url = await account.register({
        contact: contacts.map((each) => `mailto:${each}`),
        binding,
      });
      const key = { key_id: name.caId, wrapped_key: wrapped, public_key: publicKey };
      await issuers.add(call.change, { ...row, account_url, ...key });
    },
    async renewalAdvice(name, certificatePem) {
      const known = await issuers.named(name);
      if (known === undefined) return undefined;
      try {
        const connection = issuer.connection(known.directory_url);
        return await renewalAdvice(connection, certificatePem, ports.clock.now());
      } catch (error) {
        if (!(error instanceof IssuerProblem)) throw error;
        ports.log.warn('a CA does not say when to renew', { issuer: name, problem: error.message });
        return undefined;
      }
    },
    async test(call, name) {
      const known = await issuers.named(name);
      if (known === undefined) throw new IssuerConfigurationRefused(`there is no issuer ${name}`);
      const connection = issuer.connection(known.directory_url);
      await issuer.account(call, known).at(known.account_url).checkAccount(known.account_url);
      const { meta } = await connection.directory();
      return { profiles: Object.keys(meta.profiles ?? {}) };
    },
  };
}

/** Undefined while the CA cannot be asked. */
async function directoryOf(issuer: AcmeIssuer, url: string): Promise<Directory | undefined> {
  try {
    return await issuer.connection(url).directory();
  } catch (error) {
    if (error instanceof IssuerProblem) return undefined;
    throw error;
  }
}
