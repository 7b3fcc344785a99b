import { operation } from '../../../aws/operation.ts';
import { authorizedZone } from '../authorization.ts';
import { applyBatch, type RecordChange } from '../domain/change-batch.ts';
import { escapeName } from '../domain/names.ts';
import { InvalidChangeBatch } from '../errors.ts';
import type {
  Change,
  ChangeResourceRecordSetsRequest,
  ChangeResourceRecordSetsResponse,
} from '../model.ts';
import type { Route53Ports } from '../ports.ts';
import { readRecordSet } from '../record-set-input.ts';
import { recordChange } from '../shapes.ts';

export const ChangeResourceRecordSets = operation<
  ChangeResourceRecordSetsRequest,
  ChangeResourceRecordSetsResponse,
  Route53Ports
>('ChangeResourceRecordSets', async (input, call, { reader, writer, options, cnamesWritten }) => {
  const { Changes, Comment } = input.ChangeBatch;
  const changes = Changes.map((change) => ({
    action: change.Action,
    set: readRecordSet(change),
  }));
  const zone = await authorizedZone(
    call,
    reader,
    'route53:ChangeResourceRecordSets',
    input.HostedZoneId,
    conditionKeys(changes),
  );
  refuseLarge(Changes);
  const names = [...new Set(changes.map(({ set }) => set.name))];
  const current = await reader.recordSetsAt(zone, names);
  const loadBalancers = {
    zone: options.zones.loadBalancers,
    hostedZoneId: options.loadBalancerZoneId,
  };
  const outcome = applyBatch({ ...zone, loadBalancers }, current, changes);
  if ('messages' in outcome) throw new InvalidChangeBatch(outcome.messages);
  const isNew = (set: RecordChange['set']): boolean =>
    !current.some((there) => there.name === set.name && there.type === set.type);
  const added = outcome.written.filter(isNew).length;
  const count = zone.recordSetCount + added - outcome.deleted.length;
  writer.changeRecordSets(call.change, zone, outcome, count);
  const cnames = outcome.written.filter(({ type }) => type === 'CNAME').map(({ name }) => name);
  cnamesWritten(call.change, cnames, call.clock.now());
  return { ChangeInfo: recordChange(call, writer, Comment) };
});

/** @see Service Authorization Reference, "Condition keys for Amazon Route 53" */
function conditionKeys(changes: readonly RecordChange[]): Record<string, readonly string[]> {
  const unique = (values: string[]): string[] => [...new Set(values)];
  return {
    'route53:ChangeResourceRecordSetsNormalizedRecordNames': unique(
      changes.map(({ set }) => escapeName(set.name)),
    ),
    'route53:ChangeResourceRecordSetsRecordTypes': unique(changes.map(({ set }) => set.type)),
    'route53:ChangeResourceRecordSetsActions': unique(changes.map(({ action }) => action)),
  };
}

/** Route 53's limits of a batch; an UPSERT counts twice. @see Developer Guide, "Quotas" */
const maxRecords = 1000;
const maxCharacters = 32_000;

function refuseLarge(changes: readonly Change[]): void {
  let records = 0;
  let characters = 0;
  for (const { Action, ResourceRecordSet } of changes) {
    const values = ResourceRecordSet.ResourceRecords ?? [{ Value: '' }];
    const times = Action === 'UPSERT' ? 2 : 1;
    records += times * values.length;
    characters += times * values.reduce((sum, { Value }) => sum + Value.length, 0);
  }
  const messages = [
    ...(records > maxRecords ? [`Number of records limit of ${maxRecords} exceeded.`] : []),
    ...(characters > maxCharacters
      ? [`Number of characters limit of ${maxCharacters} exceeded.`]
      : []),
  ];
  if (messages.length > 0) throw new InvalidChangeBatch(messages);
}
