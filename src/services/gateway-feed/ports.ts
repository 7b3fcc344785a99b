import type { GatewayLoadBalancer, ReportStatusRequest } from '../../aws/gateway-feed.ts';
import type { Change } from '../../store/change.ts';

/** What the load balancers' room tells the feed. */
export interface ConfigurationPort {
  /** The number of the last change; it grows in the order of the commits. */
  sequence(): Promise<number>;
  everything(): Promise<Configuration>;
  /** Undefined when the cursor is none of this installation's, or too old. */
  changesAfter(cursor: number): Promise<Configuration | undefined>;
  report(change: Change, status: ReportStatusRequest): void;
  /** Calls `wake` after each commit of this process that moved something, until disposed. */
  onMove(wake: () => void): Disposable;
}

interface Configuration {
  readonly sequence: number;
  readonly loadBalancers: readonly GatewayLoadBalancer[];
  readonly removed: readonly string[];
}

/** A live grant of KMS, as far as a proof looks at it. */
export interface GrantView {
  readonly granteePrincipal: string;
  readonly operations: readonly string[];
  readonly encryptionContextEquals: Readonly<Record<string, string>> | undefined;
}

export interface GatewayFeedPorts {
  readonly configuration: ConfigurationPort;
  /** Grows with each commit to the store, also of other processes; cheap enough to be asked every 50 ms. */
  changed(): number;
  /** Undefined when the grant is revoked, retired or was never there. */
  grant(keyArn: string, grantId: string): Promise<GrantView | undefined>;
  /**
   * Whether the document is fresh and signed by an enrolled holder, by the vault's word.
   * @throws VaultRefusal, VaultUnavailable
   */
  verifyHolder(document: Uint8Array): Promise<{ readonly holderId: string }>;
}
