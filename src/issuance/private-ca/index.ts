import type { Kysely } from 'kysely';
import type { IssuedCertificate, Issuer } from '../issuer.ts';
import { AuthorityReader, rootPlace } from './authorities.ts';
import { renewDueCrls } from './crl.ts';
import { ensureAuthorities } from './foundation.ts';
import { LeafIssuer, type ServerIdentity } from './issue.ts';
import type { PrivateCaPorts } from './ports.ts';
import type { PrivateCaTables } from './schema.ts';

/** The certification authority that an installation has for itself: a root, and intermediates below it. */
export interface PrivateCa {
  readonly issuer: Issuer;
  /**
   * At each start, by every process that issues: makes what is missing of root, intermediates and revocation lists. Safe
   * when several processes do it at once. Afterwards everything else works.
   */
  ensureCa(): Promise<void>;
  /** Makes new revocation lists, and successors of intermediates, where it is time; resolves with the number of lists. */
  runDueCrls(now: Temporal.Instant): Promise<number>;
  /**
   * The revocation list that belongs under `<crlBaseUrl>/<caId>.crl`, DER, media type `application/pkix-crl`.
   * Undefined if there is no such authority.
   */
  crl(caId: string): Promise<Uint8Array | undefined>;
  /** What clients trust. */
  rootPem(): Promise<string>;
  /** A certificate for a key that lives in this process only; in two commits, as all are issued. */
  issueServerCertificate(identity: ServerIdentity): Promise<IssuedCertificate>;
}

/** @param db reads, and compiles statements of Changes */
export function createPrivateCa(db: Kysely<PrivateCaTables>, ports: PrivateCaPorts): PrivateCa {
  const reader = new AuthorityReader(db, ports.authority, ports.crlBaseUrl);
  const leaves = new LeafIssuer(db, reader, ports);
  const runDueCrls = async (now: Temporal.Instant): Promise<number> => {
    await ensureAuthorities(db, reader, ports);
    return renewDueCrls(db, reader, ports, now);
  };
  return {
    issuer: leaves,
    ensureCa: async () => {
      await runDueCrls(ports.clock.now());
    },
    runDueCrls,
    crl: (caId) => reader.crl(caId),
    rootPem: async () => (await reader.current(rootPlace)).certificatePem,
    issueServerCertificate: async (identity) => {
      const prepared = await ports.run('PrepareCertificate', (call) =>
        leaves.prepareServer(call, identity),
      );
      return ports.run('IssueCertificate', (call) => leaves.sign(call, prepared));
    },
  };
}
