import type {
  ProveGrantsRequest,
  ProveGrantsResponse,
  ReportStatusRequest,
  WatchConfigurationRequest,
  WatchConfigurationResponse,
} from '../../aws/gateway-feed.ts';

/**
 * The public API as a gateway needs it. Every method throws ControlPlaneRefusal when the API said no, and
 * ControlPlaneUnreachable when nothing is known: no connection, a time-out, throttling, an internal error there.
 */
export interface ControlPlane {
  watchConfiguration(
    request: WatchConfigurationRequest,
    signal: AbortSignal,
  ): Promise<WatchConfigurationResponse>;
  proveGrants(request: ProveGrantsRequest, signal: AbortSignal): Promise<ProveGrantsResponse>;
  reportStatus(request: ReportStatusRequest, signal: AbortSignal): Promise<void>;
  /** `kms:Decrypt` to a recipient. Returns CiphertextForRecipient: DER of CMS EnvelopedData. */
  decrypt(request: DecryptToRecipient, signal: AbortSignal): Promise<Uint8Array>;
}

export interface DecryptToRecipient {
  readonly region: string;
  readonly kmsKeyArn: string;
  /** Base64, as the feed has it. */
  readonly ciphertext: string;
  readonly encryptionContext: Readonly<Record<string, string>>;
  /** Base64 of the signed recipient document. */
  readonly attestationDocument: string;
}

export class ControlPlaneRefusal extends Error {
  /** AWS's error code, for example `AccessDeniedException`. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'ControlPlaneRefusal';
    this.code = code;
  }
}

export class ControlPlaneUnreachable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ControlPlaneUnreachable';
  }
}
