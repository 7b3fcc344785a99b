import { setTimeout as sleep } from 'node:timers/promises';
import { gatewayEncryptionContext } from '../../aws/gateway-feed.ts';
import type { GatewayCertificate, ProvenGrant } from '../../aws/gateway-feed.ts';
import { faultPoint } from '../../lib/fault-points.ts';
import type { Log } from '../../lib/log.ts';
import { describeError } from '../../lib/log.ts';
import { ControlPlaneRefusal } from './control-plane.ts';
import type { ControlPlane } from './control-plane.ts';
import type { Holder } from './holder.ts';
import type { SecureContexts } from './secure-contexts.ts';
import { ServedCertificate } from './served-certificate.ts';
import type { Turns } from './turns.ts';

const firstBackOffMilliseconds = 250;
const longestBackOffMilliseconds = 15_000;

export interface HeldCertificatesOptions {
  readonly loadBalancer: { readonly arn: string; readonly region: string };
  readonly controlPlane: ControlPlane;
  /** Of all load balancers: after a start every key is asked for at once. */
  readonly decryptions: Turns;
  readonly holder: Holder;
  readonly contexts: SecureContexts;
  /** GrantIds known to be gone, whatever an older answer of the feed still says. */
  readonly gone: ReadonlySet<string>;
  readonly log: Log;
  /** KMS did not decrypt under a grant that should live: the grants have to be proved. */
  readonly onRefused: () => void;
  /** May be served; in the place of another of its ARN, if there was one. */
  readonly onHeld: (
    certificate: ServedCertificate,
    replaced: ServedCertificate | undefined,
  ) => void;
}

type GrantedCertificate = GatewayCertificate & { readonly GrantId: string };

/**
 * The certificates whose keys one load balancer holds. A key is asked for when a certificate appears, is
 * renewed, or gets another grant, and let go of when the grant is gone; in between KMS is not asked.
 */
export class HeldCertificates {
  readonly #options: HeldCertificatesOptions;
  readonly #held = new Map<string, ServedCertificate>();
  readonly #decrypting = new Map<
    string,
    { certificate: GrantedCertificate; tried: Promise<void> }
  >();
  readonly #stop = new AbortController();
  #wanted: ReadonlyMap<string, GrantedCertificate> = new Map();

  constructor(options: HeldCertificatesOptions) {
    this.#options = options;
  }

  get(certificateArn: string): ServedCertificate | undefined {
    return this.#held.get(certificateArn);
  }

