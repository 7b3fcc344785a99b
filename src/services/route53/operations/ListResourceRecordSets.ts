import { operation } from '../../../aws/operation.ts';
import { authorizedZone } from '../authorization.ts';
import { formatName, orderOf, parseName, Unreadable } from '../domain/names.ts';
import { InvalidInput } from '../errors.ts';
import type { ListResourceRecordSetsRequest, ListResourceRecordSetsResponse } from '../model.ts';
import type { Route53Ports } from '../ports.ts';
import { pageSize, recordSetShape } from '../shapes.ts';

const most = 300;

export const ListResourceRecordSets = operation<
  ListResourceRecordSetsRequest,
  ListResourceRecordSetsResponse,
  Route53Ports
>('ListResourceRecordSets', async (input, call, { reader }) => {
  const zone = await authorizedZone(
    call,
    reader,
    'route53:ListResourceRecordSets',
    input.HostedZoneId,
  );
  const size = pageSize(input.MaxItems, most);
  const found = await reader.recordSets(zone, start(input), size + 1);
  const next = found[size];
  return {
    ResourceRecordSets: found.slice(0, size).map(recordSetShape),
    IsTruncated: next !== undefined,
    ...(next === undefined
      ? {}
      : { NextRecordName: formatName(next.name), NextRecordType: next.type }),
    MaxItems: String(size),
  };
});

/** Where the page begins; the empty string stands before every name and type. */
function start(input: ListResourceRecordSetsRequest): { nameOrder: string; type: string } {
  const { StartRecordName: name, StartRecordType: type, StartRecordIdentifier } = input;
  if (name === undefined && type !== undefined) {
    throw new InvalidInput('The resource record set type was specified without a name.');
  }
  if (StartRecordIdentifier !== undefined && type === undefined) {
    throw new InvalidInput('The resource record set identifier was specified without a type.');
  }
  try {
    return { nameOrder: name === undefined ? '' : orderOf(parseName(name)), type: type ?? '' };
  } catch (error) {
    if (error instanceof Unreadable) throw new InvalidInput(error.message);
    throw error;
  }
}
