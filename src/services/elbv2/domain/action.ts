import type { GatewayAction } from '../../../aws/gateway-feed.ts';
import type { Action, RedirectActionConfig, TargetGroupTuple } from '../model.ts';

/** The default action of a listener, of the types that are served. */
export type ListenerAction =
  | {
      readonly type: 'forward';
      readonly targetGroups: readonly { readonly arn: string; readonly weight: number }[];
    }
  | {
      readonly type: 'fixed-response';
      readonly statusCode: string;
      readonly contentType?: string | undefined;
      readonly messageBody?: string | undefined;
    }
  | {
      readonly type: 'redirect';
      readonly statusCode: 'HTTP_301' | 'HTTP_302';
      readonly protocol: string;
      readonly host: string;
      readonly port: string;
      readonly path: string;
      readonly query: string;
    };

/** Why an action cannot be a listener's, with the error that says so. */
export class WrongAction extends Error {
  readonly code: 'InvalidLoadBalancerAction' | 'TooManyActions' | 'ValidationError';

  constructor(code: WrongAction['code'], message: string) {
    super(message);
    this.name = 'WrongAction';
    this.code = code;
  }
}

const contentTypes = new Set([
  'text/plain',
  'text/css',
  'text/html',
  'application/javascript',
  'application/json',
]);
const maxTargetGroups = 5;

/** @throws WrongAction */
export function parseActions(actions: readonly Action[]): ListenerAction {
  const unsupported = actions.find(
    ({ Type }) => Type !== 'forward' && Type !== 'fixed-response' && Type !== 'redirect',
  );
  if (unsupported !== undefined)
    throw new WrongAction(
      'InvalidLoadBalancerAction',
      `Actions of type '${unsupported.Type}' are not supported`,
    );
  if (actions.length > 1)
    throw new WrongAction(
      'TooManyActions',
      `Up to '1' actions can be specified, but '${actions.length}' were specified`,
    );
  const [action] = actions;
  if (action === undefined)
    throw new WrongAction('ValidationError', 'A default action must be specified');
  refuseForeignConfig(action);
  if (action.Type === 'forward') return parseForward(action);
  return action.Type === 'redirect' ? parseRedirect(action) : parseFixedResponse(action);
}

/** As AWS shows it, and as the gateway is told of it. */
export function describeAction(action: ListenerAction): Action & GatewayAction {
  switch (action.type) {
    case 'forward': {
      const [first] = action.targetGroups;
      return {
        Type: 'forward',
        ...(action.targetGroups.length === 1 ? { TargetGroupArn: first?.arn } : {}),
        ForwardConfig: {
          TargetGroups: action.targetGroups.map(({ arn, weight }) => ({
            TargetGroupArn: arn,
            Weight: weight,
          })),
          TargetGroupStickinessConfig: { Enabled: false },
        },
      };
    }
    case 'fixed-response':
      return {
        Type: 'fixed-response',
        FixedResponseConfig: {
          StatusCode: action.statusCode,
          ContentType: action.contentType,
          MessageBody: action.messageBody,
        },
      };
    case 'redirect':
      return {
        Type: 'redirect',
        RedirectConfig: {
          StatusCode: action.statusCode,
          Protocol: action.protocol,
          Host: action.host,
          Port: action.port,
          Path: action.path,
          Query: action.query,
        },
      };
  }
}

export function isSameAction(one: ListenerAction, other: ListenerAction): boolean {
  return JSON.stringify(describeAction(one)) === JSON.stringify(describeAction(other));
}

export function targetGroupsOf(action: ListenerAction): string[] {
  return action.type === 'forward' ? action.targetGroups.map(({ arn }) => arn) : [];
}

function refuseForeignConfig(action: Action): void {
  const configs = [
    ['forward', action.ForwardConfig ?? action.TargetGroupArn],
    ['fixed-response', action.FixedResponseConfig],
    ['redirect', action.RedirectConfig],
  ] as const;
  for (const [type, config] of configs) {
    if (config !== undefined && type !== action.Type)
      throw invalid(
        `An action of type '${action.Type}' cannot have the configuration of '${type}'`,
      );
  }
}

function parseForward({ TargetGroupArn, ForwardConfig }: Action): ListenerAction {
  if (ForwardConfig?.TargetGroupStickinessConfig?.Enabled === true)
    throw invalid('Target group stickiness is not supported');
  const tuples: readonly TargetGroupTuple[] =
    ForwardConfig?.TargetGroups ?? (TargetGroupArn === undefined ? [] : [{ TargetGroupArn }]);
  if (tuples.length === 0 || tuples.length > maxTargetGroups)
    throw invalid(`A forward action must have between '1' and '${maxTargetGroups}' target groups`);
  const targetGroups = tuples.map(({ TargetGroupArn: arn, Weight: weight = 1 }) => {
    if (arn === undefined) throw invalid('A target group ARN must be specified');
    if (weight < 0 || weight > 999)
      throw invalid(`The weight '${weight}' must be between '0' and '999'`);
    return { arn, weight };
  });
  if (new Set(targetGroups.map(({ arn }) => arn)).size < targetGroups.length)
    throw invalid('The target groups of a forward action must be unique');
  if (
    TargetGroupArn !== undefined &&
    (tuples.length > 1 || targetGroups[0]?.arn !== TargetGroupArn)
  )
    throw invalid('The target group ARN must be the one of the forward configuration');
  return { type: 'forward', targetGroups };
}

function parseFixedResponse({ FixedResponseConfig: config }: Action): ListenerAction {
  if (config === undefined) throw invalid('A fixed response configuration must be specified');
  const { StatusCode, ContentType, MessageBody } = config;
  if (ContentType !== undefined && !contentTypes.has(ContentType))
    throw invalid(`The content type '${ContentType}' is not supported`);
  return {
    type: 'fixed-response',
    statusCode: StatusCode,
    contentType: ContentType,
    messageBody: MessageBody,
  };
}

function parseRedirect({ RedirectConfig: config }: Action): ListenerAction {
  if (config === undefined) throw invalid('A redirect configuration must be specified');
  const action = {
    type: 'redirect',
    statusCode: config.StatusCode,
    protocol: config.Protocol ?? '#{protocol}',
    host: config.Host ?? '#{host}',
    port: config.Port ?? '#{port}',
    path: config.Path ?? '/#{path}',
    query: config.Query ?? '#{query}',
  } as const;
  checkRedirect(action, config);
  return action;
}

function checkRedirect(
  action: Extract<ListenerAction, { type: 'redirect' }>,
  config: RedirectActionConfig,
): void {
  const { protocol, host, port, path, query } = action;
  if (protocol === '#{protocol}' && host === '#{host}' && port === '#{port}' && path === '/#{path}')
    throw invalid('A redirect must change the protocol, host, port or path, or it would never end');
  const isPort = /^[1-9][0-9]{0,4}$/.test(port) && Number(port) <= 65_535;
  if (port !== '#{port}' && !isPort)
    throw invalid(`The redirect port must be '#{port}' or a number from 1 to 65535`);
  if (!path.startsWith('/')) throw invalid("The redirect path must start with '/'");
  if (query.startsWith('?')) throw invalid("The redirect query must not start with '?'");
  // They become parts of a header of the answer.
  const parts = [config.Host, config.Path, config.Query];
  if (parts.some((part) => part !== undefined && !/^[\x21-\x7e]*$/.test(part)))
    throw invalid('Host, path and query of a redirect are printable ASCII without spaces');
}

function invalid(message: string): WrongAction {
  return new WrongAction('InvalidLoadBalancerAction', message);
}
