import { formatArn } from '../../aws/arn.ts';
import type { Call } from '../../aws/call.ts';
import type { ConditionContext } from '../../aws/policy/types.ts';
import type { Soon } from '../../lib/soon.ts';
import type { Tag } from './model.ts';

/** The resource of calls that make a certificate: its ARN is not known before. */
export function anyCertificate(call: Call): string {
  return formatArn({
    service: 'acm',
    region: call.region,
    account: call.account,
    resource: 'certificate/*',
  });
}

/** Asks with the tags of the certificate and of the request as condition keys. */
export function authorize(
  call: Call,
  action: string,
  resource: string,
  keys: {
    resourceTags?: ReadonlyMap<string, string>;
    requestTags?: readonly Tag[] | undefined;
    context?: ConditionContext;
  } = {},
): Soon<void> {
  const context: Record<string, string | readonly string[] | undefined> = { ...keys.context };
  for (const [key, value] of keys.resourceTags ?? []) context[`aws:ResourceTag/${key}`] = value;
  for (const tag of keys.requestTags ?? []) context[`aws:RequestTag/${tag.Key}`] = tag.Value ?? '';
  if (keys.requestTags !== undefined)
    context['aws:TagKeys'] = keys.requestTags.map((tag) => tag.Key);
  return call.authorize(action, resource, { context });
}