  grants(): ProvenGrant[] {
    return [...this.#held.values()].map(({ certificateArn, grantId, kmsKeyArn }) => ({
      KmsKeyArn: kmsKeyArn,
      GrantId: grantId,
      CertificateArn: certificateArn,
      LoadBalancerArn: this.#options.loadBalancer.arn,
    }));
  }

  /**
   * Takes what the feed lists. What is not in it with the grant that it had is no longer held when this returns, but
   * for certificates in `takenOff`, which `letGoOfOthers` ends.
   * Resolves when every key that is missing was had or refused; those not had are asked for again.
   */
  async update(
    certificates: readonly GatewayCertificate[],
    takenOff: ReadonlySet<string>,
  ): Promise<void> {
    const wanted = certificates.flatMap((certificate) => {
      const { GrantId } = certificate;
      return GrantId === undefined || this.#options.gone.has(GrantId)
        ? []
        : [{ ...certificate, GrantId }];
    });
    this.#wanted = new Map(wanted.map((each) => [each.CertificateArn, each]));
    this.#dropWhere(
      ({ certificateArn, grantId }) =>
        this.#wanted.get(certificateArn)?.GrantId !== grantId && !takenOff.has(certificateArn),
    );
    await Promise.all([...this.#wanted.values()].map((certificate) => this.#obtain(certificate)));
  }

  /** Holds only what the feed lists. */
  letGoOfOthers(): void {
    this.#dropWhere(({ certificateArn }) => !this.#wanted.has(certificateArn));
  }

  /** The grants are in `gone` now: what lived on them is no longer held when this returns. */
  dropGone(): void {
    this.#wanted = new Map(
      [...this.#wanted].filter(([, { GrantId }]) => !this.#options.gone.has(GrantId)),
    );
    this.#dropWhere(({ grantId }) => this.#options.gone.has(grantId));
  }

  close(): void {
    this.#stop.abort();
    this.#wanted = new Map();
    this.#dropWhere(() => true);
  }

  #dropWhere(isDropped: (held: ServedCertificate) => boolean): void {
    for (const held of this.#held.values()) {
      if (!isDropped(held)) continue;
      this.#held.delete(held.certificateArn);
      this.#options.contexts.drop(held);
      faultPoint('gateway.dropped');
    }
  }

  #obtain(certificate: GrantedCertificate): Promise<void> {
    const held = this.#held.get(certificate.CertificateArn);
    if (held?.revision === certificate.Revision && held.grantId === certificate.GrantId)
      return Promise.resolve();
    const running = this.#decrypting.get(certificate.CertificateArn);
    if (running !== undefined && isSameUse(running.certificate, certificate)) return running.tried;
    const tried = Promise.withResolvers<void>();
    const entry = { certificate, tried: tried.promise };
    this.#decrypting.set(certificate.CertificateArn, entry);
    void this.#decryptUntilHeld(certificate, tried.resolve).finally(() => {
      tried.resolve();
      if (this.#decrypting.get(certificate.CertificateArn) === entry)
        this.#decrypting.delete(certificate.CertificateArn);
    });
    return tried.promise;
  }

  async #decryptUntilHeld(certificate: GrantedCertificate, tried: () => void): Promise<void> {
    const { log, loadBalancer, onRefused } = this.#options;
    let wait = firstBackOffMilliseconds;
    while (this.#isWanted(certificate)) {
      try {
        await this.#decrypt(certificate);
        return;
      } catch (error) {
        if (this.#stop.signal.aborted) return;
        log.warn('a private key was not decrypted', {
          certificateArn: certificate.CertificateArn,
          loadBalancerArn: loadBalancer.arn,
          error: describeError(error),
        });
        if (error instanceof ControlPlaneRefusal) {
          onRefused();
          tried();
        }
      }
      await sleep(wait, undefined, { signal: this.#stop.signal }).catch(() => {});
      wait = Math.min(wait * 2, longestBackOffMilliseconds);
    }
  }

  async #decrypt(certificate: GrantedCertificate): Promise<void> {
    const { controlPlane, decryptions, holder, contexts, log, loadBalancer, onHeld } =
      this.#options;
    const { CertificateArn, KmsKeyArn, Ciphertext, Revision } = certificate;
    // What is signed in advance may be too old when its turn comes.
    const envelope = await decryptions.take(() =>
      controlPlane.decrypt(
        {
          region: loadBalancer.region,
          kmsKeyArn: KmsKeyArn,
          ciphertext: Ciphertext,
          encryptionContext: gatewayEncryptionContext(CertificateArn, loadBalancer.arn),
          attestationDocument: holder.document(),
        },
        this.#stop.signal,
      ),
    );
    faultPoint('gateway.decrypted');
    // The grant may have gone while the answer was under way.
    if (!this.#isWanted(certificate)) return;
    const replaced = this.#held.get(CertificateArn);
    const served = new ServedCertificate(certificate, envelope);
    // What serves well is not given up for what may not; elsewhere the first handshake is the test.
    if (replaced !== undefined) contexts.check(served);
    this.#held.set(CertificateArn, served);
    onHeld(served, replaced);
    if (replaced !== undefined) contexts.drop(replaced);
    log.info('serving a certificate', {
      certificateArn: CertificateArn,
      loadBalancerArn: loadBalancer.arn,
      revision: Revision,
    });
  }

  #isWanted(certificate: GrantedCertificate): boolean {
    const wanted = this.#wanted.get(certificate.CertificateArn);
    return wanted !== undefined && isSameUse(wanted, certificate);
  }
}

function isSameUse(a: GrantedCertificate, b: GrantedCertificate): boolean {
  return a.Revision === b.Revision && a.GrantId === b.GrantId;
}
