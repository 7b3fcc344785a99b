/**
 * What a gateway process and its supervisor say to each other over the process's IPC channel. Credentials
 * travel only here: never in arguments or the environment, which other users of the machine may read.
 */
export type MessageToGateway = GatewayConfiguration | GatewayCredentials;
export type MessageFromGateway =
  | GatewayEnrolment
  | GatewayReady
  | { readonly type: 'renew-credentials' };

/** First message of the process: the public half of the key that it made for this one life. */
interface GatewayEnrolment {
  readonly type: 'enrol';
  readonly holderId: string;
  /** Hex of the DER SubjectPublicKeyInfo (Ed25519), for `Vault.enrolHolder`. */
  readonly publicKey: string;
}

/** Answers the enrolment, once the vault has recorded it. */
export interface GatewayConfiguration {
  readonly type: 'configuration';
  /** For example `https://127.0.0.1:4566`. */
  readonly endpoint: string;
  /** The authority of the endpoint's certificate, PEM. */
  readonly caPem: string;
  /** Region of the signature on the gateway's own service. */
  readonly region: string;
  /** Added to every listener's port. */
  readonly portOffset: number;
  /** Bound in the place of each load balancer's own address, where the platform has no 127.0.x.y. */
  readonly gatewayHost?: string | undefined;
  /** How long certificates are served without the control plane; 86,400 when absent. */
  readonly offlineLimitSeconds?: number | undefined;
}

/** Sent after the configuration, and again well before `expiresAt`. */
export interface GatewayCredentials {
  readonly type: 'credentials';
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** The first configuration was applied: listeners are bound, or reported as failed. */
interface GatewayReady {
  readonly type: 'ready';
}
