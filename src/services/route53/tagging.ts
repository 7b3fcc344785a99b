import type { Call } from '../../aws/call.ts';
import type { ConditionContext } from '../../aws/policy/types.ts';
import { authorizedZone } from './authorization.ts';
import type { HostedZone } from './domain/hosted-zone.ts';
import { InvalidInput, NoSuchHealthCheck } from './errors.ts';
import { bareId, healthCheckArn } from './ids.ts';
import type { ResourceTagSet, Tag, TagResourceType } from './model.ts';
import type { Route53Reader } from './store.ts';

/** As with most services of AWS. */
const maxTags = 50;

/**
 * The tags of a hosted zone, once the caller may do `action` on it. There are no health checks.
 * @throws NoSuchHostedZone, NoSuchHealthCheck, access-denied
 */
export async function authorizedTags(
  call: Call,
  reader: Route53Reader,
  action: string,
  { type, id }: { readonly type: TagResourceType; readonly id: string },
  context: ConditionContext = {},
): Promise<{ zone: HostedZone; tags: ReadonlyMap<string, string> }> {
  if (type === 'healthcheck') {
    await call.authorize(action, healthCheckArn(id), { context });
    throw new NoSuchHealthCheck(id);
  }
  const zone = await authorizedZone(call, reader, action, id, context);
  return { zone, tags: await reader.tags(zone) };
}

/**
 * What is added and removed, keys of neither kind twice.
 * @throws InvalidInput
 */
export function checkedTagChange(
  tags: ReadonlyMap<string, string>,
  added: readonly Tag[],
  removed: readonly string[],
): { added: ReadonlyMap<string, string>; removed: readonly string[] } {
  const keys = [...added.map(({ Key = '' }) => Key), ...removed];
  if (keys.length === 0) throw new InvalidInput('Neither AddTags nor RemoveTagKeys was specified.');
  if (keys.some((key) => key === '')) throw new InvalidInput('A tag key is empty.');
  if (new Set(keys).size < keys.length) {
    throw new InvalidInput('A tag key was specified more than once.');
  }
  if (keys.some((key) => key.toLowerCase().startsWith('aws:'))) {
    throw new InvalidInput('A tag key that begins with aws: cannot be changed.');
  }
  const after = new Set([...tags.keys(), ...added.map(({ Key = '' }) => Key)]);
  for (const key of removed) after.delete(key);
  if (after.size > maxTags) throw new InvalidInput(`A resource has at most ${maxTags} tags.`);
  return {
    added: new Map(added.map(({ Key = '', Value = '' }) => [Key, Value])),
    removed: removed.filter((key) => tags.has(key)),
  };
}

export function resourceTagSet(
  ResourceType: TagResourceType,
  id: string,
  tags: ReadonlyMap<string, string>,
): ResourceTagSet {
  const Tags = [...tags].map(([Key, Value]) => ({ Key, Value }));
  return { ResourceType, ResourceId: bareId('hostedzone', id), Tags };
}
