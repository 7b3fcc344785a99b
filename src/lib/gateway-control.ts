/**
 * What a gateway process and its supervisor say to each other over the process's IPC channel. Credentials
 * travel only here: never in arguments or the environment, which other users of the machine may read.
 */
export type MessageToGateway =
  | GatewayConfiguration
  | GatewayCredentials
  | GatewayTrust
  | GatewaySocket
  | GatewayRetirement;
export type MessageFromGateway =
  | GatewayEnrolment
  | GatewayReady
  | GatewaySocketRequest
  | GatewaySocketRelease
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
  /** Another gateway serves until this one is ready. */
  readonly isSpare: boolean;
}

/** Takes the place of `caPem` of the configuration. */
interface GatewayTrust {
  readonly type: 'trust';
  readonly caPem: string;
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

/** Asks for a socket bound to an address, to listen on. */
export interface GatewaySocketRequest {
  readonly type: 'bind';
  readonly id: number;
  readonly host: string;
  readonly port: number;
}

/** Answers the request of that id: comes with the socket as its handle, or with the name of the system's error. */
export interface GatewaySocket {
  readonly type: 'bound';
  readonly id: number;
  readonly error?: string | undefined;
}

/** The socket is no longer listened on. */
export interface GatewaySocketRelease {
  readonly type: 'release';
  readonly host: string;
  readonly port: number;
}

/** Another gateway accepts on the same sockets now: finish what is open, within so long, and end. */
interface GatewayRetirement {
  readonly type: 'retire';
  readonly milliseconds: number;
}

/** The first configuration was applied: listeners are bound, or reported as failed. */
interface GatewayReady {
  readonly type: 'ready';
}
