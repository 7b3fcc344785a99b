import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Kysely } from 'kysely';
import { principalName } from '../../aws/principal.ts';
import { DerReader } from '../../lib/der.ts';
import { faultPoint } from '../../lib/fault-points.ts';
import type { KeyFamily } from '../../lib/oids.ts';
import { writePem } from '../../lib/pem-writer.ts';
import { signedRequest } from '../csr.ts';
import { IssuerRefusal, type IssuedCertificate, type Issuer, type Order } from '../issuer.ts';
import type { AuthorityReader } from './authorities.ts';
import { caOwner } from './authority-sets.ts';
import { Ledger } from './ledger.ts';
import type { CaCall, PrivateCaPorts } from './ports.ts';
import { leafCertificate } from './profile.ts';
import type { PrivateCaTables } from './schema.ts';

/** What a server that cannot ask for a certificate of its own is to be called. */
export interface ServerIdentity {
  /** DNS names; the first one is the common name. */
  readonly names: readonly string[];
  readonly ips: readonly string[];
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  /** Cut to what the profile of leaves allows. */
  readonly notAfter: Temporal.Instant;
}

/** Signs leaves by the intermediate of the family of their key. */
export class LeafIssuer implements Issuer {
  readonly #ledger: Ledger;
  readonly #reader: AuthorityReader;
  readonly #vault: PrivateCaPorts['vault'];
  readonly #authority: PrivateCaPorts['authority'];

  constructor(
    db: Kysely<PrivateCaTables>,
    reader: AuthorityReader,
    { vault, authority }: Pick<PrivateCaPorts, 'vault' | 'authority'>,
  ) {
    this.#ledger = new Ledger(db);
    this.#reader = reader;
    this.#vault = vault;
    this.#authority = authority;
  }

  readonly prepare = async (call: CaCall, order: Order): Promise<{ prepared: string }> => {
    const { domainName, names, publicKey } = order;
    const family = familyOf(keyObject(publicKey));
    await signedRequest(order);
    const subject = { commonName: domainName, dnsNames: names, family, publicKey };
    return { prepared: await this.#prepare(call, subject) };
  };

  readonly sign = async (call: CaCall, prepared: string): Promise<IssuedCertificate> => {
    const [caId = '', encoded = ''] = prepared.split(' ');
    const tbs = Uint8Array.from(Buffer.from(encoded, 'base64'));
    const issuer = await this.#reader.byId(caId);
    if (issuer === undefined) throw new Error('what is to be signed was not prepared here');
    const serial = serialOf(tbs);
    // The two places in which it was written down never differ, unless somebody else wrote in one.
    if (!(await this.#ledger.has(caId, serial, tbs)))
      this.#authority.refuse({ kind: 'ca-order', ...caOwner(`${caId} ${serial}`) });
    faultPoint('signature.next');
    const { certificate, receipt } = await this.#vault.signCertificate(issuer.key, tbs, {
      principal: principalName(call.principal),
    });
    call.audit.receipt(receipt);
    faultPoint('signature.made');
    return {
      certificatePem: writePem('CERTIFICATE', certificate),
      chainPem: issuer.certificatePem,
    };
  };

  /** Like `prepare`, for a key of this very process: there is nothing to prove. */
  async prepareServer(
    call: CaCall,
    { names, ips, publicKey, notAfter }: ServerIdentity,
  ): Promise<string> {
    return this.#prepare(call, {
      commonName: names[0],
      dnsNames: names,
      ipAddresses: ips,
      family: familyOf(keyObject(publicKey)),
      publicKey,
      notAfter,
    });
  }

  async #prepare(call: CaCall, subject: Parameters<typeof leafCertificate>[0]): Promise<string> {
    const issuer = await this.#reader.current({ role: 'intermediate', family: subject.family });
    const tbs = leafCertificate(subject, issuer, { now: call.clock.now(), random: call.random });
    const issuerId = issuer.key.caId;
    this.#ledger.keep(call, { issuerId, tbs, subject: subject.commonName ?? '' });
    return `${issuerId} ${Buffer.from(tbs.der).toString('base64')}`;
  }
}

function keyObject(publicKey: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
}

function familyOf(key: KeyObject): KeyFamily {
  switch (key.asymmetricKeyType) {
    case 'rsa':
      return 'RSA';
    case 'ec':
      return 'EC';
    default:
      throw new IssuerRefusal('OTHER', 'only RSA and elliptic-curve keys are certified');
  }
}

/** Hex, of a TBSCertificate that was made here. */
function serialOf(tbs: Uint8Array): string {
  const fields = new DerReader(tbs).readSequence();
  fields.readConstructed(0xa0);
  return Buffer.from(fields.readInteger()).toString('hex');
}
