import { createPublicKey, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { gatewayEncryptionContext } from '../../aws/gateway-feed.ts';
import type {
  GatewayCertificate,
  GatewayLoadBalancer,
  ProveGrantsRequest,
  ProveGrantsResponse,
  ReportStatusRequest,
  WatchConfigurationRequest,
  WatchConfigurationResponse,
} from '../../aws/gateway-feed.ts';
import { systemRandom } from '../../lib/random.ts';
import { isSignedBy, readRecipientDocument } from '../../lib/recipient-document.ts';
import { envelopedData } from '../../vault/enveloped-data.ts';
import { ControlPlaneRefusal, ControlPlaneUnreachable } from './control-plane.ts';
import type { ControlPlane, DecryptToRecipient } from './control-plane.ts';
import type { TestCertificate } from './test-certificates.ts';

/** A control plane in memory: it keeps grants, answers with real envelopes, and holds watchers until something changes. */
export class TestControlPlane implements ControlPlane {
  /** False: nothing gets an answer. */
  isReachable = true;
  /** A policy denies the gateway its configuration. */
  isDenied = false;
  /** Waited for before each answer of Decrypt, once the decision is made. */
  beforeDecryptAnswer: () => Promise<void> = async () => {};
  readonly proofs: ProveGrantsRequest[] = [];
  readonly watches: WatchConfigurationRequest[] = [];
  readonly reports: ReportStatusRequest[] = [];
  decryptions = 0;
  readonly #ciphertexts = new Map<string, { der: Buffer; context: string }>();
  readonly #grants = new Map<string, string>();
  readonly #loadBalancers = new Map<string, { state: GatewayLoadBalancer; sequence: number }>();
  readonly #removed = new Map<string, number>();
  readonly #holders = new Map<string, Uint8Array>();
  #sequence = 0;
  #wake = Promise.withResolvers<void>();
  #asked = Promise.withResolvers<void>();

  enrol(holder: { readonly holderId: string; readonly publicKey: Uint8Array }): void {
    this.#holders.set(holder.holderId, holder.publicKey);
  }

  /** Associates a certificate with a load balancer: a ciphertext and a grant of its own. */
  associate(
    certificate: TestCertificate,
    loadBalancerArn: string,
    {
      certificateArn = `arn:aws:acm:eu-north-1:111122223333:certificate/${randomUUID()}`,
      isDefault = true,
      revision = 1,
      grantId = randomUUID() as string,
    } = {},
  ): GatewayCertificate & { readonly GrantId: string } {
    const Ciphertext = Buffer.from(randomUUID()).toString('base64');
    const context = contextKey(gatewayEncryptionContext(certificateArn, loadBalancerArn));
    const der = certificate.privateKey.export({ type: 'pkcs8', format: 'der' });
    this.#ciphertexts.set(Ciphertext, { der, context });
    this.#grants.set(grantId, context);
    return {
      CertificateArn: certificateArn,
      IsDefault: isDefault,
      CertificatePem: certificate.pem,
      Ciphertext,
      KmsKeyArn: 'arn:aws:kms:eu-north-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
      GrantId: grantId,
      Revision: revision,
    };
  }

  put(state: GatewayLoadBalancer): void {
    this.#loadBalancers.set(state.LoadBalancerArn, { state, sequence: ++this.#sequence });
    this.wake();
  }

  remove(loadBalancerArn: string): void {
    this.#loadBalancers.delete(loadBalancerArn);
    this.#removed.set(loadBalancerArn, ++this.#sequence);
    this.wake();
  }

  /** What RevokeGrant does: KMS forgets the grant, and the feed sends the certificates without it. */
  revoke(grantId: string): void {
    this.revokeUnseen(grantId);
    for (const entry of this.#loadBalancers.values()) {
      entry.state = {
        ...entry.state,
        Listeners: entry.state.Listeners.map((listener) => ({
          ...listener,
          Certificates: listener.Certificates.map((each) =>
            each.GrantId === grantId ? { ...each, GrantId: undefined } : each,
          ),
        })),
      };
      entry.sequence = ++this.#sequence;
    }
    this.wake();
  }

  /** KMS forgets the grant, and the feed goes on as if it lived. */
  revokeUnseen(grantId: string): void {
    this.#grants.delete(grantId);
  }

  /**
   * Resolves when the gateway has taken all that was said before this was called, as its next question shows; keys that
   * it did not have may still be under way.
   */
  async heard(): Promise<void> {
    const said = this.#sequence;
    while (Number(this.watches.at(-1)?.Cursor ?? 0) < said) await this.asked();
  }

  /** Resolves with the next question. */
  asked(): Promise<void> {
    return this.#asked.promise;
  }

  wake(): void {
    this.#wake.resolve();
    this.#wake = Promise.withResolvers<void>();
  }

  async watchConfiguration(
    request: WatchConfigurationRequest,
    signal: AbortSignal,
  ): Promise<WatchConfigurationResponse> {
    this.#reach();
    this.#permit();
    this.watches.push(request);
    this.#asked.resolve();
    this.#asked = Promise.withResolvers<void>();
    const since = Number(request.Cursor ?? 0);
    const deadline = performance.now() + (request.WaitSeconds ?? 20) * 1_000;
    while (
      since >= this.#sequence &&
      performance.now() < deadline &&
      this.isReachable &&
      !this.isDenied
    )
      await Promise.race([this.#wake.promise, sleep(50, undefined, { signal })]);
    this.#reach();
    this.#permit();
    return {
      Cursor: String(this.#sequence),
      IsComplete: request.Cursor === undefined,
      LoadBalancers: [...this.#loadBalancers.values()]
        .filter(({ sequence }) => sequence > since)
        .map(({ state }) => state),
      Removed: [...this.#removed].filter(([, at]) => at > since).map(([arn]) => arn),
    };
  }

  async proveGrants(request: ProveGrantsRequest): Promise<ProveGrantsResponse> {
    this.#reach();
    this.#recipientOf(request.HolderDocument);
    this.proofs.push(request);
    return {
      Gone: request.Grants.map(({ GrantId }) => GrantId).filter((id) => !this.#grants.has(id)),
    };
  }

  async reportStatus(request: ReportStatusRequest): Promise<void> {
    this.#reach();
    this.reports.push(request);
  }

  async decrypt(request: DecryptToRecipient): Promise<Uint8Array> {
    this.#reach();
    this.decryptions += 1;
    const recipient = this.#recipientOf(request.attestationDocument);
    const context = contextKey(request.encryptionContext);
    const stored = this.#ciphertexts.get(request.ciphertext);
    if (stored?.context !== context || ![...this.#grants.values()].includes(context))
      throw new ControlPlaneRefusal('AccessDeniedException', 'no grant allows it');
    await this.beforeDecryptAnswer();
    return envelopedData(stored.der, recipient, systemRandom);
  }

  #permit(): void {
    if (this.isDenied) throw new ControlPlaneRefusal('AccessDeniedException', 'a policy denies it');
  }

  #reach(): void {
    if (!this.isReachable) throw new ControlPlaneUnreachable('nobody answers');
  }

  #recipientOf(document: string): Uint8Array {
    const bytes = Buffer.from(document, 'base64');
    const read = readRecipientDocument(bytes);
    const publicKey = this.#holders.get(read?.holderId ?? '');
    const isKnown =
      publicKey !== undefined &&
      isSignedBy(
        createPublicKey({ key: Buffer.from(publicKey), type: 'spki', format: 'der' }),
        bytes,
      );
    if (read === undefined || !isKnown)
      throw new ControlPlaneRefusal('AccessDeniedException', 'the holder is not known');
    return read.publicKey;
  }
}

function contextKey(context: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(context).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
