import type { Call } from '../../aws/call.ts';
import type { FeedSequence } from './feed-sequence.ts';
import type { Elbv2Reader } from './store.ts';
import type { Elbv2Writer } from './writer.ts';

/** The certificates of a resource: what ACM offers to integrated services. */
export interface Associations {
  /**
   * Makes the resource's own ciphertext of the key and the grant for it, with the caller's rights; again a
   * grant if the one of an association that is there was taken away.
   * @throws ResourceNotFoundException when the account has no such certificate in the Region
   * @throws UnfitForAssociation when it is not issued, or its key is of a refused algorithm
   * @throws access-denied when the caller may not create the grant
   */
  associate(
    call: Call,
    use: CertificateUse & {
      readonly contextKey: string;
      readonly refusedKeyAlgorithms: readonly 'RSA_1024'[];
    },
  ): Promise<void>;
  /** Retires the grant. Nothing happens when there is no association. */
  disassociate(call: Call, use: CertificateUse): Promise<void>;
  /** What a resource serves with. */
  materialFor(resourceArn: string): Promise<readonly Material[]>;
}

interface CertificateUse {
  readonly certificateArn: string;
  readonly resourceArn: string;
}

export interface Material {
  readonly certificateArn: string;
  readonly certificatePem: string;
  readonly chainPem: string | undefined;
  readonly ciphertext: Uint8Array;
  readonly kmsKeyArn: string;
  readonly grantId: string;
  readonly revision: number;
}

export interface Elbv2Ports {
  readonly reader: Elbv2Reader;
  readonly writer: Elbv2Writer;
  readonly feed: FeedSequence;
  readonly associations: Associations;
  /** Whether holdfast itself listens there: never a target. IPv6 addresses come in canonical form (RFC 5952). */
  isOwnListener(address: string, port: number): boolean;
  /** Bound in the place of each load balancer's own address, where the platform has no 127.0.x.y. */
  readonly gatewayHost?: string | undefined;
  readonly dns: {
    /** Load balancers are `<name>-<digits>.<region>.elb.<suffix>`, for example `holdfast.internal`. */
    readonly suffix: string;
    /** Id of the hosted zone that alias records of Route 53 name as their target's. */
    readonly canonicalHostedZoneId: string;
  };
}
