import type { GatewayCertificate, GatewayLoadBalancer } from '../../aws/gateway-feed.ts';

/** The certificates of a listener as the feed lists them, by ARN. */
type Listed = ReadonlyMap<string, GatewayCertificate>;

/**
 * Which certificates belong to which listener: those that the feed lists, and for the moment in which the keys of
 * others are fetched those that they take the place of, so that a listener is never without.
 */
export class ListedCertificates {
  readonly #listed: ReadonlyMap<string, Listed>;
  #leaving: ReadonlyMap<string, Listed> = new Map();

  constructor(state: GatewayLoadBalancer) {
    this.#listed = new Map(
      state.Listeners.map(({ ListenerArn, Certificates }) => [
        ListenerArn,
        new Map(Certificates.map((each) => [each.CertificateArn, each])),
      ]),
    );
  }

  has(listenerArn: string, certificateArn: string): boolean {
    return this.#listed.get(listenerArn)?.has(certificateArn) === true;
  }

  isDefault(listenerArn: string, certificateArn: string): boolean {
    return this.#listed.get(listenerArn)?.get(certificateArn)?.IsDefault === true;
  }

  /** What is listed, then what is leaving, so that of two defaults the first counts. */
  *of(listenerArn: string): Iterable<GatewayCertificate> {
    yield* this.#listed.get(listenerArn)?.values() ?? [];
    yield* this.#leaving.get(listenerArn)?.values() ?? [];
  }

  /** Keeps what `before` had for a listener and this no longer has, until `forgetLeaving`. */
  keepFrom(before: ListedCertificates): void {
    this.#leaving = new Map(
      [...this.#listed].map(([listenerArn, listed]) => [
        listenerArn,
        new Map(
          [...before.of(listenerArn)]
            .filter(({ CertificateArn }) => !listed.has(CertificateArn))
            .map((each) => [each.CertificateArn, each]),
        ),
      ]),
    );
  }

  /** ARNs that no listener has any more but as leaving. */
  leaving(): ReadonlySet<string> {
    const arns = new Set([...this.#leaving.values()].flatMap((each) => [...each.keys()]));
    for (const listed of this.#listed.values()) for (const arn of listed.keys()) arns.delete(arn);
    return arns;
  }

  forgetLeaving(): void {
    this.#leaving = new Map();
  }
}
