import type { Call } from '../../aws/call.ts';
import type { PrincipalPolicies } from '../../aws/directory.ts';
import type {
  GatewayLoadBalancer,
  ProvenGrant,
  ReportStatusRequest,
} from '../../aws/gateway-feed.ts';
import type { Soon } from '../../lib/soon.ts';
import type { Change } from '../../store/change.ts';

/** What the load balancers' room tells the feed. */
export interface ConfigurationPort {
  /** The number of the last change; it grows in the order of the commits. */
  sequence(): Promise<number>;
  /** Certificates of which `mayHold` says no come without their grants. */
  everything(mayHold: MayHold): Promise<Configuration>;
  /** Undefined when the number is none of this installation's, or too old. */
  changesAfter(sequence: number, mayHold: MayHold): Promise<Configuration | undefined>;
  report(change: Change, status: ReportStatusRequest): void;
  /** Calls `wake` after each commit of this process that moved something, until disposed. */
  onMove(wake: () => void): Disposable;
}

type MayHold = (use: ProvenGrant) => Promise<boolean>;

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
  /** Whether KMS would decrypt for the caller under this grant now: it lives, and no policy denies it. */
  mayDecrypt(call: Call, use: ProvenGrant): Promise<boolean>;
  /** What policies say of the caller, as of the last commit. */
  policiesOf(call: Call): Soon<PrincipalPolicies>;
  /**
   * Whether the document is fresh and signed by an enrolled holder, by the vault's word.
   * @throws VaultRefusal, VaultUnavailable
   */
  verifyHolder(document: Uint8Array): Promise<{ readonly holderId: string }>;
}
