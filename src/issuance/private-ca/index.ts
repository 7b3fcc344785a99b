import type { Kysely } from 'kysely';
import type { IssuedCertificate, Issuer } from '../issuer.ts';
import type { Revoker } from '../revoker.ts';
import { AuthorityReader } from './authorities.ts';
import { readRevocationList, renewDueCrls, type RevocationList } from './crl.ts';
import { ensureAuthorities } from './foundation.ts';
import { LeafIssuer, type ServerIdentity } from './issue.ts';
import type { PrivateCaPorts } from './ports.ts';
import { LeafRevoker } from './revoke.ts';
import type { PrivateCaTables } from './schema.ts';

/** The certification authority that an installation has for itself: a root, and intermediates below it. */
export interface PrivateCa {
  readonly issuer: Issuer;
  readonly revoker: Revoker;
  /**
   * At each start, by every process that issues, and again and again: makes what is missing of roots, intermediates and
   * revocation lists, and successors where it is time. Safe when several processes do it at once. Afterwards everything
   * else works.
   */
  ensureCa(): Promise<void>;
  /** Makes new revocation lists where it is time, or somebody has revoked; resolves with the number of lists. */
  runDueCrls(now: Temporal.Instant): Promise<number>;
  /**
   * The revocation list that belongs under `<crlBaseUrl>/<caId>.crl`, of media type `application/pkix-crl`. Undefined if
   * there is no such authority.
   */
  crl(caId: string): Promise<RevocationList | undefined>;
  /** What clients trust: every root in force, PEM, oldest first. */
  rootsPem(): Promise<string>;
  /** A certificate for a key that lives in this process only; in two commits, as all are issued. */
  issueServerCertificate(identity: ServerIdentity): Promise<IssuedCertificate>;
}

/** @param db reads, and compiles statements of Changes */
export function createPrivateCa(db: Kysely<PrivateCaTables>, ports: PrivateCaPorts): PrivateCa {
  const reader = new AuthorityReader(db, ports.authority, ports.crlBaseUrl);
  const leaves = new LeafIssuer(db, reader, ports);
  return {
    issuer: leaves,
    revoker: new LeafRevoker(db, reader, ports),
    ensureCa: async () => {
      await ensureAuthorities(db, reader, ports);
      await renewDueCrls(db, reader, ports, ports.clock.now());
    },
    runDueCrls: (now) => renewDueCrls(db, reader, ports, now),
    crl: async (caId) => {
      const der = await reader.crl(caId);
      return der && readRevocationList(der);
    },
    rootsPem: async () =>
      (await reader.rootsInForce(ports.clock.now()))
        .map(({ certificatePem }) => certificatePem)
        .join(''),
    issueServerCertificate: async (identity) => {
      const prepared = await ports.run('PrepareCertificate', (call) =>
        leaves.prepareServer(call, identity),
      );
      return ports.run('IssueCertificate', (call) => leaves.sign(call, prepared));
    },
  };
}
