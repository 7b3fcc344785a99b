import { AwsError } from '../../aws/errors.ts';
import type { AuditNotes } from '../../aws/call.ts';
import { defaultSslPolicy, sslPolicies } from '../../aws/ssl-policies.ts';
import { parseActions, WrongAction, type ListenerAction } from './domain/action.ts';
import type { Listener, ListenerSettings } from './domain/listener.ts';
import {
  InvalidLoadBalancerAction,
  SSLPolicyNotFound,
  TooManyActions,
  TooManyCertificates,
  UnsupportedProtocol,
  ValidationError,
} from './errors.ts';
import type { Action, Certificate, ModifyListenerInput } from './model.ts';

type ListenerInput = Omit<ModifyListenerInput, 'ListenerArn'>;

/**
 * What a listener will be: what the call says, and what was before (for a new one, nothing).
 * @throws ValidationError, SSLPolicyNotFound, TooManyCertificates, UnsupportedProtocol, InvalidLoadBalancerAction, TooManyActions
 */
export function parseListener(input: ListenerInput, before?: Listener): ListenerSettings {
  refuseUnsupported(input);
  const port = input.Port ?? before?.port;
  if (port === undefined) throw new ValidationError('A listener port must be specified');
  const protocol = parseProtocol(input, before);
  const action =
    input.DefaultActions === undefined ? before?.action : parseAction(input.DefaultActions);
  if (action === undefined) throw new ValidationError('A default action must be specified');
  return { port, protocol, action, ...parseTls(input, protocol, before) };
}

function parseProtocol(input: ListenerInput, before?: Listener): 'HTTP' | 'HTTPS' {
  const protocol = input.Protocol ?? before?.protocol;
  if (protocol === undefined) throw new ValidationError('A listener protocol must be specified');
  if (protocol !== 'HTTP' && protocol !== 'HTTPS')
    throw new UnsupportedProtocol(
      `Protocol '${protocol}' is not supported, it must be one of 'HTTP', 'HTTPS'`,
    );
  return protocol;
}

function parseTls(
  input: ListenerInput,
  protocol: 'HTTP' | 'HTTPS',
  before?: Listener,
): Pick<ListenerSettings, 'sslPolicy' | 'defaultCertificate' | 'certificates'> {
  if (protocol === 'HTTP') {
    if (input.SslPolicy !== undefined)
      // AWS spells it so.
      throw new ValidationError('An SSL policy cannot be specified for HTTP listeners');
    if ((input.Certificates?.length ?? 0) > 0)
      throw new ValidationError('Certificates cannot be specified for HTTP listeners');
    return { certificates: [] };
  }
  const sslPolicy = input.SslPolicy ?? before?.sslPolicy ?? defaultSslPolicy;
  if (!sslPolicies.has(sslPolicy))
    throw new SSLPolicyNotFound(`SSL policy '${sslPolicy.slice(0, 128)}' not found`);
  const defaultCertificate = parseDefault(input.Certificates) ?? before?.defaultCertificate;
  if (defaultCertificate === undefined)
    throw new ValidationError('A certificate must be specified for HTTPS listeners');
  return { sslPolicy, defaultCertificate, certificates: before?.certificates ?? [] };
}

/** @throws TooManyCertificates, ValidationError */
function parseDefault(certificates: readonly Certificate[] = []): string | undefined {
  if (certificates.length > 1)
    throw new TooManyCertificates(
      `Up to '1' certificate ARNs can be specified, but '${certificates.length}' were specified`,
    );
  return certificateArns(certificates)[0];
}

/** @throws ValidationError when one has no ARN */
export function certificateArns(certificates: readonly Certificate[]): string[] {
  return certificates.map(({ CertificateArn: arn }) => {
    if (arn === undefined || arn === '')
      throw new ValidationError('A certificate ARN must be specified');
    return arn;
  });
}

function refuseUnsupported(input: ListenerInput): void {
  if (input.AlpnPolicy !== undefined && input.AlpnPolicy.length > 0)
    throw new ValidationError('An ALPN policy can only be specified for TLS listeners');
  const mode = input.MutualAuthentication?.Mode ?? 'off';
  if (mode !== 'off')
    throw new ValidationError(
      `Mutual authentication mode '${mode.slice(0, 32)}' is not supported, it must be 'off'`,
    );
}

function parseAction(actions: readonly Action[]): ListenerAction {
  try {
    return parseActions(actions);
  } catch (error) {
    throw error instanceof WrongAction ? inOurTerms(error) : error;
  }
}

function inOurTerms({ code, message }: WrongAction): AwsError {
  switch (code) {
    case 'InvalidLoadBalancerAction':
      return new InvalidLoadBalancerAction(message);
    case 'TooManyActions':
      return new TooManyActions(message);
    case 'ValidationError':
      return new ValidationError(message);
  }
}

/** Actions that are refused can still hold the secret of an OIDC client: the record of the call does not. */
export function hideClientSecrets(
  audit: AuditNotes,
  listener: Readonly<Record<string, string>>,
  actions: readonly Action[] = [],
): void {
  if (actions.every(({ AuthenticateOidcConfig: config }) => config?.ClientSecret === undefined))
    return;
  audit.requestParameters({ ...listener, defaultActions: 'HIDDEN_DUE_TO_SECURITY_REASONS' });
}
