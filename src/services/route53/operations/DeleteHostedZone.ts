import { operation } from '../../../aws/operation.ts';
import { authorizedZone } from '../authorization.ts';
import { requiredRecordSets } from '../domain/hosted-zone.ts';
import { HostedZoneNotEmpty } from '../errors.ts';
import type { DeleteHostedZoneRequest, DeleteHostedZoneResponse } from '../model.ts';
import type { Route53Ports } from '../ports.ts';
import { recordChange } from '../shapes.ts';

export const DeleteHostedZone = operation<
  DeleteHostedZoneRequest,
  DeleteHostedZoneResponse,
  Route53Ports
>('DeleteHostedZone', async (input, call, { reader, writer }) => {
  const zone = await authorizedZone(call, reader, 'route53:DeleteHostedZone', input.Id);
  if (zone.recordSetCount > requiredRecordSets) throw new HostedZoneNotEmpty();
  writer.deleteZone(call.change, zone);
  return { ChangeInfo: recordChange(call, writer) };
});
