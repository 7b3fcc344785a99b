/** What a load balancer's attributes change in how it serves. Attributes that are not here are stored and echoed only. */
export interface ServingAttributes {
  /** How long a connection, or a target that was asked, may be silent. */
  readonly idleMilliseconds: number;
  /** What is done with X-Forwarded-For: `set` says who the client is, whatever it claims itself. */
  readonly forwardedFor: 'set' | 'append' | 'preserve' | 'remove';
  /** Whether X-Forwarded-For also says the client's port. */
  readonly hasClientPort: boolean;
  /** Whether clients are offered HTTP/2. */
  readonly hasHttp2: boolean;
}

/** @see AWS "Edit attributes for your Application Load Balancer" */
export function servingAttributes(
  attributes: Readonly<Record<string, string>> = {},
): ServingAttributes {
  const seconds = Number(attributes['idle_timeout.timeout_seconds'] ?? 60);
  const mode = attributes['routing.http.xff_header_processing.mode'];
  return {
    idleMilliseconds:
      (Number.isInteger(seconds) && seconds >= 1 && seconds <= 4_000 ? seconds : 60) * 1_000,
    forwardedFor: mode === 'append' || mode === 'preserve' || mode === 'remove' ? mode : 'set',
    hasClientPort: attributes['routing.http.xff_client_port.enabled'] === 'true',
    hasHttp2: attributes['routing.http2.enabled'] !== 'false',
  };
}
