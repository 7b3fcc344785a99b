import type { Call } from '../../aws/call.ts';
import { NoSuchHostedZone } from './errors.ts';
import { bareId, zoneArn } from './ids.ts';
import type { ConditionContext } from '../../aws/policy/types.ts';
import type { HostedZone } from './domain/hosted-zone.ts';
import type { Route53Reader } from './store.ts';

/**
 * Asks for the right to the hosted zone, with its tags as condition keys, then reads it from the caller's own account.
 * @throws NoSuchHostedZone, access-denied
 */
export async function authorizedZone(
  call: Call,
  reader: Route53Reader,
  action: string,
  givenId: string,
  context: ConditionContext = {},
): Promise<HostedZone> {
  const id = bareId('hostedzone', givenId);
  const tags = await reader.tags({ account: call.account, id });
  const ofTags = [...tags].map(([key, value]) => [`aws:ResourceTag/${key}`, value]);
  const all = { ...context, ...Object.fromEntries(ofTags) };
  await call.authorize(action, zoneArn(id), { context: all });
  const zone = await reader.zone(call.account, id);
  if (zone === undefined) throw new NoSuchHostedZone(id);
  call.audit.resource({ type: 'AWS::Route53::HostedZone', arn: zoneArn(id) });
  return zone;
}
